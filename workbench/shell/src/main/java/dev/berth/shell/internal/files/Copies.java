/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.TaskContext;
import dev.berth.sessions.files.GuestFiles;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.tools.Host;
import java.awt.Component;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Copies files both ways as tasks, after asking what becomes of those that are there already. */
@OnEdt
public final class Copies {

    private final Host host;
    private final Component parent;

    /**
     * Asks questions above a component.
     *
     * @param parent in the window that questions belong to
     */
    public Copies(Host host, Component parent) {
        this.host = host;
        this.parent = parent;
    }

    private GuestFiles files() {
        return host.services().files();
    }

    /** Copies into the folder that a session shows on its desktop. */
    public void toDesktop(SessionInfo session, List<Path> chosen) {
        host.background()
                .ask(
                        () -> files().desktop(session.id(), TaskContext.silent()),
                        folder -> toGuest(session, chosen, folder, () -> {}),
                        host::showError);
    }

    /** Copies into a folder of a session. */
    void toGuest(SessionInfo session, List<Path> chosen, String folder, Runnable then) {
        Map<String, Path> byName = new LinkedHashMap<>();
        chosen.forEach(it -> byName.put(String.valueOf(it.getFileName()), it));
        host.background()
                .ask(
                        () -> names(new GuestSide(files(), session.id()), folder),
                        there -> planned(there, byName.keySet()).ifPresent(names -> {
                            Map<Path, String> plan = new LinkedHashMap<>();
                            names.forEach((from, to) -> plan.put(byName.getOrDefault(from, Path.of(from)), to));
                            run(
                                    Texts.of("files.toSession", what(names), session.name()),
                                    task -> files().copyIn(session.id(), plan, folder, task),
                                    then);
                        }),
                        host::showError);
    }

    /** Copies from a folder of a session. */
    void toHost(SessionInfo session, String from, List<String> chosen, Path folder, Runnable then) {
        host.background()
                .ask(
                        () -> names(new HostSide(), folder.toString()),
                        there -> planned(there, chosen)
                                .ifPresent(names -> run(
                                        Texts.of("files.fromSession", what(names), session.name()),
                                        task -> files().copyOut(session.id(), from, names, folder, task),
                                        then)),
                        host::showError);
    }

    private static Set<String> names(Side side, String folder) throws BerthException, InterruptedException {
        return side.list(folder).stream().map(Item::name).collect(Collectors.toSet());
    }

    private static String what(Map<String, String> names) {
        return names.size() == 1 ? names.values().iterator().next() : Texts.of("files.many", names.size());
    }

    /** What is copied, and as what; empty when there is nothing or the person thought better of it. */
    private Optional<Map<String, String>> planned(Set<String> there, Iterable<String> wanted) {
        List<String> conflicts = Conflicts.among(there, wanted);
        Optional<Conflicts.Answer> answer =
                conflicts.isEmpty() ? Optional.of(Conflicts.Answer.REPLACE) : Conflicts.ask(parent, conflicts);
        return answer.map(it -> Conflicts.plan(there, wanted, it)).filter(plan -> !plan.isEmpty());
    }

    private interface Copy {
        int run(TaskContext task) throws BerthException, InterruptedException;
    }

    private void run(String title, Copy copy, Runnable then) {
        AtomicInteger leftOut = new AtomicInteger();
        host.run(title, task -> leftOut.set(copy.run(task)), () -> {
            if (leftOut.get() > 0) {
                host.notify(Texts.of("files.leftOut", leftOut.get()));
            }
            then.run();
        });
    }
}
