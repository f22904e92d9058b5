/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.host.HostCheck;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.wslc.internal.Samples;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which WSL containers can be missing, as {@code berth doctor} and the settings show it. */
class MissingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path fake;

    @BeforeEach
    void copyFake() throws Exception {
        fake = folder.resolve("fake-wslc.py");
        try (InputStream in = MissingTest.class.getResourceAsStream("fake-wslc.py")) {
            Files.copy(Objects.requireNonNull(in), fake);
        }
    }

    @Test
    void saysWhatWasApproved() throws Exception {
        StringBuilder shown = new StringBuilder();
        show(shown, "Linux", host("Linux"), List.of());
        show(shown, "macOS", host("Mac OS X"), List.of());
        show(shown, "Windows 10", host("Windows 10", "C:\\Windows\\System32\\wsl.exe"), List.of());
        show(shown, "no WSL", host("Windows 11"), List.of());
        show(shown, "WSL without containers", host("Windows 11", "C:\\Windows\\System32\\wsl.exe"), List.of());
        show(shown, "the setting names no file", host("Linux"), List.of("/no/such/wslc"));
        show(shown, "the setting names no program", host("Linux"), List.of(fake.toString()));
        show(shown, "an old one", host("Linux"), FakeWslc.command(fake, folder, "old"));
        show(shown, "its service does not run", host("Linux"), FakeWslc.command(fake, folder, "no-service"));
        show(shown, "something else", host("Linux"), List.of("/bin/echo"));
        show(shown, "the policy", host("Linux"), script("echo 'Fehlercode: WSLC_E_CONTAINER_DISABLED' >&2; exit 1"));
        show(shown, "a reboot is due", host("Linux"), script("echo '(0x80070bc2)' >&2; exit 1"));
        show(shown, "no platform", host("Linux"), script("echo WSL_E_VIRTUAL_MACHINE_PLATFORM_REQUIRED; exit 1"));
        show(shown, "not registered", host("Linux"), script("echo 'Code d’erreur : 0x80040154'; exit 1"));
        show(shown, "without a word", host("Linux"), script("exit 1"));
        assertThat(shown.toString()).isEqualTo(Samples.approved("missing.txt"));
    }

    @Test
    void givesUpWhatDoesNotAnswer() throws Exception {
        Wslc wslc = wslc(host("Linux"), script("exec sleep 1000"));
        EngineReport report = new Probe(wslc, Duration.ofMillis(300)).report();
        assertThat(report.usable()).isFalse();
        assertThat(report.summary()).isEqualTo("The command wslc does not answer.");
    }

    @Test
    void isUsableWithTheFake() throws Exception {
        EngineReport report = new Probe(wslc(host("Linux"), FakeWslc.command(fake, folder, "")), PATIENCE).report();
        assertThat(report.usable()).as(report.toString()).isTrue();
        assertThat(report.version()).isEqualTo("2.9.5");
        assertThat(report.can(EngineCapability.OUTLIVES_BERTH)).isTrue();
        assertThat(report.can(EngineCapability.PAUSE)).isFalse();
    }

    @Test
    void saysWhenTheLibraryCannotBeHad() throws Exception {
        Wslc wslc = new Wslc(
                new EngineSettings(FakeWslc.command(fake, folder, ""), "", true, "/no/such/wslcsdk.dll"),
                host("Linux"));
        EngineReport report = new Probe(wslc, PATIENCE).report();
        assertThat(report.usable()).isTrue();
        assertThat(report.checks())
                .filteredOn(check -> check.name().equals("wslcsdk"))
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(HostCheck.Status.LIMITED))
                .satisfies(check ->
                        assertThat(check.detail()).isEqualTo("The library /no/such/wslcsdk.dll does not exist."));
    }

    @Test
    void findsTheInstalledOneFirst() {
        String installed = "C:\\Program Files\\WSL\\wslc.exe";
        assertThat(host("Windows 11", installed, "D:\\tools\\wslc.exe").program("wslc.exe"))
                .contains(installed);
        assertThat(host("Windows 11", "D:\\tools\\wslc.exe").program("wslc.exe"))
                .contains("D:\\tools\\wslc.exe");
        // The current folder is in the path of this host.
        assertThat(host("Windows 11", ".\\wslc.exe", "wslc.exe", "\\wslc.exe").program("wslc.exe"))
                .isEmpty();
    }

    @Test
    void asksNothingOnLinux() throws Exception {
        WslcEngine engine = new WslcEngine(EngineSettings.DEFAULT, host("Linux"), folder.resolve("scratch"));
        EngineReport report = engine.probe(TaskContext.silent());
        assertThat(report.usable()).isFalse();
        assertThat(report.checks())
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(HostCheck.Status.NOT_APPLICABLE))
                .satisfies(check -> assertThat(check.fix().hostCommand()).isEmpty());
        assertThat(folder.resolve("scratch")).doesNotExist();
        engine.close();
    }

    @Test
    void readsItsSettings() throws Exception {
        Path file = folder.resolve("engine-wslc.json");
        assertThat(EngineSettings.read(file)).isEqualTo(EngineSettings.DEFAULT);
        Files.writeString(file, "{\"command\": \" C:\\\\x\\\\wslc.exe \", \"session\": \"berth\", \"gpu\": false}");
        assertThat(EngineSettings.read(file))
                .isEqualTo(new EngineSettings(List.of("C:\\x\\wslc.exe"), "berth", false, ""));
        Files.writeString(file, "{\"command\": [\"sh\", \"fake\"]}");
        assertThat(EngineSettings.read(file)).isEqualTo(new EngineSettings(List.of("sh", "fake"), "", true, ""));
        Files.writeString(file, "{");
        assertThat(EngineSettings.read(file)).isEqualTo(EngineSettings.DEFAULT);
    }

    private static HostFacts host(String system, String... files) {
        Set<String> present = Set.of(files);
        return new HostFacts(
                system,
                Map.of("PROGRAMFILES", "C:\\Program Files", "SystemRoot", "C:\\Windows", "Path", ".;D:\\tools"),
                ";",
                present::contains);
    }

    private List<String> script(String text) throws Exception {
        Path file = Files.createTempFile(folder, "script", "");
        Files.writeString(file, text + "\n");
        return List.of("/bin/sh", file.toString());
    }

    private static Wslc wslc(HostFacts host, List<String> command) {
        return new Wslc(new EngineSettings(command, "", true, ""), host);
    }

    private static void show(StringBuilder shown, String what, HostFacts host, List<String> command) throws Exception {
        EngineReport report = new Probe(wslc(host, command), PATIENCE).report();
        assertThat(report.usable()).as(what).isFalse();
        shown.append(what).append("\n  ").append(report.summary()).append('\n');
        for (HostCheck check : report.checks()) {
            shown.append("  ")
                    .append(check.status())
                    .append(" -> ")
                    .append(check.fix().text());
            if (!check.fix().hostCommand().isEmpty()) {
                shown.append(" $ ").append(String.join(" ", check.fix().hostCommand()));
            }
            shown.append('\n');
        }
    }
}
