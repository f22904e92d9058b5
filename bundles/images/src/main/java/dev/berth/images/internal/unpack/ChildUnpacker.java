/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import com.sun.jna.Native;
import dev.berth.api.image.IdMapping;
import dev.berth.images.tar.ChunkSource;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** Unpacks in a child process that lives in a user namespace: the way of a user who is not root. */
public final class ChildUnpacker {

    private ChildUnpacker() {}

    /**
     * Unpacks.
     *
     * @return notes on what was left out
     * @throws UnpackException if the archive is refused
     */
    public static List<String> unpack(ChunkSource source, Path folder, IdMapping ids, UnpackLimits limits)
            throws IOException, InterruptedException {
        Process process = UserNamespace.start(ids, command(folder, limits));
        try {
            StringBuilder errors = new StringBuilder();
            Thread reader = new Thread(() -> drain(process, errors), "berth-unpack-errors");
            reader.setDaemon(true);
            reader.start();
            try (OutputStream out = process.getOutputStream()) {
                byte[] copy = new byte[64 << 10];
                for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
                    while (piece.hasRemaining()) {
                        int n = Math.min(copy.length, piece.remaining());
                        piece.get(copy, 0, n);
                        out.write(copy, 0, n);
                    }
                }
            } catch (IOException e) {
                // The child has ended early; its status tells why.
            }
            List<String> notes = new ArrayList<>();
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    notes.add(line);
                }
            }
            int status = process.waitFor();
            reader.join();
            String message = errors.toString().strip();
            if (status == UnpackMain.REFUSED) {
                throw new UnpackException(message);
            }
            if (status != 0) {
                throw new IOException(message.isEmpty() ? "the unpacking process died: " + status : message);
            }
            return notes;
        } finally {
            // Whoever deletes the folder now must not race with a child that still writes.
            process.destroyForcibly().onExit().join();
        }
    }

    /** Deletes a tree of mapped owners. */
    public static void delete(Path tree, IdMapping ids) throws IOException, InterruptedException {
        Process process = UserNamespace.start(ids, List.of("rm", "-rf", "--", tree.toString()));
        try {
            process.getOutputStream().close();
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException("cannot delete " + tree + ": " + errors);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static void drain(Process process, StringBuilder errors) {
        try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (errors.length() < 8192) {
                    errors.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            // The process was killed; its status tells.
        }
    }

    private static List<String> command(Path folder, UnpackLimits limits) throws IOException {
        Set<String> path = new LinkedHashSet<>();
        path.add(location(UnpackMain.class).toString());
        path.add(location(Native.class).toString());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx512m",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, path),
                UnpackMain.class.getName(),
                folder.toString(),
                limits.format());
    }

    /** The jar or folder that a class came from. */
    private static Path location(Class<?> type) throws IOException {
        List<String> candidates = new ArrayList<>();
        Bundle bundle = FrameworkUtil.getBundle(type);
        if (bundle != null) {
            candidates.add(bundle.getLocation());
        }
        @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            candidates.add(source.getLocation().toString());
        }
        for (String candidate : candidates) {
            try {
                Path file = Path.of(URI.create(candidate.replaceFirst("^(reference:|initial@)+", "")));
                if (Files.exists(file)) {
                    return file;
                }
            } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
                // Not a file: the next candidate.
            }
        }
        throw new IOException("cannot find the jar of " + type.getName() + " among " + candidates);
    }
}
