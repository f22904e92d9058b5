/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TCP port protected by TLS with certificates of both sides, as Docker's {@code --tlsverify} wants it. */
public final class TlsTransport implements Transport {

    private static final int CONNECT_MILLISECONDS = 10_000;

    private final String host;
    private final int port;
    private final Path certificates;
    private final boolean verify;

    /**
     * @param certificates a folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem}; each may be missing
     * @param verify whether the engine must show a certificate of that authority for its name
     */
    public TlsTransport(String host, int port, Path certificates, boolean verify) {
        this.host = host;
        this.port = port;
        this.certificates = certificates;
        this.verify = verify;
    }

    @Override
    public Duplex open() throws IOException {
        SSLContext context;
        try {
            context = Pem.context(certificates, verify);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + certificates + " cannot be used: " + e.getMessage(), e);
        }
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), CONNECT_MILLISECONDS);
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(CONNECT_MILLISECONDS);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            // Only TLS 1.3 lets one direction end while the other goes on, which the end of a command's input needs.
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            if (verify) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.setSoTimeout(0);
            return new PumpedDuplex(
                    "tls",
                    socket.getInputStream(),
                    socket.getOutputStream(),
                    socket::shutdownOutput,
                    () -> close(plain));
        } catch (IOException | RuntimeException e) {
            close(plain);
            throw e;
        }
    }

    private static void close(Socket socket) {
        try {
            // The plain one: closing TLS in order would wait for a peer that may be stuck.
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done with it.
        }
    }

    @Override
    public String describe() {
        return "tcp://" + host + ":" + port + " with TLS";
    }
}
