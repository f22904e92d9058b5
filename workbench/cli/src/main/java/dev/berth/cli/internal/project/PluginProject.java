/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.project;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A new Maven project of a plugin: builds with {@code mvn verify}, has a test, and can be installed.
 *
 * @param kind what it contributes
 * @param name its symbolic name, which is its package too: {@code org.example.hello}
 * @param title for people
 * @param version of the contract that it is built against
 * @param sdk the address of the Maven repository that holds the contract
 */
public record PluginProject(Kind kind, String name, String title, String version, String sdk) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)+");

    /** What a plugin contributes. */
    public enum Kind {
        /** Something at the edge of the window. */
        TOOL_WINDOW("Tool", "ToolTest"),
        /** Something to do, in a menu and in the palette. */
        COMMAND("Greet", "GreetTest"),
        /** Desktops that people can start. */
        RECIPE("Recipes", "RecipesTest"),
        /** Colours. */
        THEME("", "");

        private final String type;
        private final String test;

        Kind(String type, String test) {
            this.type = type;
            this.test = test;
        }

        /** As it is written on the command line: {@code tool-window}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether something can be the name of a plugin. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.startsWith("dev.berth.");
    }

    /**
     * Writes the project.
     *
     * @param folder new, or empty
     * @return the files, relative to the folder
     * @throws FileAlreadyExistsException if the folder has something in it
     */
    public List<Path> write(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new FileAlreadyExistsException(folder.toString());
                }
            }
        }
        String path = name.replace('.', '/');
        String own = kind + "/";
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", "pom.xml");
        files.put("bnd.bnd", kind == Kind.THEME ? own + "bnd.bnd" : "bnd.bnd");
        if (!kind.type.isEmpty()) {
            files.put("src/main/java/" + path + "/" + kind.type + ".java", own + kind.type + ".java.txt");
            files.put("src/test/java/" + path + "/" + kind.test + ".java", own + kind.test + ".java.txt");
        }
        switch (kind) {
            case RECIPE -> files.put("src/main/resources/" + path + "/" + id() + ".json", own + "recipe.json");
            case THEME -> files.put("src/main/resources/" + path + "/theme.properties", own + "theme.properties");
            default -> {}
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.resolveSibling("."));
            Files.writeString(target, fill(template(file.getValue())));
        }
        return files.keySet().stream().map(Path::of).toList();
    }

    private String fill(String template) {
        return template.replace("@package@", name)
                .replace("@group@", name.substring(0, name.lastIndexOf('.')))
                .replace("@id@", id())
                .replace("@name@", name)
                .replace("@path@", name.replace('.', '/'))
                .replace("@title@", title)
                .replace("@version@", version)
                .replace("@sdk@", sdk);
    }

    /** The last word of the name; recipes and their files are called so. */
    private String id() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String template(String name) throws IOException {
        try (InputStream in = PluginProject.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
