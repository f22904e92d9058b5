/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a server on loopback and breaks or spoils what it sends. */
final class BreakingProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final AtomicInteger breaks = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicLong passed = new AtomicLong();
    private volatile long limit = Long.MAX_VALUE;
    private volatile long spoil = -1;
    private volatile Work onBreak = () -> {};

    BreakingProxy(int target) throws IOException {
        this.target = target;
        start(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                Socket up = new Socket(InetAddress.getLoopbackAddress(), target);
                start(() -> client.getInputStream().transferTo(up.getOutputStream()), client, up);
                start(() -> down(up, client), client, up);
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    int broken() {
        return broken.get();
    }

    /** Bytes that went to the client since the proxy began. */
    long passed() {
        return passed.get();
    }

    void breakAfter(long bytes, int times) {
        limit = bytes;
        breaks.set(times);
    }

    /** What is done when the connection breaks, before the client learns of it. */
    void onBreak(Work work) {
        onBreak = work;
    }

    void spoilAt(long bytes) {
        spoil = passed.get() + bytes;
    }

    private void down(Socket up, Socket client) throws IOException {
        InputStream in = up.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[16 << 10];
        long here = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            long total = passed.addAndGet(n);
            here += n;
            if (spoil >= 0 && total > spoil) {
                spoil = -1;
                buffer[n - 1] ^= 1;
            }
            out.write(buffer, 0, n);
            if (here > limit && breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                onBreak.run();
                broken.incrementAndGet();
                return;
            }
        }
    }

    /** May fail. */
    interface Work {
        void run() throws IOException;
    }

    private static void start(Work work, Socket... ends) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the ends has gone: so does the other.
                    } finally {
                        for (Socket end : ends) {
                            try {
                                end.close();
                            } catch (IOException e) {
                                // Gone already.
                            }
                        }
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
