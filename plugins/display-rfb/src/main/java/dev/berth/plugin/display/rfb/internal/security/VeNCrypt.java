/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Version 0.2 of VeNCrypt (RFB community specification): which ways to encrypt and to log in a server combines. */
final class VeNCrypt {

    static final int PLAIN = 256;
    private static final int TLS_NONE = 257;
    private static final int TLS_VNC = 258;
    private static final int TLS_PLAIN = 259;
    private static final int X509_NONE = 260;
    private static final int X509_VNC = 261;
    private static final int X509_PLAIN = 262;

    /** Whoever shows a certificate first, then who asks for less. */
    private static final List<Integer> PREFERRED =
            List.of(X509_NONE, X509_VNC, X509_PLAIN, TLS_NONE, TLS_VNC, TLS_PLAIN);

    /**
     * What was agreed on.
     *
     * @param certified whether TLS is with a certificate
     * @param encrypted whether there is TLS at all
     * @param login the security type to go on with; {@link #PLAIN} among them
     */
    record Choice(boolean encrypted, boolean certified, int login) {}

    private VeNCrypt() {}

    /** Agrees on a way; empty if the server has none that is known here, with what it has in {@code offered}. */
    static Optional<Choice> negotiate(Peer peer, boolean local, List<Integer> offered) throws IOException {
        RfbInput in = peer.in();
        int major = in.u8();
        int minor = in.u8();
        if (major == 0 && minor < 2) {
            throw new RfbException("VeNCrypt " + major + "." + minor + ", which nobody speaks any more");
        }
        peer.send((byte) 0, (byte) 2);
        if (in.u8() != 0) {
            throw new RfbException("the server refused VeNCrypt 0.2");
        }
        int count = in.u8();
        for (int i = 0; i < count; i++) {
            offered.add(in.s32());
        }
        List<Integer> known = new ArrayList<>(PREFERRED);
        if (local) {
            // Elsewhere a password in plain sight is not to be sent, whoever asks.
            known.add(PLAIN);
        }
        Optional<Integer> chosen = known.stream().filter(offered::contains).findFirst();
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        int type = chosen.get();
        peer.send(ByteBuffer.allocate(4).putInt(type).array());
        boolean encrypted = type != PLAIN;
        if (encrypted && in.u8() != 1) {
            throw new RfbException("the server refused VeNCrypt subtype " + type);
        }
        return Optional.of(new Choice(
                encrypted,
                type >= X509_NONE,
                switch (type) {
                    case TLS_NONE, X509_NONE -> Login.NONE;
                    case TLS_VNC, X509_VNC -> Login.VNC;
                    default -> PLAIN;
                }));
    }
}
