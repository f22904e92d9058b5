/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import dev.berth.plugin.display.rfb.internal.security.Login;
import dev.berth.plugin.display.rfb.internal.security.Peer;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The beginning of a connection (RFC 6143, 7.1 to 7.3). */
final class Handshake {

    /** What the server said of itself. */
    record Welcome(Peer peer, String version, int width, int height, PixelFormat format, String name) {}

    private static final Pattern VERSION = Pattern.compile("RFB (\\d{3})\\.(\\d{3})\n");

    private final Peer peer;
    private final DisplayRequest request;
    private final String where;
    private final Login login;

    Handshake(ByteChannel channel, DisplayRequest request, Credentials credentials, Endpoint endpoint) {
        this.peer = new Peer(channel);
        this.request = request;
        this.where = endpoint.describe();
        this.login = new Login(peer, credentials, where, endpoint.host(), endpoint.local());
    }

    Welcome perform() throws IOException, DisplayException, InterruptedException {
        int minor = version();
        logIn(minor);
        peer.send((byte) (request.shared() ? 1 : 0));
        RfbInput in = peer.in();
        int width = in.u16();
        int height = in.u16();
        PixelFormat format = PixelFormat.read(in);
        String name = ServerReader.name(in);
        login.afterInit(in);
        ServerReader.checkSize(width, height);
        return new Welcome(peer, "3." + minor, width, height, format, name);
    }

    private int version() throws IOException, DisplayException {
        String line = new String(peer.in().bytes(12), StandardCharsets.ISO_8859_1);
        Matcher matcher = VERSION.matcher(line);
        if (!matcher.matches()) {
            throw new DisplayException(
                    "display.protocol",
                    ErrorKind.FAILED,
                    "What answers at " + where + " is not a VNC server.",
                    "it began with " + printable(line),
                    Remedy.advice("Check the address and the port; VNC servers listen on 5900 and above."),
                    null);
        }
        int major = Integer.parseInt(matcher.group(1));
        int theirs = Integer.parseInt(matcher.group(2));
        // There is no 3.4 to 3.6; whoever says so means 3.3. Versions above 3.8 are 3.8 with local colour.
        int minor = major > 3 || theirs >= 8 ? 8 : theirs == 7 ? 7 : 3;
        peer.send(("RFB 003.00" + minor + "\n").getBytes(StandardCharsets.ISO_8859_1));
        return minor;
    }

    private void logIn(int minor) throws IOException, DisplayException, InterruptedException {
        int type;
        if (minor == 3) {
            type = peer.in().s32();
            if (type == 0) {
                throw refused(peer.reason());
            }
        } else {
            int count = peer.in().u8();
            if (count == 0) {
                throw refused(peer.reason());
            }
            type = login.choose(count);
        }
        int decided = login.perform(type);
        if (minor < 8 && Login.silentBefore38(decided)) {
            return;
        }
        int result = peer.in().s32();
        if (result != 0) {
            String reason = minor >= 8 ? peer.reason() : "";
            throw new DisplayException(
                    "display.login",
                    ErrorKind.FAILED,
                    "The display " + where + " did not accept the login.",
                    "result " + result + (reason.isEmpty() ? "" : ": " + reason),
                    Remedy.advice(
                            result == 2
                                    ? "Wait a while: the server had too many failed logins."
                                    : "Check the name and the password."),
                    null);
        }
    }

    private DisplayException refused(String reason) {
        return new DisplayException(
                "display.refused",
                ErrorKind.FAILED,
                "The display " + where + " refused the connection" + (reason.isEmpty() ? "." : ": " + reason),
                "",
                Remedy.advice("Wait a moment and try again; some servers lock out whoever failed to log in."),
                null);
    }

    private static String printable(String line) {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder text = new StringBuilder();
        while (bytes.hasRemaining()) {
            int b = bytes.get() & 0xff;
            text.append(b >= 32 && b < 127 ? String.valueOf((char) b) : String.format("\\x%02x", b));
        }
        return text.toString();
    }
}
