/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.sessions.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth session snapshot|snapshots|restore|clone|export}: sessions kept, put back, doubled and handed out. */
final class SnapshotCommands {

    private SnapshotCommands() {}

    static Map<String, Supplier<Command>> all() {
        Map<String, Supplier<Command>> all = new LinkedHashMap<>();
        all.put("snapshot", Take::new);
        all.put("snapshots", Ls::new);
        all.put("restore", Restore::new);
        all.put("clone", Clone::new);
        all.put("export", ExportCommands.OfSession::new);
        return all;
    }

    private static Map<String, Object> document(Snapshot snapshot) {
        return Json.object(
                "tag",
                snapshot.tag(),
                "image",
                snapshot.image().toString(),
                "created",
                snapshot.created().toString());
    }

    @picocli.CommandLine.Command(
            name = "snapshot",
            description = "Keeps a session's files as they are now. With --rm, removes a snapshot.")
    static final class Take extends Command {
        @Parameters(paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Parameters(
                paramLabel = "TAG",
                description = "What the snapshot is called; an older one of that name is replaced.")
        String tag = "";

        @Option(names = "--rm", description = "Removes the snapshot.")
        boolean remove;

        @Override
        int run() throws BerthException, InterruptedException {
            if (remove) {
                task("Removing the snapshot " + tag, context -> {
                    services().sessions().removeSnapshot(name, tag, context);
                    return tag;
                });
                console().result(Json.object("removed", tag), "");
                return 0;
            }
            Snapshot taken = task(
                    "Taking the snapshot " + tag,
                    context -> services().sessions().snapshot(name, tag, context));
            console().result(document(taken), taken.tag());
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "snapshots", description = "Lists a session's snapshots.")
    static final class Ls extends Command {
        @Parameters(paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Override
        int run() throws BerthException, InterruptedException {
            List<Object> documents = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>(List.of(List.of("SNAPSHOT", "CREATED", "IMAGE")));
            for (Snapshot snapshot : services().sessions().snapshots(name)) {
                documents.add(document(snapshot));
                rows.add(List.of(
                        snapshot.tag(),
                        snapshot.created().toString(),
                        snapshot.image().brief()));
            }
            console().result(documents, Texts.table(rows));
            return 0;
        }
    }

    @picocli.CommandLine.Command(
            name = "restore",
            description = "Puts a session back to a snapshot and starts it; what changed since is lost.")
    static final class Restore extends Command {
        @Parameters(paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Parameters(paramLabel = "TAG", description = "The snapshot; berth session snapshots NAME lists them.")
        String tag = "";

        @Override
        int run() throws BerthException, InterruptedException {
            SessionInfo session =
                    task("Restoring " + name, context -> services().sessions().restore(name, tag, context));
            console().result(SessionCommands.document(session), session.name());
            return 0;
        }
    }

    @picocli.CommandLine.Command(
            name = "clone",
            description = "Starts a second session from a session's files as they are now.")
    static final class Clone extends Command {
        @Parameters(index = "0", paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Parameters(
                index = "1",
                paramLabel = "NEW",
                arity = "0..1",
                description = "The new session's name; Berth chooses one if not given.")
        String other = "";

        @Option(names = "--ephemeral", description = "Throws all of the new session away when it stops.")
        boolean ephemeral;

        @Override
        int run() throws BerthException, InterruptedException {
            SessionInfo session =
                    task("Cloning " + name, context -> services().sessions().copy(name, other, ephemeral, context));
            console().result(SessionCommands.document(session), session.name());
            return 0;
        }
    }
}
