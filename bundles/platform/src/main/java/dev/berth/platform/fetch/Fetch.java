/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.fetch;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;

/**
 * Reads what an address names: {@code http:}, {@code https:} or {@code file:}. Gives up on a server that is silent for too long, and at once when the
 * task is cancelled.
 */
public final class Fetch {

    private static final int CONNECT_MILLIS = 30_000;
    /** A server that sends nothing for so long will not send more. */
    private static final int STALL_MILLIS = 60_000;

    private static final int MOST_REDIRECTS = 5;

    private Fetch() {}

    /** What becomes of the bytes. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads as much as it wants; the stream is closed by the caller. How much that may be is for the reader to bound. */
        T read(InputStream in) throws IOException, BerthException, InterruptedException;
    }

    /**
     * Reads.
     *
     * @return what the reader returns
     * @throws IOException if the address cannot be read; its message is for people
     * @throws InterruptedException when the task was cancelled
     */
    @OnWorker
    public static <T> T read(URI address, TaskContext context, Reader<T> reader)
            throws IOException, BerthException, InterruptedException {
        URI current = address;
        try {
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                URLConnection connection = open(current);
                try (Registration ignored = context.onCancel(() -> disconnect(connection))) {
                    String elsewhere = elsewhere(connection);
                    if (elsewhere.isEmpty()) {
                        try (InputStream in = connection.getInputStream()) {
                            return reader.read(in);
                        }
                    }
                    current = follow(current, elsewhere);
                } finally {
                    disconnect(connection);
                }
            }
        } catch (IOException e) {
            // What a cancelled task closed fails in its own way.
            context.checkCancelled();
            throw e;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        throw new IOException("the server sends from one address to the next");
    }

    private static URLConnection open(URI address) throws IOException {
        URLConnection connection = address.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(STALL_MILLIS);
        connection.setUseCaches(false);
        if (connection instanceof HttpURLConnection http) {
            http.setInstanceFollowRedirects(false);
        }
        return connection;
    }

    /** Where the server says that it is; empty when it is here. */
    private static String elsewhere(URLConnection connection) throws IOException {
        if (!(connection instanceof HttpURLConnection http)) {
            return "";
        }
        int status = http.getResponseCode();
        String location = http.getHeaderField("Location");
        return switch (status) {
            case 200 -> "";
            case 301, 302, 303, 307, 308 -> {
                if (location == null || location.isEmpty()) {
                    throw new IOException("the server answers " + status + " and names no other address");
                }
                yield location;
            }
            default -> throw new IOException("the server answers " + status);
        };
    }

    /** What came from a server names servers only, and nothing that was encrypted goes on in the clear. */
    private static URI follow(URI from, String location) throws IOException {
        URI to = from.resolve(location);
        String scheme = String.valueOf(to.getScheme());
        if (scheme.equals("https") || scheme.equals("http") && "http".equals(from.getScheme())) {
            return to;
        }
        throw new IOException("the server sends on to " + to);
    }

    private static void disconnect(URLConnection connection) {
        if (connection instanceof HttpURLConnection http) {
            http.disconnect();
        }
    }
}
