/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.Unit;
import dev.berth.platform.task.TaskBody;
import dev.berth.platform.task.TaskHandle;
import dev.berth.platform.task.TaskRunner;
import dev.berth.platform.task.TaskSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a task and shows how it goes on stderr: bars that are redrawn on a terminal, now and then a line elsewhere. */
final class ProgressPrinter {

    private static final long BAR_MILLIS = 120;
    private static final long LINE_MILLIS = 5_000;
    private static final long STILL_MILLIS = 30_000;
    private static final int BAR_WIDTH = 24;
    private static final int MAX_BARS = 6;
    private static final int WIDTH = 100;

    private final Console console;
    private int drawn;
    private Map<String, Long> amounts = new HashMap<>();
    private String lastLine = "";
    private String lastText = "";
    private long lastLineAt;

    private ProgressPrinter(Console console) {
        this.console = console;
    }

    /** Runs a task to its end. Interrupting the calling thread cancels it. */
    static <T> T run(TaskRunner runner, Console console, String title, TaskBody<T> body)
            throws BerthException, InterruptedException {
        TaskHandle<T> task = runner.submit(title, body);
        ProgressPrinter printer = new ProgressPrinter(console);
        Thread thread = new Thread(() -> printer.show(task), "berth-progress-printer");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.await();
        } finally {
            thread.interrupt();
            boolean interrupted = Thread.interrupted();
            try {
                thread.join(2_000);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void show(TaskHandle<?> task) {
        try {
            while (!task.snapshot().ended()) {
                // The wait comes first: what is over at once needs no bar.
                Thread.sleep(BAR_MILLIS);
                TaskSnapshot snapshot = task.snapshot();
                if (console.terminal()) {
                    draw(lines(snapshot));
                } else {
                    line(snapshot);
                }
            }
        } catch (InterruptedException e) {
            // The task has ended.
        } finally {
            draw(List.of());
        }
    }

    private void draw(List<String> lines) {
        if (!console.terminal() || drawn == 0 && lines.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        text.append("\r\u001b[J");
        for (String line : lines) {
            text.append(line, 0, Math.min(line.length(), WIDTH)).append('\n');
        }
        drawn = lines.size();
        console.err().print(text);
        console.err().flush();
    }

    private void line(TaskSnapshot snapshot) {
        TaskSnapshot.Part part = busiest(snapshot);
        String message = part == null ? snapshot.message() : part.message();
        long now = System.nanoTime() / 1_000_000;
        boolean changed = !message.equals(lastLine);
        if (message.isEmpty() || !changed && now - lastLineAt < LINE_MILLIS) {
            return;
        }
        String amount = part == null
                ? amountOf(snapshot.unit(), snapshot.done(), snapshot.total()) + rate(snapshot)
                : amountOf(part.unit(), part.done(), part.total());
        String text = amount.isEmpty() ? message : message + "  " + amount;
        // What does not move is not worth a line, until someone might think that it hangs.
        if (!text.equals(lastText) || now - lastLineAt > STILL_MILLIS) {
            console.note(text);
            lastLineAt = now;
        }
        lastLine = message;
        lastText = text;
    }

    /** The part that has moved since this was asked last; otherwise the one of before, or the newest. */
    private TaskSnapshot.@Nullable Part busiest(TaskSnapshot snapshot) {
        TaskSnapshot.Part found = null;
        Map<String, Long> next = new HashMap<>();
        for (TaskSnapshot.Part part : snapshot.parts()) {
            Long before = amounts.get(part.message());
            next.put(part.message(), part.done());
            if (before == null || before != part.done()) {
                found = part;
            }
        }
        amounts = next;
        if (found != null) {
            return found;
        }
        for (TaskSnapshot.Part part : snapshot.parts()) {
            if (part.message().equals(lastLine)) {
                return part;
            }
        }
        return snapshot.parts().isEmpty()
                ? null
                : snapshot.parts().get(snapshot.parts().size() - 1);
    }

    private static String amountOf(Unit unit, long done, long total) {
        return total <= 0 || unit == Unit.PARTS ? "" : amount(unit, done, total);
    }

    private static List<String> lines(TaskSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        String head = bar(snapshot.fraction()) + " " + snapshot.message();
        if (snapshot.unit() != Unit.PARTS && snapshot.total() > 0) {
            head += "  " + amount(snapshot.unit(), snapshot.done(), snapshot.total());
            head += rate(snapshot);
        }
        lines.add(head);
        for (TaskSnapshot.Part part : snapshot.parts()) {
            if (lines.size() > MAX_BARS) {
                lines.add("  and " + (snapshot.parts().size() - MAX_BARS) + " more");
                break;
            }
            lines.add("  " + describe(part));
        }
        return lines;
    }

    private static String describe(TaskSnapshot.Part part) {
        if (part.total() <= 0) {
            return part.message();
        }
        double fraction = Math.min(1.0, (double) part.done() / part.total());
        return bar(fraction) + " " + part.message()
                + (part.unit() == Unit.PARTS ? "" : "  " + amount(part.unit(), part.done(), part.total()));
    }

    private static String rate(TaskSnapshot snapshot) {
        if (snapshot.rate() <= 0) {
            return "";
        }
        String text = snapshot.unit() == Unit.BYTES ? "  " + Texts.bytes((long) snapshot.rate()) + "/s" : "";
        long left = (long) ((snapshot.total() - snapshot.done()) / snapshot.rate());
        return left > 0 ? text + "  " + Texts.duration(Duration.ofSeconds(left)) + " left" : text;
    }

    private static String amount(Unit unit, long done, long total) {
        return unit == Unit.BYTES ? Texts.bytes(done) + " of " + Texts.bytes(total) : done + " of " + total;
    }

    private static String bar(double fraction) {
        if (fraction < 0) {
            return "[" + " ".repeat(BAR_WIDTH) + "]     ";
        }
        int full = (int) Math.round(fraction * BAR_WIDTH);
        return "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "]"
                + String.format(Locale.ROOT, " %3d%%", Math.round(fraction * 100));
    }
}
