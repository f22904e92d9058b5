/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Joins its standard input and output with a TCP port of the loopback. Run as a program of its own inside a guest's
 * network namespace, where a plain user cannot send a thread of a running JVM. Needs no other class.
 */
final class Relay {

    private static final int BUFFER_BYTES = 65_536;

    private Relay() {}

    /** The one argument is the port. Writes one byte when it is connected, then what the server sends. */
    public static void main(String[] arguments) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), Integer.parseInt(arguments[0])));
            System.out.write('+');
            System.out.flush();
            Thread up = new Thread(new Up(socket), "up");
            up.setDaemon(true);
            up.start();
            copy(socket.getInputStream(), System.out);
        }
    }

    private record Up(Socket socket) implements Runnable {
        @Override
        public void run() {
            try {
                copy(System.in, socket.getOutputStream());
                socket.shutdownOutput();
            } catch (IOException e) {
                // The server closed; the other direction notices too.
            }
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            out.flush();
        }
    }
}
