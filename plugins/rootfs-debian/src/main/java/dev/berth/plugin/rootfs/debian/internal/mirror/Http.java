/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import dev.berth.api.error.RootfsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** HTTP as the mirror needs it: conditional and partial requests, and no read that hangs for ever. Any thread. */
public final class Http {

    /** A mirror that has not answered by then is taken for dead. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    /** Without a byte for so long, a transfer is broken off and tried again. */
    static final Duration STALL = Duration.ofSeconds(30);

    private final HttpClient client;
    /** @param proxy {@code http://host:port}, or empty for what the JVM is set to */
    public Http(String proxy) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL);
        URI address = proxy.isEmpty() ? null : URI.create(proxy);
        if (address != null && address.getHost() != null) {
            int port = address.getPort() < 0 ? 80 : address.getPort();
            builder.proxy(ProxySelector.of(new InetSocketAddress(address.getHost(), port)));
        }
        client = builder.build();
    }

    /** An answer whose body is read as it arrives; close it in any case. */
    public record Answer(HttpResponse<InputStream> response, InputStream body) implements AutoCloseable {

        public int status() {
            return response.statusCode();
        }

        public @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /**
     * Asks for an address.
     *
     * @param from the first byte wanted
     * @param ifModifiedSince an HTTP date, or null
     */
    public Answer get(URI uri, long from, @Nullable String ifModifiedSince) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT).header("User-Agent", "berth");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        if (ifModifiedSince != null) {
            request.header("If-Modified-Since", ifModifiedSince);
        }
        HttpResponse<InputStream> response = client.send(request.build(), info -> new Body(STALL));
        return new Answer(response, response.body());
    }

    /** Checks an address from outside. */
    static URI uri(String address) throws RootfsException {
        try {
            URI uri = new URI(address.replace(" ", "%20").replace("~", "%7e").replace("+", "%2b"));
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return uri;
            }
        } catch (java.net.URISyntaxException e) {
            throw new RootfsException("rootfs.mirror.address", "This is no address of a mirror: " + address, e);
        }
        throw new RootfsException("rootfs.mirror.address", "This is no address of a mirror: " + address, null);
    }

    /** Turns the shapes in which an interrupt comes out of blocked input and output back into one. */
    static void rethrowInterrupt(IOException e) throws InterruptedException {
        if (e instanceof ClosedByInterruptException
                || e.getCause() instanceof InterruptedException
                || e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()
                || Thread.currentThread().isInterrupted()) {
            Thread.interrupted();
            throw new InterruptedException("cancelled");
        }
    }
}
