/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.http;

import dev.berth.plugin.engine.docker.internal.transport.Duplex;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One connection to an engine: a request, then its response, then the next request. For one thread at a time. */
final class HttpConnection implements AutoCloseable {

    private static final int BUFFER = 64 << 10;
    private static final int MOST_INTERIM = 10;

    private final Duplex duplex;
    private final BufferedInputStream in;
    /** When it was last given back, in {@link System#nanoTime}. */
    private long idleSince;

    private boolean answered;

    HttpConnection(Duplex duplex) {
        this.duplex = duplex;
        in = new BufferedInputStream(duplex.input(), BUFFER);
    }

    /** The head of a response. */
    record Head(int status, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean keepsConnection() {
            return !header("connection").toLowerCase(Locale.ROOT).contains("close");
        }
    }

    /** Sends a request and reads the head of the response. */
    Head exchange(Request request) throws IOException {
        answered = false;
        try {
            send(request);
        } catch (IOException e) {
            if (request.source() == null || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            // An engine that refuses a body says so and hangs up before it has read all of it.
            try {
                return head();
            } catch (IOException silent) {
                e.addSuppressed(silent);
                throw e;
            }
        }
        return head();
    }

    /** Whether any byte of an answer to the last request came. */
    boolean answered() {
        return answered;
    }

    private void send(Request request) throws IOException {
        StringBuilder head = new StringBuilder(256);
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        head.append("Host: docker\r\nUser-Agent: Berth\r\n");
        if (request.upgrade()) {
            head.append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
        }
        if (!request.contentType().isEmpty()) {
            head.append("Content-Type: ").append(request.contentType()).append("\r\n");
        }
        Request.Source source = request.source();
        if (source != null) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (request.body().length > 0 || !request.method().equals("GET")) {
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] message = new byte[start.length + request.body().length];
        System.arraycopy(start, 0, message, 0, start.length);
        System.arraycopy(request.body(), 0, message, start.length, request.body().length);
        OutputStream out = duplex.output();
        out.write(message);
        if (source != null) {
            ChunkedOutput body = new ChunkedOutput(out);
            source.write(body);
            body.close();
        }
    }

    private Head head() throws IOException {
        for (int i = 0; i < MOST_INTERIM; i++) {
            HttpLines lines = new HttpLines(in);
            String status = lines.next();
            answered = true;
            if (!status.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
                throw new IOException("the engine does not speak HTTP");
            }
            int code = Integer.parseInt(status.substring(9, 12));
            Map<String, String> headers = new HashMap<>();
            for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
                int colon = line.indexOf(':');
                if (colon < 1) {
                    throw new IOException("the engine sent a malformed header");
                }
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            if (code >= 200 || code == 101) {
                return new Head(code, headers);
            }
        }
        throw new IOException("the engine keeps saying that it will answer");
    }

    /** The body that follows a head (RFC 9112, 6.3). */
    InputStream body(Head head, String method) throws IOException {
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return InputStream.nullInputStream();
        }
        if (head.header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
            return new ChunkedInput(in);
        }
        String length = head.header("content-length");
        if (length.isEmpty()) {
            return in;
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new IOException("the engine's answer has no proper length");
        }
        return new FixedInput(in, Long.parseLong(length));
    }

    /** All bytes that follow, for a connection that has become a raw stream. */
    InputStream raw() {
        return in;
    }

    Duplex duplex() {
        return duplex;
    }

    void idle() {
        idleSince = System.nanoTime();
    }

    long idleNanos() {
        return System.nanoTime() - idleSince;
    }

    @Override
    public void close() {
        duplex.close();
    }
}
