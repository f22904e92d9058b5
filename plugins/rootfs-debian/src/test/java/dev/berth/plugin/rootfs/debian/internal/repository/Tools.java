/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs Debian's own tools. */
public final class Tools {

    private Tools() {}

    /** Runs a command that has to end well; gives its standard output. */
    public static String run(Path folder, String... command) throws Exception {
        return run(folder, Map.of(), command);
    }

    /** Runs a command with more environment. */
    public static String run(Path folder, Map<String, String> environment, String... command) throws Exception {
        Path errors = java.nio.file.Files.createTempFile(folder, "errors-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectError(errors.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        String text;
        try (InputStream out = process.getInputStream()) {
            text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(process.waitFor())
                .as(() -> List.of(command) + ": " + text + errors(errors))
                .isZero();
        java.nio.file.Files.delete(errors);
        return text;
    }

    private static String errors(Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
