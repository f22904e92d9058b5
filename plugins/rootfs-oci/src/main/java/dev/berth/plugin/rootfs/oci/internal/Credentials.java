/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Docker's client was told for a registry: its {@code config.json} and the credential helpers named there. */
final class Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    /** A helper may ask the person to unlock a key ring. */
    private static final long HELPER_SECONDS = 60;

    /** Docker's client keeps what it knows of its own registry under this name. */
    private static final String DOCKER_HUB = "https://index.docker.io/v1/";

    private final Path file;
    private final String helpers;

    Credentials(Path file) {
        this(file, "docker-credential-");
    }

    /** @param helpers how the programs of the helpers begin */
    Credentials(Path file, String helpers) {
        this.file = file;
        this.helpers = helpers;
    }

    static Credentials ofHost() {
        String folder = System.getenv("DOCKER_CONFIG");
        return new Credentials(
                (folder != null ? Path.of(folder) : Path.of(System.getProperty("user.home", "."), ".docker"))
                        .resolve("config.json"));
    }

    /** {@code user:password} in Base64, as Basic authentication wants it. */
    Optional<String> basic(String name) throws InterruptedException {
        String registry = name.equals("docker.io") ? DOCKER_HUB : name;
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode config = JsonMapper.shared().readTree(Files.readAllBytes(file));
            String helper = config.path("credHelpers").path(registry).asString("");
            if (helper.isEmpty()) {
                helper = config.path("credsStore").asString("");
            }
            if (!helper.isEmpty()) {
                Optional<String> found = ask(helper, registry);
                if (found.isPresent()) {
                    return found;
                }
            }
            String auth = config.path("auths").path(registry).path("auth").asString("");
            return auth.isEmpty() ? Optional.empty() : Optional.of(auth);
        } catch (IOException | JacksonException e) {
            LOG.warn("Docker's credentials in {} cannot be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> ask(String helper, String registry) throws IOException, InterruptedException {
        if (!helper.matches("[A-Za-z0-9._-]+")) {
            return Optional.empty();
        }
        Path answer = Files.createTempFile("berth-credential", "");
        try {
            Process process = new ProcessBuilder(helpers + helper, "get")
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                try (var in = process.getOutputStream()) {
                    in.write((registry + "\n").getBytes(StandardCharsets.UTF_8));
                }
                if (!process.waitFor(HELPER_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    return Optional.empty();
                }
            } finally {
                process.destroyForcibly();
            }
            JsonNode said = JsonMapper.shared().readTree(Files.readAllBytes(answer));
            String pair = said.path("Username").asString("") + ":"
                    + said.path("Secret").asString("");
            return Optional.of(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } finally {
            Files.deleteIfExists(answer);
        }
    }
}
