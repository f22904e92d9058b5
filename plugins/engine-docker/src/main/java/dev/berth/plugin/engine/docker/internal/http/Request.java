/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param target the path with its query, encoded
 * @param body its bytes; empty for none
 * @param source writes a body of unknown length instead
 * @param upgrade whether the connection is to become a raw stream
 */
public record Request(
        String method,
        String target,
        String contentType,
        byte[] body,
        @Nullable Source source,
        boolean upgrade) {

    /** Writes a body. */
    public interface Source {
        void write(OutputStream out) throws IOException;
    }

    /** A request without a body. */
    public static Request of(String method, String target) {
        return new Request(method, target, "", new byte[0], null, false);
    }

    /** The same with a JSON text as its body. */
    public Request json(String text) {
        return new Request(method, target, "application/json", text.getBytes(StandardCharsets.UTF_8), source, upgrade);
    }

    /** The same with an archive as its body. */
    public Request archive(Source archive) {
        return new Request(method, target, "application/x-tar", body, archive, upgrade);
    }

    /** The same, for a raw stream. */
    public Request upgraded() {
        return new Request(method, target, contentType, body, source, true);
    }

    /** A name or value as a part of a path or query. */
    public static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
