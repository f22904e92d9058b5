/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.plugins.PluginOffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The part of {@code berth plugin} that deals with repositories. */
final class RepositoryCommands {

    private RepositoryCommands() {}

    /** A key as it was given, or what the file of that name holds. */
    static String keyText(String given) throws IOException {
        try {
            return Files.isRegularFile(Path.of(given)) ? Files.readString(Path.of(given)) : given;
        } catch (InvalidPathException e) {
            return given;
        }
    }

    @picocli.CommandLine.Command(name = "search", description = "Lists the plugins of a repository.")
    static final class Search extends Command {
        @Parameters(paramLabel = "WORD", arity = "0..*", description = "What names or descriptions have in them.")
        List<String> words = List.of();

        @Option(names = "--repository", paramLabel = "FOLDER|URL", required = true, description = "Where it is.")
        String repository = "";

        @Option(
                names = "--key",
                paramLabel = "KEY|FILE",
                description = "Remembers its owner's public key (Ed25519): its index must be signed from then on.")
        @Nullable
        String key;

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            if (key != null) {
                services().plugins().repositoryKey(repository, keyText(key));
            }
            List<PluginOffer> offers =
                    task("Asking " + repository, context -> services().plugins().offers(repository, context));
            List<Object> document = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>(List.of(List.of("PLUGIN", "VERSION", "DESCRIPTION")));
            for (PluginOffer offer : offers) {
                String text = (offer.name() + " " + offer.description()).toLowerCase(Locale.ROOT);
                if (words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)))) {
                    rows.add(List.of(offer.name(), offer.version(), offer.description()));
                    document.add(Json.object(
                            "name",
                            offer.name(),
                            "version",
                            offer.version(),
                            "description",
                            offer.description(),
                            "address",
                            offer.address(),
                            "sha256",
                            offer.sha256()));
                }
            }
            console().result(document, Texts.table(rows));
            return 0;
        }
    }

    @picocli.CommandLine.Command(
            name = "index",
            description = "Makes a folder of plugins a repository that any web server can offer.")
    static final class Index extends Command {
        @Parameters(paramLabel = "FOLDER", description = "Where the jars lie; index.xml.gz is written there.")
        Path folder = Path.of("");

        @Option(
                names = "--sign",
                paramLabel = "FILE",
                description = "Signs the index with this private key (openssl genpkey -algorithm ed25519).")
        @Nullable
        Path sign;

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            String key = sign == null ? "" : Files.readString(sign);
            int plugins =
                    task("Indexing " + folder, context -> services().plugins().index(folder, key, context));
            console()
                    .result(
                            Json.object("folder", folder.toString(), "plugins", plugins),
                            folder + " is a repository of " + plugins + (plugins == 1 ? " plugin." : " plugins."));
            return 0;
        }
    }
}
