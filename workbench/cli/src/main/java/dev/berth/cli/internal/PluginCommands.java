/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.plugins.InstalledPlugin;
import dev.berth.plugins.PluginInfo;
import dev.berth.plugins.PluginManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth plugin …}. */
@picocli.CommandLine.Command(
        name = "plugin",
        synopsisSubcommandLabel = "COMMAND",
        description = "Plugins of others. A Berth with a window follows each change at once.")
final class PluginCommands {

    static Map<String, Supplier<Command>> all() {
        Map<String, Supplier<Command>> all = new LinkedHashMap<>();
        all.put("ls", Ls::new);
        all.put("new", NewPluginCommand::new);
        all.put("search", RepositoryCommands.Search::new);
        all.put("index", RepositoryCommands.Index::new);
        all.put("install", Install::new);
        all.put("update", Update::new);
        all.put("rollback", RollBack::new);
        all.put("enable", Enable::new);
        all.put("disable", Disable::new);
        all.put("rm", Rm::new);
        return all;
    }

    private static Map<String, Object> document(PluginInfo info) {
        return Json.object(
                "name",
                info.name(),
                "version",
                info.version(),
                "title",
                info.title(),
                "description",
                info.description(),
                "vendor",
                info.vendor(),
                "signer",
                info.signer(),
                "sha256",
                info.sha256());
    }

    @picocli.CommandLine.Command(name = "ls", description = "Lists the installed plugins.")
    static final class Ls extends Command {
        @Override
        int run() throws BerthException {
            List<Object> document = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>(List.of(List.of("PLUGIN", "VERSION", "STATE", "SIGNED BY")));
            List<String> problems = new ArrayList<>();
            for (InstalledPlugin plugin : services().plugins().installed()) {
                PluginInfo info = plugin.info();
                String state = plugin.state().name().toLowerCase(Locale.ROOT);
                Map<String, Object> one = document(info);
                one.put("state", state);
                one.put("problem", plugin.problem());
                one.put("source", plugin.source());
                one.put("canRollBack", plugin.canRollBack());
                document.add(one);
                rows.add(List.of(info.name(), info.version(), state, info.signed() ? info.signer() : "nobody"));
                if (!plugin.problem().isEmpty()) {
                    problems.add("The plugin " + info.name() + " does not run: " + plugin.problem());
                }
            }
            console().result(document, Texts.table(rows));
            problems.forEach(console()::note);
            return 0;
        }
    }

    /** A command that may have to ask whether a plugin is trusted. */
    abstract static class Asking extends Command {
        @Option(
                names = {"-y", "--yes"},
                description = "Takes plugins that nobody has signed, or whose signer is new, without asking.")
        boolean yes;

        final PluginManager.Consent consent() {
            return (plugin, question) -> {
                if (yes) {
                    return true;
                }
                try {
                    return console().ask(question);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        }

        final int done(PluginInfo info, String what) {
            console().result(document(info), info.name() + " " + info.version() + " " + what);
            return 0;
        }
    }

    @picocli.CommandLine.Command(
            name = "install",
            description = "Installs a plugin from a file, an address or a repository.")
    static final class Install extends Asking {
        @Parameters(paramLabel = "FILE|URL|NAME", description = "Its jar; with --repository its name.")
        String source = "";

        @Option(names = "--sha256", paramLabel = "HEX", description = "What the jar must hash to.")
        String sha256 = "";

        @Option(
                names = "--repository",
                paramLabel = "FOLDER|URL",
                description = "Takes the newest version that this repository has, now and at each update.")
        String repository = "";

        @Option(
                names = "--key",
                paramLabel = "KEY|FILE",
                description =
                        "With --repository: remembers its owner's public key (Ed25519), with which its index must be signed.")
        @Nullable
        String key;

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            if (key != null) {
                if (repository.isEmpty()) {
                    throw invalid("usage", "--key goes with --repository.", "Run berth plugin install --help.");
                }
                services().plugins().repositoryKey(repository, RepositoryCommands.keyText(key));
            }
            String from = repository.isEmpty() ? source : services().plugins().inRepository(repository, source);
            return done(
                    task(
                            "Installing " + source,
                            context -> services().plugins().install(from, sha256, consent(), context)),
                    "is installed.");
        }
    }

    @picocli.CommandLine.Command(
            name = "update",
            description = "Installs a plugin again from where it came from; the version before is kept.")
    static final class Update extends Asking {
        @Parameters(paramLabel = "PLUGIN", description = "Its name.")
        String name = "";

        @Override
        int run() throws BerthException, InterruptedException {
            return done(
                    task("Updating " + name, context -> services().plugins().update(name, consent(), context)),
                    "is installed.");
        }
    }

    @picocli.CommandLine.Command(name = "rollback", description = "Takes back a plugin's last update.")
    static final class RollBack extends Command {
        @Parameters(paramLabel = "PLUGIN", description = "Its name.")
        String name = "";

        @Override
        int run() throws BerthException, InterruptedException {
            PluginInfo info = services().plugins().rollBack(name);
            console().result(document(info), info.name() + " " + info.version() + " is back.");
            return 0;
        }
    }

    /** Switches plugins on or off. */
    abstract static class Switch extends Command {
        private final boolean on;

        @Parameters(paramLabel = "PLUGIN", arity = "1..*", description = "Names.")
        List<String> names = List.of();

        Switch(boolean on) {
            this.on = on;
        }

        @Override
        int run() throws BerthException, InterruptedException {
            for (String name : names) {
                services().plugins().enable(name, on);
            }
            console().result(Json.object("names", names, "enabled", on), "");
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "enable", description = "Switches plugins on again.")
    static final class Enable extends Switch {
        Enable() {
            super(true);
        }
    }

    @picocli.CommandLine.Command(name = "disable", description = "Switches plugins off; they stay installed.")
    static final class Disable extends Switch {
        Disable() {
            super(false);
        }
    }

    @picocli.CommandLine.Command(name = "rm", description = "Removes plugins.")
    static final class Rm extends Command {
        @Parameters(paramLabel = "PLUGIN", arity = "1..*", description = "Names.")
        List<String> names = List.of();

        @Override
        int run() throws BerthException, InterruptedException {
            for (String name : names) {
                services().plugins().remove(name);
            }
            console().result(Json.object("removed", names), "");
            return 0;
        }
    }
}
