/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.updates.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An update site on a web server of the test. */
final class TestSite implements AutoCloseable {

    final KeyPair keys;
    /** What is served, by path without the leading slash. */
    final Map<String, byte[]> content = new ConcurrentHashMap<>();
    /** What was asked for. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    TestSite() throws IOException, GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            asked.add(path);
            byte[] body = content.get(path);
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null || body.length == 0 ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    String key() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** Offers a Berth of these files, signed. */
    void offer(String version, String build, String issued, Map<String, byte[]> files) throws GeneralSecurityException {
        Map<String, String> items = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String digest = HexFormat.of().formatHex(Digests.sha256().digest(file.getValue()));
            content.put("files/" + digest, file.getValue());
            items.put(file.getKey(), "{\"size\": " + file.getValue().length + ", \"sha256\": \"" + digest + "\"}");
        }
        List<String> lines = new ArrayList<>();
        items.forEach((name, item) -> lines.add("\"" + name + "\": " + item));
        offer("{\"format\": 1, \"version\": \"" + version + "\", \"build\": \"" + build + "\", \"issued\": \"" + issued
                + "\", \"files\": {" + String.join(", ", lines) + "}}");
    }

    /** Offers a list as it stands, signed. */
    void offer(String list) throws GeneralSecurityException {
        byte[] bytes = list.getBytes(StandardCharsets.UTF_8);
        content.put(ReleaseList.NAME, bytes);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(bytes);
        content.put(ReleaseList.NAME + ".sig", Base64.getEncoder().encode(signature.sign()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
