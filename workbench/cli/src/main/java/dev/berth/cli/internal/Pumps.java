/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Streams that are passed on as they come. */
final class Pumps {

    private Pumps() {}

    /** Copies until the end, each piece at once. */
    static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[16 << 10];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            to.write(buffer, 0, n);
            to.flush();
        }
    }

    /** Copies on a thread of its own; a side that closes early ends it. */
    static Thread start(String name, InputStream from, OutputStream to, boolean closeAtEnd) {
        Thread thread = new Thread(
                () -> {
                    try {
                        copy(from, to);
                    } catch (IOException e) {
                        // The command closed its input, or whoever reads our output went away: no concern of ours.
                    } finally {
                        if (closeAtEnd) {
                            try {
                                to.close();
                            } catch (IOException e) {
                                // As above.
                            }
                        }
                    }
                },
                "berth-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
