/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.platform.task.TaskSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a start has done and does, read from what its task says: each message that stood at the head of it becomes a
 * step, done once another takes its place.
 */
final class BootSteps {

    private static final int MOST = 40;

    private final List<Step> steps = new ArrayList<>();
    private Duration began = Duration.ZERO;
    private String ownMessage = "";
    private String partMessage = "";
    private String current = "";
    private boolean partsKnown;

    /**
     * A step.
     *
     * @param took so far, or altogether once it is done
     */
    record Step(String title, boolean done, Duration took) {}

    /** The steps so far. */
    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Takes in a later state of the task. */
    void update(TaskSnapshot task) {
        String title = headline(task);
        if (title.isEmpty() && !steps.isEmpty()) {
            title = steps.get(steps.size() - 1).title();
        }
        Duration now = task.elapsed();
        Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        boolean done = task.state() == TaskSnapshot.State.DONE;
        if (last == null) {
            if (!title.isEmpty()) {
                steps.add(new Step(title, done, now));
            }
            return;
        }
        steps.set(steps.size() - 1, new Step(last.title(), last.done() || done, now.minus(began)));
        if (!done && !title.isEmpty() && !title.equals(last.title())) {
            steps.set(steps.size() - 1, new Step(last.title(), true, now.minus(began)));
            began = now;
            steps.add(new Step(title, false, Duration.ZERO));
            if (steps.size() > MOST) {
                steps.remove(0);
            }
        }
    }

    /** What the task is about now: of its own message and its first part's, the one that changed last. */
    private String headline(TaskSnapshot task) {
        String part = task.parts().isEmpty() ? "" : task.parts().get(0).message();
        if (!part.equals(partMessage)) {
            partMessage = part;
            current = part.isEmpty() ? current : part;
        }
        if (!task.message().equals(ownMessage)) {
            ownMessage = task.message();
            // A task that hands all its work to a part says both at once; the part knows better.
            current = part.isEmpty() || !current.equals(part) || partsKnown ? ownMessage : current;
        }
        partsKnown = !part.isEmpty();
        return current;
    }

    /** The step that runs; empty before the first. */
    String current() {
        return current;
    }
}
