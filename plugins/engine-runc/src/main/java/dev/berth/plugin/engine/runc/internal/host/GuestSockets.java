/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Connects to servers in a container from outside. */
public final class GuestSockets {

    private GuestSockets() {}

    /**
     * Connects to a unix socket as the guest sees it. The path is resolved inside the guest's root, so no link in the
     * guest can lead to a socket of the host, and the length of the path does not matter.
     */
    public static SocketChannel unix(long init, String path) throws IOException {
        int root = -1;
        int socket = -1;
        try {
            root = Libc.CALLS.open("/proc/" + init + "/root", Libc.O_PATH | Libc.O_CLOEXEC);
            socket = Libc.openInRoot(root, path);
            return connect(socket);
        } catch (LastErrorException e) {
            throw new IOException("errno " + e.getErrorCode() + " for " + path, e);
        } finally {
            close(socket);
            close(root);
        }
    }

    /** Connects to a unix socket of this host, whatever the length of its path. */
    public static SocketChannel unix(Path path) throws IOException {
        int socket = -1;
        try {
            socket = Libc.CALLS.open(path.toString(), Libc.O_PATH | Libc.O_CLOEXEC);
            return connect(socket);
        } catch (LastErrorException e) {
            throw new IOException("errno " + e.getErrorCode() + " for " + path, e);
        } finally {
            close(socket);
        }
    }

    private static SocketChannel connect(int socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of("/proc/self/fd/" + socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Connects to a TCP port on the guest's loopback. setns(2) moves one thread only, so a thread of its own enters the
     * guest's network namespace, opens the socket, which stays there for ever, and ends.
     */
    public static SocketChannel tcp(long init, int port) throws IOException, InterruptedException {
        CompletableFuture<SocketChannel> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(connect(init, port));
                    } catch (IOException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "berth-engine-runc-netns");
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IOException("port " + port + " of the container does not answer", e.getCause());
        }
    }

    private static SocketChannel connect(long init, int port) throws IOException {
        int namespace = -1;
        try {
            namespace = Libc.CALLS.open("/proc/" + init + "/ns/net", Libc.O_RDONLY | Libc.O_CLOEXEC);
            Libc.CALLS.setns(namespace, Libc.CLONE_NEWNET);
        } catch (LastErrorException e) {
            throw new IOException("the network of the container cannot be entered: errno " + e.getErrorCode(), e);
        } finally {
            close(namespace);
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void close(int fd) {
        if (fd >= 0) {
            Libc.CALLS.close(fd);
        }
    }
}
