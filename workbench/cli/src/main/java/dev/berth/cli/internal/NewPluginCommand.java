/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.cli.internal.project.PluginProject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth plugin new}: a Maven project to begin with. */
@picocli.CommandLine.Command(
        name = "new",
        description = "Makes a Maven project of a plugin that builds, has a test and can be installed.")
final class NewPluginCommand extends Command {

    private static final Pattern API = Pattern.compile("dev\\.berth\\.api-(\\d.*)\\.jar");

    @Parameters(paramLabel = "DIR", description = "A new or an empty folder.")
    Path folder = Path.of("");

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "What it contributes: tool-window (the default), command, recipe, theme.")
    String kind = "tool-window";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Its name, which is its Java package too; else org.example. and the folder's name.")
    @Nullable
    String name;

    @Option(names = "--title", paramLabel = "TITLE", description = "Its name for people; else the folder's name.")
    @Nullable
    String title;

    @Option(
            names = "--sdk",
            paramLabel = "ADDRESS",
            description = "The Maven repository that holds Berth's contract; else the one that came with this Berth.")
    @Nullable
    String sdk;

    @Override
    int run() throws BerthException, IOException {
        Path target = folder.toAbsolutePath().normalize();
        String last = String.valueOf(target.getFileName());
        String chosen =
                name == null ? "org.example." + last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "") : name;
        if (!PluginProject.isName(chosen)) {
            throw invalid(
                    "plugin.name",
                    "\"" + chosen + "\" cannot be a plugin's name.",
                    "Give one like a Java package of yours, of small letters and digits: --name org.example.hello");
        }
        String words = title == null ? last : title;
        if (words.isBlank() || words.matches(".*[\"\\\\<>&\\p{Cntrl}].*")) {
            throw invalid(
                    "plugin.title", "\"" + words + "\" cannot be a title.", "Give one of words: --title \"Hello\"");
        }
        PluginProject project = new PluginProject(kind(), chosen, words, version(), sdk == null ? ownSdk() : sdk);
        try {
            List<Path> files = project.write(target);
            console()
                    .result(
                            Json.object(
                                    "name",
                                    chosen,
                                    "folder",
                                    target.toString(),
                                    "files",
                                    files.stream().map(Path::toString).toList()),
                            "The plugin " + chosen + " is in " + target + ". Build it: mvn verify. Try it: berth dev "
                                    + target + ". Install it: berth plugin install target/" + chosen + "-1.0.0.jar");
            return 0;
        } catch (FileAlreadyExistsException e) {
            throw invalid("plugin.folder", target + " has files in it already.", "Name a new or an empty folder.");
        }
    }

    private PluginProject.Kind kind() throws BerthException {
        for (PluginProject.Kind each : PluginProject.Kind.values()) {
            if (each.toString().equals(kind)) {
                return each;
            }
        }
        throw invalid(
                "plugin.kind",
                "There is no template for \"" + kind + "\".",
                "Take tool-window, command, recipe or theme. For a root file system or a display protocol begin with a copy of the sample.");
    }

    private Path install() {
        return Path.of(services().property("berth.install"));
    }

    private String version() throws BerthException, IOException {
        try (Stream<Path> bundles = Files.list(install().resolve("bundles"))) {
            return bundles.map(file -> API.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .map(match -> match.group(1))
                    .findFirst()
                    .orElseThrow(() ->
                            new BerthException("berth.incomplete", "This Berth has no bundle of the contract.", null));
        }
    }

    /** In a package it lies in the installation, in a checkout beside it. */
    private String ownSdk() throws BerthException {
        Path install = install();
        for (Path candidate : List.of(install.resolve("sdk"), install.resolveSibling("sdk"))) {
            if (Files.isDirectory(candidate)) {
                return candidate.toUri().toString();
            }
        }
        throw new BerthException(
                "plugin.sdk",
                ErrorKind.MISSING,
                "This Berth came without the repository that plugins are built against.",
                "",
                Remedy.advice("Name one with --sdk ADDRESS."),
                null);
    }
}
