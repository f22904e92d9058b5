/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.api.display.ServerKey.Doubt;
import java.io.IOException;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is to say against a server's certificate (RFC 5280; names as in RFC 9525). */
final class CertificateCheck {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateCheck.class);
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final List<X509TrustManager> anchors;

    /** Against the issuers that one of these trusts. */
    CertificateCheck(List<X509TrustManager> anchors) {
        this.anchors = List.copyOf(anchors);
    }

    /** Against the issuers that this machine trusts: those of the Java in use, and on Windows those of the system too. */
    static CertificateCheck ofThisMachine() {
        List<X509TrustManager> found = new ArrayList<>(managers(null));
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            try {
                KeyStore store = KeyStore.getInstance("Windows-ROOT");
                store.load(null, null);
                found.addAll(managers(store));
            } catch (GeneralSecurityException | IOException e) {
                LOG.info("the issuers that Windows trusts cannot be read", e);
            }
        }
        return new CertificateCheck(found);
    }

    static List<X509TrustManager> managers(@Nullable KeyStore store) {
        List<X509TrustManager> found = new ArrayList<>();
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509TrustManager manager) {
                    found.add(manager);
                }
            }
        } catch (GeneralSecurityException e) {
            LOG.info("trusted issuers cannot be read", e);
        }
        return found;
    }

    /**
     * What speaks against it; nothing when all is well.
     *
     * @param host the name that the person gave; empty when there is none, which no certificate matches
     */
    Set<Doubt> doubts(X509Certificate[] chain, String authentication, String host) {
        EnumSet<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        try {
            chain[0].checkValidity();
        } catch (CertificateException e) {
            doubts.add(Doubt.EXPIRED);
        }
        if (!trusted(chain, authentication)) {
            doubts.add(Doubt.UNKNOWN_ISSUER);
        }
        if (!isFor(chain[0], host)) {
            doubts.add(Doubt.OTHER_NAME);
        }
        return doubts;
    }

    private boolean trusted(X509Certificate[] chain, String authentication) {
        for (X509TrustManager manager : anchors) {
            try {
                manager.checkServerTrusted(chain, authentication);
                return true;
            } catch (CertificateException e) {
                LOG.debug("not trusted", e);
            }
        }
        return false;
    }

    /** Whether a certificate names a host. */
    static boolean isFor(X509Certificate certificate, String host) {
        if (host.isEmpty()) {
            return false;
        }
        String wanted = ascii(host);
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return false;
        }
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            if (name.size() >= 2 && name.get(1) instanceof String text) {
                boolean same = Integer.valueOf(DNS_NAME).equals(name.get(0))
                        ? matches(ascii(text), wanted)
                        : Integer.valueOf(IP_ADDRESS).equals(name.get(0)) && text.equalsIgnoreCase(wanted);
                if (same) {
                    return true;
                }
            }
        }
        // A common name alone is no name of a host (RFC 9525, 2).
        return false;
    }

    private static boolean matches(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return !pattern.isEmpty() && pattern.equals(host);
        }
        int dot = host.indexOf('.');
        // One label, and never a whole top-level domain.
        return dot > 0 && pattern.indexOf('.', 2) > 0 && host.substring(dot).equals(pattern.substring(1));
    }

    private static String ascii(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("*.")) {
            return "*." + ascii(lower.substring(2));
        }
        try {
            return lower.indexOf(':') >= 0 ? lower : IDN.toASCII(lower);
        } catch (IllegalArgumentException e) {
            return lower;
        }
    }
}
