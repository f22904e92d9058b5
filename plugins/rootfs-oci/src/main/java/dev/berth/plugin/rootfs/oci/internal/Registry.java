/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the pull half of the OCI distribution specification 1.1 with the registry of one image. Any thread. */
final class Registry {

    /** How long a registry may take to begin its answer. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private static final int ATTEMPTS = 6;
    private static final int REDIRECTS = 5;
    private static final long LONGEST_PAUSE_MS = 60_000;
    private static final int DOCUMENT = 4 << 20;
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+)=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final ImageName name;
    private final boolean plain;
    private final Credentials credentials;
    private volatile @Nullable String authorization;

    Registry(ImageName name, boolean plain, Credentials credentials) {
        this.name = name;
        this.plain = plain || name.local();
        this.credentials = credentials;
    }

    /** A manifest, an index or a configuration: read whole, never more than 4 MiB. */
    byte[] document(String kind, String selector, List<String> accept) throws RootfsException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try (InputStream body = open(kind, selector, accept, 0).body()) {
                byte[] bytes = body.readNBytes(DOCUMENT + 1);
                if (bytes.length > DOCUMENT) {
                    throw Failures.failed("rootfs.oci.size", "The registry sent a document that is too large.", null);
                }
                return bytes;
            } catch (IOException e) {
                again(attempt, e);
            }
        }
    }

    /**
     * Begins to read; the answer's status is 200 or, when {@code from} is positive, also 206 or 416.
     *
     * @throws IOException if the connection broke; worth another attempt
     */
    HttpResponse<InputStream> open(String kind, String selector, List<String> accept, long from)
            throws IOException, RootfsException, InterruptedException {
        URI uri = URI.create((plain ? "http://" : "https://") + name.address() + "/v2/" + name.repository() + "/" + kind
                + "/" + selector);
        for (int attempt = 1; ; attempt++) {
            HttpResponse<InputStream> answer = follow(uri, accept, from);
            int status = answer.statusCode();
            if (status == 200 || (from > 0 && (status == 206 || status == 416))) {
                return answer;
            }
            answer.body().close();
            if (status == 401 && attempt <= 2) {
                authorization = authorize(answer.headers().allValues("WWW-Authenticate"));
            } else if ((status == 429 || status >= 500) && attempt < ATTEMPTS) {
                Thread.sleep(answer.headers()
                        .firstValue("Retry-After")
                        .filter(s -> s.matches("[0-9]{1,6}"))
                        .map(s -> Math.min(LONGEST_PAUSE_MS, Long.parseLong(s) * 1000))
                        .orElse(200L << attempt));
            } else {
                throw refused(status);
            }
        }
    }

    /** Waits before another attempt, longer each time; gives up after the last one. */
    void again(int attempt, IOException cause) throws RootfsException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled");
        }
        if (attempt >= ATTEMPTS) {
            throw Failures.failed(
                    "rootfs.oci.connection", "The connection to " + name.registry() + " broke again and again.", cause);
        }
        Thread.sleep(100L << attempt);
    }

    private HttpResponse<InputStream> follow(URI start, List<String> accept, long from)
            throws IOException, RootfsException, InterruptedException {
        URI uri = start;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
            accept.forEach(type -> request.header("Accept", type));
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            String known = authorization;
            // The store of blobs behind a registry must not see what was meant for the registry.
            if (known != null && start.getRawAuthority().equals(uri.getRawAuthority())) {
                request.header("Authorization", known);
            }
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            int status = answer.statusCode();
            Optional<String> location = answer.headers().firstValue("Location");
            if (status < 301 || status > 308 || status == 304 || location.isEmpty()) {
                return answer;
            }
            answer.body().close();
            uri = checked(uri.resolve(location.get()));
        }
        throw Failures.failed("rootfs.oci.redirect", "The registry sends from one address to the next.", null);
    }

    private String authorize(List<String> challenges) throws IOException, RootfsException, InterruptedException {
        Optional<String> basic = credentials.basic(name.registry());
        for (String challenge : challenges) {
            if (challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
                return "Bearer " + token(challenge, basic);
            }
        }
        if (basic.isPresent() && challenges.stream().anyMatch(c -> c.regionMatches(true, 0, "Basic", 0, 5))) {
            return "Basic " + basic.get();
        }
        throw refused(401);
    }

    private String token(String challenge, Optional<String> basic)
            throws IOException, RootfsException, InterruptedException {
        String realm = "";
        String service = "";
        String scope = "repository:" + name.repository() + ":pull";
        Matcher match = PARAMETER.matcher(challenge);
        while (match.find()) {
            switch (match.group(1)) {
                case "realm" -> realm = match.group(2);
                case "service" -> service = match.group(2);
                case "scope" -> scope = match.group(2);
                default -> {}
            }
        }
        URI uri;
        try {
            uri = checked(URI.create(realm + (realm.contains("?") ? "&" : "?") + "service=" + encode(service)
                    + "&scope=" + encode(scope)));
        } catch (IllegalArgumentException e) {
            throw Failures.failed("rootfs.oci.token", "The registry names no server for tokens.", e);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
        basic.ifPresent(pair -> request.header("Authorization", "Basic " + pair));
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw refused(answer.statusCode());
            }
            JsonNode said = JsonMapper.shared().readTree(body.readNBytes(1 << 20));
            String token = said.path("token").asString(said.path("access_token").asString(""));
            if (!token.matches("[\\x21-\\x7e]+")) {
                throw Failures.failed("rootfs.oci.token", "The server for tokens gave none.", null);
            }
            return token;
        } catch (JacksonException e) {
            throw Failures.failed("rootfs.oci.token", "The server for tokens gave none.", e);
        }
    }

    private URI checked(URI uri) throws RootfsException {
        String host = uri.getHost();
        boolean clear = "http".equals(uri.getScheme()) && host != null && (plain || ImageName.isLoopback(host));
        if (host == null || !(clear || "https".equals(uri.getScheme()))) {
            throw Failures.failed("rootfs.oci.plain", "The registry asks to go on unprotected, at " + uri + ".", null);
        }
        return uri;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private RootfsException refused(int status) {
        if (status == 404) {
            return Failures.invalid("rootfs.oci.missing", "There is no image " + name + ".");
        }
        if (status == 401 || status == 403) {
            return new RootfsException(
                    "rootfs.oci.denied",
                    ErrorKind.FAILED,
                    "The registry does not let us read " + name + ".",
                    "status " + status,
                    Remedy.advice("Check the name, or log in: docker login " + name.registry()),
                    null);
        }
        return Failures.failed("rootfs.oci.status", "The registry answered with status " + status + ".", null);
    }
}
