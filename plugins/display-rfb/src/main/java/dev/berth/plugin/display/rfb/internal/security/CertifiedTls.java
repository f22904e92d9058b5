/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ByteChannel;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS 1.2 and 1.3 with a certificate, by Java's own TLS. Whether the certificate is to be trusted is asked after the handshake. */
final class CertifiedTls {

    private CertifiedTls() {}

    /**
     * An encrypted channel and who is at its other end.
     *
     * @param authentication how the certificate's key was used, as a trust manager wants to know it
     * @param cipher the protocol and the ciphers, for a person
     */
    record Opened(ByteChannel channel, X509Certificate[] chain, String authentication, String cipher) {}

    /** Remembers what the server shows and objects to nothing: nothing is sent before somebody has looked at it. */
    private static final class Witness extends X509ExtendedTrustManager {
        private X509Certificate[] chain = new X509Certificate[0];
        private String authentication = "UNKNOWN";

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String how) {
            chain = shown.clone();
            authentication = how;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String how, Socket socket) {
            checkServerTrusted(shown, how);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String how, SSLEngine engine) {
            checkServerTrusted(shown, how);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String how) throws CertificateException {
            throw new CertificateException("this is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String how, Socket socket) throws CertificateException {
            throw new CertificateException("this is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String how, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this is no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Goes through the handshake. */
    static Opened open(ByteChannel raw) throws IOException {
        Witness witness = new Witness();
        SSLEngine engine;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {witness}, null);
            engine = context.createSSLEngine();
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(Arrays.stream(engine.getSupportedProtocols())
                .filter(version -> version.equals("TLSv1.2") || version.equals("TLSv1.3"))
                .toArray(String[]::new));
        TlsChannel channel = new TlsChannel(raw, engine);
        channel.handshake();
        if (witness.chain.length == 0) {
            throw new IOException("the server showed no certificate");
        }
        return new Opened(
                channel,
                witness.chain,
                witness.authentication,
                engine.getSession().getProtocol() + ", " + engine.getSession().getCipherSuite());
    }
}
