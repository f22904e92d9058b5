/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.server;

import dev.berth.api.share.ListenAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that listens, and what it leaves in the file system. */
public final class Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final ServerSocketChannel channel;
    private final ListenAddress address;

    private Listener(ServerSocketChannel channel, ListenAddress address) {
        this.channel = channel;
        this.address = address;
    }

    /** Opens it. A unix socket whose server is dead is replaced; anything else in its place is a failure. */
    public static Listener open(ListenAddress address) throws IOException {
        if (address instanceof ListenAddress.UnixSocket unix) {
            return new Listener(openUnix(unix.path()), address);
        }
        ListenAddress.Tcp tcp = (ListenAddress.Tcp) address;
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port()));
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new Listener(channel, new ListenAddress.Tcp(tcp.host(), port));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ServerSocketChannel openUnix(Path path) throws IOException {
        removeDead(path);
        // Bound in a folder that nobody else may enter, so that there is no moment at which others could connect.
        Path folder = Files.createTempDirectory(path.toAbsolutePath().getParent(), ".s");
        Path socket = folder.resolve("s");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket));
            if (Files.getFileAttributeView(socket, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(socket, path);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(socket);
            throw e;
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static void removeDead(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean other = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
        if (other) {
            try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                LOG.debug("a server answers at {}: {}", path, probe.isConnected());
            } catch (ConnectException e) {
                Files.deleteIfExists(path);
                return;
            }
        }
        throw new FileAlreadyExistsException(path.toString());
    }

    public ServerSocketChannel channel() {
        return channel;
    }

    /** Where it listens, with the port it got. */
    public ListenAddress address() {
        return address;
    }

    /** Removes what is left when the channel is closed. */
    public void cleanUp() {
        if (address instanceof ListenAddress.UnixSocket unix) {
            try {
                Files.deleteIfExists(unix.path());
            } catch (IOException e) {
                LOG.warn("could not remove the socket {}", unix.path(), e);
            }
        }
    }
}
