/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.window;

import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to show the window of a Berth home, and the unix socket at which other processes of the same user ask it to show
 * something. The right ends with its process at the latest.
 */
public final class WindowDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WindowDoor.class);

    /** A process that closes its window gives up the right when it ends, a moment later. */
    private static final long PATIENCE_MILLIS = 10_000;

    private static final long POLL_MILLIS = 50;

    /** What fits into {@code sockaddr_un} everywhere, with its closing zero. */
    private static final int LONGEST_ADDRESS = 100;

    private final Path address;
    private final HomeLock right;
    private final ServerSocketChannel server;
    private final Path socket;

    private WindowDoor(Path address, HomeLock right, ServerSocketChannel server, Path socket) {
        this.address = address;
        this.right = right;
        this.server = server;
        this.socket = socket;
    }

    /**
     * Takes the right to show the home's window, or finds out that another process has it and answers.
     *
     * @return empty if another process shows the window
     * @throws IOException if another process has the right but does not answer, or the socket cannot be made
     */
    public static Optional<WindowDoor> claim(BerthHome home) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (true) {
            Optional<HomeLock> right = HomeLock.tryAcquire(home.locks().resolve("window.lock"));
            if (right.isPresent()) {
                return Optional.of(open(home, right.get()));
            }
            try (SocketChannel channel = connect(home)) {
                if (channel.isConnected()) {
                    return Optional.empty();
                }
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the Berth that has this home's window does not answer", e);
                }
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static WindowDoor open(BerthHome home, HomeLock right) throws IOException {
        Path address = address(home);
        ServerSocketChannel server = null;
        try {
            forget(address);
            Path socket = socketPath(home);
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            if (socket.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            }
            AtomicFiles.write(address, socket + "\n");
            WindowDoor door = new WindowDoor(address, right, server, socket);
            server = null;
            return door;
        } finally {
            if (server != null) {
                server.close();
                right.close();
            }
        }
    }

    private static Path address(BerthHome home) {
        return home.locks().resolve("window.address");
    }

    /** In the home, or where that lies too deep, in a folder of its own that only this user may enter. */
    private static Path socketPath(BerthHome home) throws IOException {
        Path near = home.locks().resolve("window.sock").toAbsolutePath();
        if (near.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_ADDRESS) {
            Files.deleteIfExists(near);
            return near;
        }
        return Files.createTempDirectory("berth-window").resolve("s");
    }

    /** Takes away the socket of a process that was killed. */
    private static void forget(Path address) throws IOException {
        if (Files.exists(address)) {
            deleteSocket(Path.of(Files.readString(address).strip()));
            Files.deleteIfExists(address);
        }
    }

    private static void deleteSocket(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        Path folder = socket.getParent();
        if (folder != null && String.valueOf(folder.getFileName()).startsWith("berth-window")) {
            Files.deleteIfExists(folder);
        }
    }

    private static SocketChannel connect(BerthHome home) throws IOException {
        try {
            Path socket = Path.of(Files.readString(address(home)).strip());
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (InvalidPathException e) {
            throw new IOException("the address of the window is damaged", e);
        }
    }

    /**
     * Asks the process that shows the home's window to show something. Returns when it has understood.
     *
     * @throws IOException if there is no such process any more, or it does not understand
     */
    public static void ask(BerthHome home, WindowRequest request) throws IOException {
        try (SocketChannel channel = connect(home)) {
            request.write(new DataOutputStream(Channels.newOutputStream(channel)));
            if (Channels.newInputStream(channel).read() != 1) {
                throw new IOException("the Berth that has this home's window did not understand");
            }
        }
    }

    /**
     * Answers from now on.
     *
     * @param listener called on a thread of its own for each request
     */
    public void listen(Consumer<WindowRequest> listener) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            SocketChannel channel = server.accept();
                            Thread answering = new Thread(() -> answer(channel, listener), "window request");
                            answering.setDaemon(true);
                            answering.start();
                        }
                    } catch (ClosedChannelException e) {
                        LOG.debug("No more requests to the window are taken");
                    } catch (IOException | UncheckedIOException e) {
                        LOG.warn("A second start of Berth will not find this window", e);
                    }
                },
                "window door");
        thread.setDaemon(true);
        thread.start();
    }

    private static void answer(SocketChannel channel, Consumer<WindowRequest> listener) {
        try (channel) {
            WindowRequest request;
            try {
                request = WindowRequest.read(new DataInputStream(Channels.newInputStream(channel)));
            } catch (java.io.EOFException e) {
                // Somebody only looked whether anybody answers.
                return;
            }
            Channels.newOutputStream(channel).write(1);
            channel.shutdownOutput();
            listener.accept(request);
        } catch (IOException e) {
            LOG.warn("A request to the window was not understood", e);
        }
    }

    /** Answers no longer. The right itself goes with the process, or here if this is the thread that took it. */
    @Override
    public void close() {
        try {
            server.close();
            deleteSocket(socket);
            Files.deleteIfExists(address);
        } catch (IOException e) {
            LOG.warn("The window's socket is left behind", e);
        }
        right.close();
    }
}
