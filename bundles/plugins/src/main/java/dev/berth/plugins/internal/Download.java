/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.fetch.Fetch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a plugin's jar here. */
final class Download {

    private static final long MOST_BYTES = 256L << 20;

    private Download() {}

    /** Returns {@code source} as what can be fetched again later: an address, or an absolute path. */
    static String absolute(String source) throws BerthException {
        if (isRemote(source)) {
            return source;
        }
        try {
            Path path = source.startsWith("file:") ? Path.of(URI.create(source)) : Path.of(source);
            return path.toAbsolutePath().normalize().toString();
        } catch (IllegalArgumentException e) {
            throw notThere(source, e);
        }
    }

    /** Copies what {@code source}, made {@link #absolute}, names to {@code target}. */
    static void fetch(String source, Path target, TaskContext context) throws BerthException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(target)) {
            if (isRemote(source)) {
                Fetch.read(URI.create(source), context, in -> copy(source, in, out, context));
            } else {
                try (InputStream in = Files.newInputStream(Path.of(source))) {
                    copy(source, in, out, context);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw notThere(source, e);
        }
    }

    private static long copy(String source, InputStream in, OutputStream out, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            context.checkCancelled();
            bytes += n;
            if (bytes > MOST_BYTES) {
                throw Problems.invalid("plugin.large", source + " is larger than a plugin may be (256 MB).", "", null);
            }
            out.write(buffer, 0, n);
        }
        return bytes;
    }

    static boolean isRemote(String source) {
        return source.startsWith("http://") || source.startsWith("https://");
    }

    private static BerthException notThere(String source, Exception cause) {
        return Problems.invalid(
                "plugin.source",
                "There is no plugin at " + source + ": " + cause.getMessage(),
                "Name a jar, or an address that begins with http:// or https://.",
                cause);
    }
}
