/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugins.PluginOffer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Makes repositories, and looks into good ones and such as somebody made to do harm. */
class RepositoriesTest {

    private static final String ZEROS = "0".repeat(64);

    @TempDir
    Path temp;

    private Path jar(String file, String name, String version, String description) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        main.putValue("Bundle-Description", description);
        Path jar = temp.resolve(file);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private void repository() throws Exception {
        jar("a-1.jar", "org.a", "1.9.0", "old");
        Path newer = jar("a 2.jar", "org.a", "1.10.0", "<new> & \"quoted\"");
        jar("b.jar", "org.b", "1.0.0", "");
        assertThat(Repositories.index(temp, "", TaskContext.silent())).isEqualTo(3);
        assertThat(newer).exists();
    }

    @Test
    void aFolderIsARepository() throws Exception {
        repository();
        RepositoryAddress address = RepositoryAddress.of(temp.toString());
        assertThat(Repositories.offers(address, Map.of(), TaskContext.silent()))
                .extracting(PluginOffer::name, PluginOffer::version, PluginOffer::description)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("org.a", "1.10.0", "<new> & \"quoted\""),
                        org.assertj.core.groups.Tuple.tuple("org.a", "1.9.0", "old"),
                        org.assertj.core.groups.Tuple.tuple("org.b", "1.0.0", ""));
        PluginOffer newest = Repositories.newest(address.source("org.a"), Map.of(), TaskContext.silent());
        assertThat(newest.address()).isEqualTo(temp.resolve("a 2.jar").toString());
        assertThat(newest.sha256()).isEqualTo(JarCheck.digest(temp.resolve("a 2.jar")));
        assertThatThrownBy(() -> Repositories.newest(address.source("org.c"), Map.of(), TaskContext.silent()))
                .hasMessageContaining("has no plugin named org.c");
    }

    @Test
    void theSameFolderMakesTheSameIndex() throws Exception {
        repository();
        byte[] first = Files.readAllBytes(temp.resolve("index.xml.gz"));
        Repositories.index(temp, "", TaskContext.silent());
        assertThat(temp.resolve("index.xml.gz")).hasBinaryContent(first);
        try (var in = new GZIPInputStream(Files.newInputStream(temp.resolve("index.xml.gz")))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("<repository xmlns=\"http://www.osgi.org/xmlns/repository/v1.0.0\"")
                    .contains("<attribute name=\"url\" value=\"./a%202.jar\"");
        }
    }

    @Test
    void aFolderOfAWebServerIsARepository() throws Exception {
        repository();
        HttpServer server = serve();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            RepositoryAddress address = RepositoryAddress.of(base + "/index.xml.gz");
            String source = address.source("org.a");
            assertThat(source).isEqualTo(base + "#org.a");
            assertThat(RepositoryAddress.names(source)).isTrue();
            PluginOffer newest = Repositories.newest(source, Map.of(), TaskContext.silent());
            assertThat(newest.address()).isEqualTo(base + "/a%202.jar");
            Path here = temp.resolve("fetched");
            Download.fetch(newest.address(), here, TaskContext.silent());
            assertThat(JarCheck.digest(here)).isEqualTo(newest.sha256());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theIndexOfAnOwnerMustBeSignedByThem() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String secret = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
        String open = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        repository();
        RepositoryAddress address = RepositoryAddress.of(temp.toString());
        Map<String, String> owners = Map.of(address.text(), open);
        assertThatThrownBy(() -> Repositories.offers(address, owners, TaskContext.silent()))
                .hasMessageContaining("index.xml.gz.sig");
        Repositories.index(temp, secret, TaskContext.silent());
        assertThat(Repositories.offers(address, owners, TaskContext.silent())).hasSize(3);
        write(resource("org.a", "a.jar", ZEROS));
        assertThatThrownBy(() -> Repositories.offers(address, owners, TaskContext.silent()))
                .hasMessageContaining("is not signed by its owner");
        assertThat(Repositories.offers(address, Map.of(), TaskContext.silent())).hasSize(1);
        assertThatThrownBy(() -> Repositories.index(temp, "no key", TaskContext.silent()))
                .hasMessageContaining("no Ed25519 private key");
        assertThatThrownBy(() -> Repositories.owner("no key")).hasMessageContaining("no Ed25519 public key");
        Repositories.index(temp, "", TaskContext.silent());
        assertThat(temp.resolve("index.xml.gz.sig")).doesNotExist();
    }

    @Test
    void aJarThatNobodyCouldInstallIsNotIndexed() throws Exception {
        repository();
        byte[] before = Files.readAllBytes(temp.resolve("index.xml.gz"));
        Files.writeString(temp.resolve("z.jar"), "no jar");
        assertThatThrownBy(() -> Repositories.index(temp, "", TaskContext.silent()))
                .hasMessageContaining("z.jar");
        assertThat(temp.resolve("index.xml.gz")).hasBinaryContent(before);
    }

    @ParameterizedTest
    @CsvSource({
        "org.a, ../secret.jar, outside of its folder",
        "org.a, /etc/passwd, outside of its folder",
        "org.a, file:/etc/passwd, it names file:/etc/passwd",
        "../a, a.jar, a name that none may have",
        "org.a, '', has no address"
    })
    void anIndexThatReachesForOtherFilesIsRefused(String name, String url, String why) throws Exception {
        write(resource(name, url, ZEROS));
        assertThatThrownBy(() ->
                        Repositories.offers(RepositoryAddress.of(temp.toString()), Map.of(), TaskContext.silent()))
                .isInstanceOf(BerthException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aServerCannotNameFilesOfThisMachine() throws Exception {
        write(resource("org.a", "file:/etc/passwd", ZEROS));
        assertThatThrownBy(() -> RepositoryIndex.read(
                        temp.resolve("index.xml.gz"), RepositoryAddress.of("http://127.0.0.1:1/r")))
                .hasMessageContaining("it names file:/etc/passwd");
    }

    @Test
    void whatIsNoIndexIsRefused() throws Exception {
        RepositoryAddress address = RepositoryAddress.of(temp.toString());
        for (String text : new String[] {
            "<html/>",
            "<repository/>",
            "<repository",
            "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:/etc/passwd\">]><r>&x;</r>",
            resource("org.a", "a.jar", "00")
        }) {
            write(text);
            assertThatThrownBy(() -> Repositories.offers(address, Map.of(), TaskContext.silent()))
                    .as(text)
                    .hasMessageContaining("The index of the repository " + temp + " cannot be read");
        }
        Files.writeString(temp.resolve("index.xml.gz"), "no gzip");
        assertThatThrownBy(() -> Repositories.offers(address, Map.of(), TaskContext.silent()))
                .hasMessageContaining("cannot be read");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temp.resolve("index.xml.gz")))) {
            for (int i = 0; i < 33; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        assertThatThrownBy(() -> Repositories.offers(address, Map.of(), TaskContext.silent()))
                .hasMessageContaining("unpacks to more than");
    }

    private HttpServer serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = Files.readAllBytes(temp.resolve(
                        exchange.getRequestURI().normalize().getPath().substring(1)));
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }

    private static String resource(String name, String url, String digest) {
        return "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0'><resource>"
                + "<capability namespace='osgi.identity'><attribute name='osgi.identity' value='" + name
                + "'/><attribute name='version' value='1'/></capability>"
                + "<capability namespace='osgi.content'><attribute name='osgi.content' value='" + digest
                + "'/><attribute name='url' value='" + url + "'/></capability></resource></repository>";
    }

    private void write(String index) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temp.resolve("index.xml.gz")))) {
            out.write(index.getBytes(StandardCharsets.UTF_8));
        }
    }
}
