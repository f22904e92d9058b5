/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth network …}: networks that sessions join and find each other on by name. */
@picocli.CommandLine.Command(
        name = "network",
        synopsisSubcommandLabel = "COMMAND",
        description = "Networks that sessions join and find each other on by name.")
final class NetworkCommands {

    static Map<String, Supplier<Command>> all() {
        Map<String, Supplier<Command>> all = new LinkedHashMap<>();
        all.put("create", Create::new);
        all.put("ls", Ls::new);
        all.put("rm", Remove::new);
        return all;
    }

    /** What the three have in common. */
    abstract static class OnEngine extends Command {
        @Option(names = "--engine", paramLabel = "ID", description = "An engine; else the best that this host has.")
        String engine = "";

        @Override
        final int run() throws BerthException, InterruptedException {
            TaskContext context = TaskContext.silent();
            return run(services().sessions().engine(engine, context), context);
        }

        abstract int run(ContainerEngine chosen, TaskContext context) throws BerthException, InterruptedException;
    }

    @picocli.CommandLine.Command(name = "create", description = "Makes networks; nothing happens if they exist.")
    static final class Create extends OnEngine {
        @Parameters(paramLabel = "NET", arity = "1..*", description = "Names.")
        List<String> names = List.of();

        @Override
        int run(ContainerEngine chosen, TaskContext context) throws BerthException, InterruptedException {
            for (String name : names) {
                chosen.createNetwork(name, context);
            }
            console().result(Json.object("created", names), "");
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "ls", description = "Lists the networks.")
    static final class Ls extends OnEngine {
        @Override
        int run(ContainerEngine chosen, TaskContext context) throws BerthException, InterruptedException {
            List<Object> documents = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>(List.of(List.of("NETWORK", "ENGINE")));
            for (String name : chosen.networks(context)) {
                documents.add(Json.object("name", name, "engine", chosen.id()));
                rows.add(List.of(name, chosen.id()));
            }
            console().result(documents, Texts.table(rows));
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "rm", description = "Removes networks that no session uses.")
    static final class Remove extends OnEngine {
        @Parameters(paramLabel = "NET", arity = "1..*", description = "Names.")
        List<String> names = List.of();

        @Override
        int run(ContainerEngine chosen, TaskContext context) throws BerthException, InterruptedException {
            for (String name : names) {
                chosen.removeNetwork(name, context);
            }
            console().result(Json.object("removed", names), "");
            return 0;
        }
    }
}
