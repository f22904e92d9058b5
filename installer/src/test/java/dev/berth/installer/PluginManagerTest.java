/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs plugins with the command line, good ones and such as nobody should. */
class PluginManagerTest {

    private static final Path BERTH = Path.of("target", "berth", "bin", "berth").toAbsolutePath();

    @TempDir
    Path temp;

    private String output = "";

    private int berth(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BERTH.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("BERTH_HOME", temp.resolve("home").toString());
        builder.environment().put("BERTH_TRAIN", "never");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Path jar(String file, String name, String version, Map<String, String> headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        headers.forEach(main::putValue);
        Path jar = temp.resolve(file);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("data.txt"));
            out.write(version.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private void sign(Path jar, String alias) throws IOException, InterruptedException {
        Path store = temp.resolve("keys.p12");
        String bin = Path.of(System.getProperty("java.home"), "bin").toString();
        if (!Files.exists(temp.resolve(alias))) {
            RuntimeImage.run(List.of(
                    bin + "/keytool",
                    "-genkeypair",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    "secret",
                    "-keyalg",
                    "EC",
                    "-alias",
                    alias,
                    "-dname",
                    "CN=" + alias));
            Files.createFile(temp.resolve(alias));
        }
        RuntimeImage.run(List.of(
                bin + "/jarsigner", "-keystore", store.toString(), "-storepass", "secret", jar.toString(), alias));
    }

    @Test
    void aPluginIsInstalledUpdatedTakenBackSwitchedOffAndRemoved() throws Exception {
        Path jar = jar("mine.jar", "org.me.mine", "1.0.0", Map.of("Bundle-Vendor", "Me"));
        assertThat(berth("plugin", "install", jar.toString())).isEqualTo(2);
        assertThat(output).contains("not signed by anybody").contains("was not installed");
        assertThat(berth("plugin", "install", "--yes", jar.toString()))
                .as(output)
                .isZero();
        assertThat(berth("plugin", "ls")).isZero();
        assertThat(output).containsPattern("org.me.mine +1.0.0 +running +nobody");
        jar("mine.jar", "org.me.mine", "2.0.0", Map.of());
        assertThat(berth("plugin", "update", "--yes", "org.me.mine")).as(output).isZero();
        assertThat(output).contains("org.me.mine 2.0.0 is installed.");
        assertThat(berth("plugin", "rollback", "org.me.mine")).as(output).isZero();
        assertThat(output).contains("org.me.mine 1.0.0 is back.");
        assertThat(berth("plugin", "disable", "org.me.mine")).as(output).isZero();
        assertThat(berth("plugin", "ls", "--json")).isZero();
        assertThat(output).contains("\"state\":\"disabled\"");
        assertThat(berth("plugin", "rm", "org.me.mine")).isZero();
        try (var left = Files.list(temp.resolve("home/plugins"))) {
            assertThat(left).isEmpty();
        }
        assertThat(berth("plugin", "rm", "org.me.mine")).isEqualTo(2);
    }

    @Tag("long")
    @Test
    void aPluginIsTakenFromARepositoryAndUpdatedFromIt() throws Exception {
        String folder = temp.toString();
        jar("one.jar", "org.me.offered", "1.9.0", Map.of("Bundle-Description", "Counts sheep"));
        assertThat(berth("plugin", "index", folder)).as(output).isZero();
        assertThat(output).contains("is a repository of 1 plugin.");
        assertThat(berth("plugin", "search", "--repository", folder, "SHEEP"))
                .as(output)
                .isZero();
        assertThat(output).containsPattern("org.me.offered +1.9.0 +Counts sheep");
        assertThat(berth("plugin", "install", "--yes", "--repository", folder, "org.me.offered"))
                .as(output)
                .isZero();
        assertThat(output).contains("org.me.offered 1.9.0 is installed.");
        jar("two.jar", "org.me.offered", "1.10.0", Map.of());
        assertThat(berth("plugin", "index", folder)).as(output).isZero();
        assertThat(berth("plugin", "update", "--yes", "org.me.offered"))
                .as(output)
                .isZero();
        assertThat(output).contains("org.me.offered 1.10.0 is installed.");
        jar("two.jar", "org.me.offered", "1.10.0", Map.of("Bundle-Vendor", "Somebody else"));
        assertThat(berth("plugin", "update", "--yes", "org.me.offered")).isEqualTo(2);
        assertThat(output).contains("is not the jar of org.me.offered that the repository's index lists");
    }

    @Tag("long")
    @Test
    void theOwnerOfARepositoryIsRemembered() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Base64.Encoder base64 = Base64.getEncoder();
        Path secret = Files.writeString(
                temp.resolve("secret"), base64.encodeToString(keys.getPrivate().getEncoded()));
        String folder = Files.createDirectories(temp.resolve("offered")).toString();
        Files.move(jar("one.jar", "org.me.owned", "1.0.0", Map.of()), Path.of(folder, "one.jar"));
        assertThat(berth("plugin", "index", folder, "--sign", secret.toString()))
                .as(output)
                .isZero();
        String key = base64.encodeToString(keys.getPublic().getEncoded());
        assertThat(berth("plugin", "install", "--yes", "--repository", folder, "--key", key, "org.me.owned"))
                .as(output)
                .isZero();
        assertThat(berth("plugin", "index", folder)).isZero();
        assertThat(berth("plugin", "update", "--yes", "org.me.owned")).isEqualTo(2);
        assertThat(berth("plugin", "search", "--repository", folder)).isEqualTo(2);
    }

    @Tag("long")
    @Test
    void aChangedSignerIsRefusedAndAKnownOneIsNotAskedAbout() throws Exception {
        Path jar = jar("signed.jar", "org.me.signed", "1.0.0", Map.of());
        sign(jar, "first");
        assertThat(berth("plugin", "install", "--yes", jar.toString()))
                .as(output)
                .isZero();
        jar("signed.jar", "org.me.signed", "1.1.0", Map.of());
        sign(jar, "first");
        assertThat(berth("plugin", "update", "org.me.signed")).as(output).isZero();
        jar("signed.jar", "org.me.signed", "1.2.0", Map.of());
        sign(jar, "second");
        assertThat(berth("plugin", "update", "--yes", "org.me.signed")).isEqualTo(2);
        assertThat(output).contains("org.me.signed").contains("signed by another: CN=second");
    }

    @Test
    void whatNobodyShouldInstallIsRefusedByName() throws Exception {
        Path changed = jar("changed.jar", "org.me.changed", "1.0.0", Map.of());
        sign(changed, "first");
        RuntimeImage.run(List.of("python3", "-c", """
                import sys, zipfile, shutil
                shutil.copy(sys.argv[1], sys.argv[1] + '.in')
                with zipfile.ZipFile(sys.argv[1] + '.in') as a, zipfile.ZipFile(sys.argv[1], 'w') as b:
                    for i in a.infolist():
                        b.writestr(i, b'other' if i.filename == 'data.txt' else a.read(i))
                """, changed.toString()));
        refused(changed, "The signature of " + changed + " does not fit its contents");
        Path whole = jar("torn.jar", "org.me.torn", "1.0.0", Map.of());
        byte[] bytes = Files.readAllBytes(whole);
        refused(Files.write(whole, java.util.Arrays.copyOf(bytes, bytes.length / 2)), "torn.jar cannot be read");
        refused(jar("ours.jar", "dev.berth.api", "9.0.0", Map.of()), "are Berth's own");
        refused(jar("taken.jar", "picocli", "99.0.0", Map.of()), "has the name of a part of Berth");
        refused(
                jar("export.jar", "org.me.export", "1.0.0", Map.of("Export-Package", "dev.berth.api.task;version=1.0")),
                "The plugin org.me.export exports dev.berth.api.task");
        refused(
                jar(
                        "needs.jar",
                        "org.me.needs",
                        "1.0.0",
                        Map.of("Import-Package", "dev.berth.api.task;version=\"[7,8)\"")),
                "The plugin org.me.needs cannot run here: it needs the package dev.berth.api.task from version 7.0.0");
        assertThat(berth(
                        "plugin",
                        "install",
                        "--yes",
                        "--sha256",
                        "00",
                        jar("d.jar", "d", "1.0.0", Map.of()).toString()))
                .isEqualTo(2);
        assertThat(output).contains("is not the jar that was asked for");
        assertThat(berth("plugin", "ls", "--json")).isZero();
        assertThat(output).isEqualTo("[]\n");
    }

    private void refused(Path jar, String message) throws IOException, InterruptedException {
        assertThat(berth("plugin", "install", "--yes", jar.toString()))
                .as(output)
                .isEqualTo(2);
        assertThat(output).contains(message);
    }
}
