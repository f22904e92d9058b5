/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Gets files over HTTPS, or HTTP from this machine itself; goes on where a download broke. */
final class Fetch {

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 6;
    private static final int REDIRECTS = 5;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    /** A document, whole. */
    byte[] document(URI address, int most) throws IOException, RootfsException, InterruptedException {
        HttpResponse<InputStream> answer = open(address, 0);
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(most + 1);
            if (answer.statusCode() != 200 || bytes.length > most) {
                throw new IOException("status " + answer.statusCode() + ", " + bytes.length + " bytes");
            }
            return bytes;
        }
    }

    /** The file with this content, in a folder of downloads; it has been checked. */
    Path file(URI address, Digest digest, Path folder, TaskContext context)
            throws IOException, RootfsException, InterruptedException {
        Path whole = folder.resolve(digest.hex());
        if (Files.exists(whole)) {
            try (InputStream in = Files.newInputStream(whole)) {
                if (Sums.of(in, TaskContext.silent()).equals(digest)) {
                    return whole;
                }
            }
            Files.delete(whole);
        }
        Path part = folder.resolve(digest.hex() + "." + ProcessHandle.current().pid() + ".part");
        Path left = folder.resolve(digest.hex() + ".part");
        if (Files.exists(left)) {
            Files.move(left, part, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    more(address, part, context);
                    break;
                } catch (IOException e) {
                    // Some versions of Java say so only in this way that a read was interrupted.
                    if (e.getCause() instanceof InterruptedException) {
                        throw new InterruptedException("cancelled");
                    }
                    context.checkCancelled();
                    if (attempt >= ATTEMPTS) {
                        throw e;
                    }
                    Thread.sleep(100L << attempt);
                }
            }
            try (InputStream in = Files.newInputStream(part)) {
                if (!Sums.of(in, TaskContext.silent()).equals(digest)) {
                    Files.delete(part);
                    throw Failures.digest(address.getPath());
                }
            }
            return Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            if (Files.exists(part)) {
                Files.move(part, left, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private void more(URI address, Path part, TaskContext context)
            throws IOException, RootfsException, InterruptedException {
        long from = Files.exists(part) ? Files.size(part) : 0;
        HttpResponse<InputStream> answer = open(address, from);
        try (InputStream body = answer.body();
                Registration cancel = context.onCancel(body)) {
            boolean goesOn = answer.statusCode() == 206
                    && answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + from + "-");
            if (answer.statusCode() == 416) {
                // All is there, or too much; the digest tells.
                return;
            }
            if (answer.statusCode() != 200 && !goesOn) {
                throw new IOException("status " + answer.statusCode());
            }
            long total = answer.headers().firstValueAsLong("Content-Length").orElse(0) + (goesOn ? from : 0);
            context.progress()
                    .start(total, Unit.BYTES, "Downloading " + address.getPath().replaceFirst(".*/", ""));
            context.progress().add(goesOn ? from : 0);
            context.checkCancelled();
            byte[] buffer = new byte[128 << 10];
            try (OutputStream out = Files.newOutputStream(
                    part,
                    StandardOpenOption.CREATE,
                    goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                    context.checkCancelled();
                    try {
                        out.write(buffer, 0, n);
                    } catch (IOException e) {
                        // To ask the server again would not help.
                        throw Failures.failed("rootfs.wsl.io", "The file could not be kept: " + e.getMessage(), e);
                    }
                    context.progress().add(n);
                }
            }
            if (total > 0 && Files.size(part) < total) {
                throw new IOException("the file ended early");
            }
        }
    }

    private HttpResponse<InputStream> open(URI start, long from)
            throws IOException, RootfsException, InterruptedException {
        URI uri = checked(start);
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            int status = answer.statusCode();
            String location = answer.headers().firstValue("Location").orElse("");
            if (status < 301 || status > 308 || status == 304 || location.isEmpty()) {
                return answer;
            }
            answer.body().close();
            uri = checked(uri.resolve(location));
        }
        throw new IOException("one address leads to the next");
    }

    private static URI checked(URI uri) throws RootfsException {
        String host = uri.getHost();
        boolean here = host != null && (host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}"));
        if (host == null || !("https".equals(uri.getScheme()) || here && "http".equals(uri.getScheme()))) {
            throw Failures.failed("rootfs.wsl.plain", "This address is not protected: " + uri + ".", null);
        }
        return uri;
    }
}
