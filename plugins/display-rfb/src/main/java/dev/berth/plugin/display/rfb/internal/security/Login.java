/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.api.display.Credentials;
import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses among the security types that a server offers and goes through the chosen one (RFC 6143, 7.1.2 and 7.2; RFB community
 * specification).
 */
public final class Login {

    static final int NONE = 1;
    static final int VNC = 2;
    private static final int RA2 = 5;
    private static final int RA2_LOGIN = 6;
    private static final int TIGHT = 16;
    private static final int TLS = 18;
    private static final int VENCRYPT = 19;
    private static final int RA2_256 = 129;
    private static final int RA2_LOGIN_256 = 130;

    /** Over a network: what encrypts, then what asks for nothing, then what hides the password best. */
    private static final List<Integer> DISTANT =
            List.of(VENCRYPT, RA2_256, RA2, TLS, NONE, RA2_LOGIN_256, RA2_LOGIN, VNC, TIGHT);

    /** On one machine nobody listens, and encryption costs. */
    private static final List<Integer> LOCAL =
            List.of(NONE, VNC, RA2_LOGIN_256, RA2_LOGIN, TIGHT, VENCRYPT, RA2_256, RA2, TLS);

    private final Peer peer;
    private final Credentials credentials;
    private final ServerTrust trust;
    private final String where;
    private final boolean local;
    private boolean tight;

    /**
     * @param where the address, for whoever is asked for a password
     * @param host its name alone, to compare with that in a certificate; empty when there is none
     * @param local whether the bytes stay on this machine
     */
    public Login(Peer peer, Credentials credentials, String where, String host, boolean local) {
        this(
                peer,
                credentials,
                new ServerTrust(credentials, CertificateCheck::ofThisMachine, where, host),
                where,
                local);
    }

    Login(Peer peer, Credentials credentials, ServerTrust trust, String where, boolean local) {
        this.peer = peer;
        this.credentials = credentials;
        this.trust = trust;
        this.where = where;
        this.local = local;
    }

    /** Reads the list of types that follows its length, answers with the one that serves best, and returns that. */
    public int choose(int count) throws IOException, DisplayException {
        List<Integer> offered = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            offered.add(peer.in().u8());
        }
        Optional<Integer> chosen =
                (local ? LOCAL : DISTANT).stream().filter(offered::contains).findFirst();
        if (chosen.isEmpty()) {
            throw unknown(offered);
        }
        peer.send(chosen.get().byteValue());
        return chosen.get();
    }

    /**
     * Goes through a security type up to the point where the server says whether it is content.
     *
     * @return the type that decided in the end, inside of others
     */
    public int perform(int type) throws IOException, DisplayException, InterruptedException {
        switch (type) {
            case NONE -> {}
            case VNC -> vnc();
            case VENCRYPT -> {
                return vencrypt();
            }
            case TLS -> {
                anonymous();
                int count = peer.in().u8();
                int inner = choose(count);
                if (inner == TLS || inner == VENCRYPT) {
                    throw new RfbException("encryption inside of encryption");
                }
                return perform(inner);
            }
            case TIGHT -> {
                List<Integer> offered = new ArrayList<>();
                Optional<Integer> inner = TightSecurity.negotiate(peer, offered);
                tight = true;
                return perform(inner.orElseThrow(() -> unknown(offered)));
            }
            case RA2, RA2_256 -> rsa(type == RA2_256 ? 256 : 128, true);
            case RA2_LOGIN, RA2_LOGIN_256 -> rsa(type == RA2_LOGIN_256 ? 256 : 128, false);
            case VeNCrypt.PLAIN -> plain();
            default -> throw unknown(List.of(type));
        }
        return type;
    }

    /** Reads what some security types add to ServerInit. */
    public void afterInit(RfbInput in) throws IOException {
        if (tight) {
            TightSecurity.skipCapabilities(in);
        }
    }

    /** Whether a server of version 3.7 and older says nothing after this type. */
    public static boolean silentBefore38(int type) {
        return type == NONE;
    }

    private DisplayException unknown(List<Integer> offered) {
        return new DisplayException(
                "display.security",
                ErrorKind.FAILED,
                "The display " + where + " wants a way to log in that Berth does not know.",
                "security types offered: " + offered,
                Remedy.advice("Let the server offer VeNCrypt, RSA-AES, VNC authentication or none."),
                null);
    }

    private int vencrypt() throws IOException, DisplayException, InterruptedException {
        List<Integer> offered = new ArrayList<>();
        Optional<VeNCrypt.Choice> choice = VeNCrypt.negotiate(peer, local, offered);
        if (choice.isEmpty()) {
            throw unknown(offered);
        }
        if (choice.get().certified()) {
            certified();
        } else if (choice.get().encrypted()) {
            anonymous();
        }
        return perform(choice.get().login());
    }

    private void certified() throws IOException, DisplayException, InterruptedException {
        peer.checkSilent();
        CertifiedTls.Opened tls = CertifiedTls.open(peer.channel());
        trust.certificate(tls);
        peer.goOnWith(tls.channel(), tls.cipher());
    }

    private void anonymous() throws IOException {
        peer.checkSilent();
        peer.goOnWith(
                AnonymousTls.open(peer.in(), peer.channel()), "TLSv1.2, AES-GCM; the server did not prove who it is");
    }

    private void rsa(int bits, boolean encrypted) throws IOException, DisplayException, InterruptedException {
        new RsaAes(peer, trust, this::ask, bits).perform(encrypted);
    }

    private void vnc() throws IOException, DisplayException, InterruptedException {
        byte[] challenge = peer.in().bytes(VncAuthentication.CHALLENGE);
        peer.send(VncAuthentication.answer(challenge, ask(false).password()));
    }

    private void plain() throws IOException, DisplayException, InterruptedException {
        Credentials.Login login = ask(true);
        byte[] user = login.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = login.password().getBytes(StandardCharsets.UTF_8);
        peer.send(ByteBuffer.allocate(8 + user.length + password.length)
                .putInt(user.length)
                .putInt(password.length)
                .put(user)
                .put(password)
                .array());
    }

    private Credentials.Login ask(boolean needUser) throws DisplayException, InterruptedException {
        Optional<Credentials.Login> answer = credentials.ask(where, needUser);
        if (answer.isEmpty()) {
            throw new DisplayException(
                    "display.login",
                    ErrorKind.FAILED,
                    "The display " + where + " asks for a "
                            + (needUser
                                    ? "name and a password, and none were given."
                                    : "password, and none was given."),
                    "",
                    Remedy.advice(needUser ? "Give a name and its password." : "Give the password of the display."),
                    null);
        }
        return answer.get();
    }
}
