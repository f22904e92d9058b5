/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a message's head: ASCII, ended by CR LF, a bounded number of bytes in all (RFC 9112, 2.2). */
final class HttpLines {

    private static final int MOST_BYTES = 64 << 10;

    private final InputStream in;
    private int left = MOST_BYTES;

    HttpLines(BufferedInputStream in) {
        this.in = in;
    }

    /** One line without its end; end of file in front of the first byte is an {@link EOFException}. */
    String next() throws IOException {
        StringBuilder line = new StringBuilder(80);
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the engine closed the connection");
            }
            if (--left < 0) {
                throw new IOException("the head of the engine's answer is too long");
            }
            if (c == '\n') {
                int end = line.length();
                if (end > 0 && line.charAt(end - 1) == '\r') {
                    line.setLength(end - 1);
                }
                return line.toString();
            }
            if (c < 0x20 && c != '\t' && c != '\r' || c == 0x7f) {
                throw new IOException("the engine does not speak HTTP");
            }
            line.append((char) c);
        }
    }
}
