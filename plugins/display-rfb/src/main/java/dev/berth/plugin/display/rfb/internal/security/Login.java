/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.api.display.Credentials;
import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Chooses among the security types that a server offers and goes through the chosen one (RFC 6143, 7.1.2 and 7.2). */
public final class Login {

    private static final int NONE = 1;
    private static final int VNC = 2;

    private final Peer peer;
    private final Credentials credentials;
    private final String where;

    /**
     * @param where the address, for whoever is asked for a password
     */
    public Login(Peer peer, Credentials credentials, String where) {
        this.peer = peer;
        this.credentials = credentials;
        this.where = where;
    }

    /** The one of the offered types that serves best; empty when none is known. */
    public Optional<Integer> choose(List<Integer> offered) {
        return List.of(NONE, VNC).stream().filter(offered::contains).findFirst();
    }

    /** Goes through a security type up to the point where the server says whether it is content. */
    public void perform(int type) throws IOException, DisplayException, InterruptedException {
        switch (type) {
            case NONE -> {}
            case VNC -> vnc();
            default -> throw unknown(List.of(type));
        }
    }

    /** Whether a server of version 3.7 and older says nothing after this type. */
    public static boolean silentBefore38(int type) {
        return type == NONE;
    }

    /** What to throw when none of the types is known. */
    public DisplayException unknown(List<Integer> offered) {
        return new DisplayException(
                "display.security",
                ErrorKind.FAILED,
                "The display " + where + " wants a way to log in that Berth does not know.",
                "security types offered: " + offered,
                Remedy.advice("Let the server offer VNC authentication or none."),
                null);
    }

    private void vnc() throws IOException, DisplayException, InterruptedException {
        byte[] challenge = peer.in().bytes(VncAuthentication.CHALLENGE);
        peer.send(VncAuthentication.answer(challenge, ask(false).password()));
    }

    Credentials.Login ask(boolean needUser) throws DisplayException, InterruptedException {
        Optional<Credentials.Login> answer = credentials.ask(where, needUser);
        if (answer.isEmpty()) {
            throw new DisplayException(
                    "display.login",
                    ErrorKind.FAILED,
                    "The display " + where + " asks for a password, and none was given.",
                    "",
                    Remedy.advice("Give the password of the display."),
                    null);
        }
        return answer.get();
    }
}
