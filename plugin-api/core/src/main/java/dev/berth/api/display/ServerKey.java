/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a display server proves itself with, when nothing on this machine vouches for it and only a person can tell
 * whether it is the right one.
 *
 * @param realm the server's address, for a person; also what a trusted key is remembered under
 * @param subject the name in its certificate; empty for a bare key
 * @param fingerprint {@code SHA256:} and 64 lower-case hexadecimal digits
 * @param shortFingerprint the same key as servers and viewers of its kind show it; empty when there is no such custom
 * @param doubts why it is not trusted by itself
 */
public record ServerKey(String realm, String subject, String fingerprint, String shortFingerprint, Set<Doubt> doubts) {

    /** A reason not to trust a server by itself. */
    public enum Doubt {
        /** It has a key and no certificate. */
        BARE_KEY,
        /** Nobody that this machine trusts has signed its certificate. */
        UNKNOWN_ISSUER,
        /** The certificate is for another name. */
        OTHER_NAME,
        /** The certificate has expired, or is not valid yet. */
        EXPIRED,
        /** Another key was trusted at this address before. */
        CHANGED
    }

    public ServerKey {
        Objects.requireNonNull(realm, "realm");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(shortFingerprint, "shortFingerprint");
        doubts = Set.copyOf(doubts);
    }

    /** The same key with one more doubt. */
    public ServerKey with(Doubt doubt) {
        EnumSet<Doubt> more = EnumSet.of(doubt);
        more.addAll(doubts);
        return new ServerKey(realm, subject, fingerprint, shortFingerprint, more);
    }
}
