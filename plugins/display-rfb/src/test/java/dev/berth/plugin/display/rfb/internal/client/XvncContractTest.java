/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.display.DisplayProtocol;
import dev.berth.testkit.display.DisplayPeer;
import dev.berth.testkit.display.DisplayProtocolContract;
import dev.berth.testkit.display.Picture;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a display protocol, kept against Xvnc. */
final class XvncContractTest extends DisplayProtocolContract {

    @TempDir
    Path folder;

    @Override
    protected DisplayProtocol protocol() {
        return new RfbProtocol();
    }

    @Override
    protected DisplayPeer startPeer() throws Exception {
        Path socket = folder.resolve("rfb");
        XServerPeer server = XServerPeer.xvnc(
                folder,
                "-geometry",
                "400x300",
                "-SecurityTypes",
                "None",
                "-rfbport",
                "-1",
                "-rfbunixpath",
                socket.toString());
        // The pointer is painted into the picture until somebody moves it: make it invisible.
        Path empty = folder.resolve("empty.xbm");
        Files.writeString(
                empty,
                "#define e_width 8\n#define e_height 2\n#define e_x_hot 0\n#define e_y_hot 0\nstatic unsigned char e_bits[] = {\n0x00, 0x00};\n");
        try {
            server.run("xsetroot", "-cursor", empty.toString(), empty.toString());
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new DisplayPeer() {
            private int colour;

            @Override
            public Endpoint endpoint() {
                return new SocketEndpoint(UnixDomainSocketAddress.of(socket), true);
            }

            @Override
            public Picture screenshot() throws IOException, InterruptedException {
                return server.screenshot();
            }

            @Override
            public void change() throws IOException, InterruptedException {
                server.run("xsetroot", "-mod", "7", "5", "-fg", "#" + (123456 + 1111 * ++colour), "-bg", "#a0b0c0");
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
