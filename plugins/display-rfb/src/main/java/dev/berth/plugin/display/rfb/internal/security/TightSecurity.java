/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** TightVNC's security type as far as servers use it: no tunnel, and a plain security type inside (RFB community specification). */
final class TightSecurity {

    private static final int MAX_CAPABILITIES = 1024;
    private static final int CAPABILITY = 16;

    private TightSecurity() {}

    /** Agrees on a security type; empty if the server has none that is known here, with what it has in {@code offered}. */
    static Optional<Integer> negotiate(Peer peer, List<Integer> offered) throws IOException {
        List<String> tunnels = capabilities(peer.in(), "tunnels");
        if (!tunnels.isEmpty()) {
            if (!tunnels.contains("0 TGHTNOTUNNEL")) {
                throw new RfbException("a server that wants a tunnel: " + tunnels);
            }
            peer.send(new byte[4]);
        }
        List<String> ways = capabilities(peer.in(), "ways to log in");
        if (ways.isEmpty()) {
            return Optional.of(Login.NONE);
        }
        ways.forEach(way -> offered.add(Integer.parseInt(way.substring(0, way.indexOf(' ')))));
        int type = ways.contains("1 STDVNOAUTH__") ? Login.NONE : Login.VNC;
        if (type == Login.VNC && !ways.contains("2 STDVVNCAUTH_")) {
            return Optional.empty();
        }
        peer.send(ByteBuffer.allocate(4).putInt(type).array());
        return Optional.of(type);
    }

    private static List<String> capabilities(RfbInput in, String what) throws IOException {
        int count = in.length(MAX_CAPABILITIES, what);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int code = in.s32();
            found.add(code + " " + new String(in.bytes(CAPABILITY - 4), StandardCharsets.ISO_8859_1));
        }
        return found;
    }

    /** Passes over what such a server adds to ServerInit: messages and encodings that nobody here wants. */
    static void skipCapabilities(RfbInput in) throws IOException {
        int count = in.u16() + in.u16() + in.u16();
        in.skip(2 + (long) count * CAPABILITY);
    }
}
