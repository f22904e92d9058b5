/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives tokens that docker-registry believes (Docker's "Token Authentication"), to whoever knows the password. */
final class TokenServer implements AutoCloseable {

    final AtomicInteger given = new AtomicInteger();
    private final HttpServer server;
    private final Path certificate;
    private final PrivateKey key;
    private final String login;

    TokenServer(Path folder, String user, String password) throws Exception {
        Files.createDirectories(folder);
        certificate = folder.resolve("cert.pem");
        Path pem = folder.resolve("key.pem");
        TestImages.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=tokens",
                "-keyout",
                pem.toString(),
                "-out",
                certificate.toString());
        key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(body(pem)));
        login = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/token", this::answer);
        server.start();
    }

    /** What the configuration of a registry says to believe this server. */
    String configuration() {
        return "auth:\n  token:\n    realm: http://127.0.0.1:"
                + server.getAddress().getPort()
                + "/token\n    service: test-registry\n    issuer: test-issuer\n    rootcertbundle: " + certificate
                + "\n";
    }

    private static byte[] body(Path pem) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(pem).replaceAll("-----[^-]+-----", ""));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        boolean known = login.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        if (known && query.contains("service=test-registry")) {
            String name = query.replaceAll(".*scope=repository:([^:]*):.*", "$1");
            try {
                body = ("{\"token\":\"" + token(name) + "\"}").getBytes(StandardCharsets.UTF_8);
                given.incrementAndGet();
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }
        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private String token(String repository) throws GeneralSecurityException, IOException {
        String header = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\""
                + Base64.getEncoder().encodeToString(body(certificate)) + "\"]}";
        long now = Instant.now().getEpochSecond();
        String claims = "{\"iss\":\"test-issuer\",\"sub\":\"someone\",\"aud\":\"test-registry\",\"exp\":" + (now + 300)
                + ",\"nbf\":" + (now - 60) + ",\"iat\":" + now + ",\"jti\":\"1\",\"access\":[{\"type\":\"repository\","
                + "\"name\":\"" + repository + "\",\"actions\":[\"pull\"]}]}";
        String signed =
                url(header.getBytes(StandardCharsets.UTF_8)) + "." + url(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        return signed + "." + url(signature.sign());
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
