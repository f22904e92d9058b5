/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.ShareException;
import dev.berth.api.share.FileShareServer;
import dev.berth.api.share.ListenAddress;
import dev.berth.api.share.ServeSpec;
import dev.berth.api.share.ServedFolder;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.share.ninep.internal.linux.LinuxVolume;
import dev.berth.plugin.share.ninep.internal.protocol.Export;
import dev.berth.plugin.share.ninep.internal.server.Listener;
import dev.berth.plugin.share.ninep.internal.server.NinepServer;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.Ownership;
import dev.berth.plugin.share.ninep.internal.volume.Volume;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Serves folders over 9P2000.L, as root with the host's owners, else as the one user that Berth runs as.
 *
 * <p>On a unix socket the permissions of the socket are the protection, and clients may attach by any name. Over TCP a
 * client must give the secret as the name of what it attaches to (mount option {@code aname}).
 */
@Component(service = FileShareServer.class)
public final class NinepFileShareServer implements FileShareServer {

    private static final int SECRET_BYTES = 16;

    private final Set<Serving> serving = ConcurrentHashMap.newKeySet();

    @Override
    public String id() {
        return "9p";
    }

    @Override
    public ServedFolder serve(ServeSpec spec, TaskContext context) throws ShareException, InterruptedException {
        context.checkCancelled();
        Path folder = spec.folder().toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            throw new ShareException(
                    "share.no-folder",
                    ErrorKind.INVALID,
                    "There is no folder " + folder + " to share.",
                    "",
                    Remedy.advice("Name an existing folder."),
                    null);
        }
        String secret = spec.listen() instanceof ListenAddress.Tcp ? newSecret() : "";
        Volume volume = openVolume(folder);
        Listener listener;
        try {
            listener = Listener.open(spec.listen());
        } catch (IOException | RuntimeException e) {
            volume.close();
            throw new ShareException(
                    "share.listen",
                    ErrorKind.FAILED,
                    e instanceof FileAlreadyExistsException
                            ? "Something is in the place of the socket already: " + spec.listen() + "."
                            : "Cannot listen on " + spec.listen() + ".",
                    String.valueOf(e),
                    Remedy.advice("Choose another address to listen on."),
                    e);
        }
        Serving started = new Serving(
                listener,
                NinepServer.start(
                        new Export(volume, spec.readOnly(), secret), listener.channel(), folder.getFileName() + ""),
                secret,
                spec.readOnly());
        serving.add(started);
        return started;
    }

    private static Volume openVolume(Path folder) throws ShareException {
        try {
            return LinuxVolume.open(folder, Ownership.hosts());
        } catch (UnsupportedOperationException e) {
            throw new ShareException(
                    "share.host",
                    ErrorKind.MISSING,
                    "Folders can be served on 64-bit Linux only, for now.",
                    String.valueOf(e),
                    Remedy.NONE,
                    e);
        } catch (ErrnoException e) {
            throw new ShareException("share.folder", "The folder " + folder + " cannot be opened.", e);
        }
    }

    private static String newSecret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Deactivate
    void deactivate() {
        serving.forEach(Serving::close);
    }

    /** A folder that is being served. */
    private final class Serving implements ServedFolder {

        private final Listener listener;
        private final NinepServer server;
        private final String secret;
        private final boolean readOnly;

        Serving(Listener listener, NinepServer server, String secret, boolean readOnly) {
            this.listener = listener;
            this.server = server;
            this.secret = secret;
            this.readOnly = readOnly;
        }

        @Override
        public ListenAddress address() {
            return listener.address();
        }

        @Override
        public String secret() {
            return secret;
        }

        @Override
        public String mountCommand() {
            String common = "version=9p2000.L,msize=1048576,cache=mmap,access=client" + (readOnly ? ",ro" : "");
            if (address() instanceof ListenAddress.Tcp tcp) {
                return "mount -t 9p -o trans=tcp,port=" + tcp.port() + "," + common + ",aname=" + secret + " "
                        + tcp.host() + " /mnt";
            }
            ListenAddress.UnixSocket unix = (ListenAddress.UnixSocket) address();
            return "mount -t 9p -o trans=unix," + common + " " + unix.path() + " /mnt";
        }

        @Override
        public void close() {
            if (serving.remove(this)) {
                server.close();
                listener.cleanUp();
            }
        }
    }
}
