/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.api.host.HostProbe;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.share.FileShareServer;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.workbench.WorkbenchWindow;
import dev.berth.images.ImageBuilder;
import dev.berth.images.ImageStore;
import dev.berth.images.ImageTransfer;
import dev.berth.images.RecipeBook;
import dev.berth.platform.task.TaskRunner;
import dev.berth.plugins.PluginManager;
import dev.berth.sessions.SessionManager;
import dev.berth.updates.SoftwareUpdates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What commands print, and how they end. Commands that do real work are tested with the whole of Berth. */
class CommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private BerthException failure = new BerthException("test.none", "No failure.", null);
    private boolean failing;
    private HostCheck check = HostCheck.ok("thing", "It is there.");

    private int run(String... args) {
        PrintStream stdout = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream stderr = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(stdout, stderr, new ByteArrayInputStream(new byte[0]), false);
        return new Commands(new Fakes(), console).run(List.of(args));
    }

    private String stdout() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void sessionsAreATableForPeople() {
        assertThat(run("session", "ls")).isZero();
        assertThat(stdout().lines())
                .containsExactly(
                        "SESSION  STATE    RECIPE       ENGINE  CREATED               ID",
                        "desk     running  debian-xfce  runc    2026-11-23T03:00:00Z  a1");
        assertThat(stderr()).isEmpty();
    }

    @Test
    void sessionsAreAnArrayForScripts() {
        String expected = "[{\"name\":\"desk\",\"id\":\"a1\",\"state\":\"running\",\"recipe\":\"debian-xfce\","
                + "\"engine\":\"runc\",\"image\":\"sha256:00\",\"created\":\"2026-11-23T03:00:00Z\"}]\n";
        assertThat(run("session", "ls", "--json")).isZero();
        assertThat(stdout()).isEqualTo(expected);
        out.reset();
        assertThat(run("--json", "session", "ls")).isZero();
        assertThat(stdout()).isEqualTo(expected);
    }

    @Test
    void anErrorIsASummaryAndARemedy() {
        failing = true;
        failure = new EngineException(
                "engine.missing",
                ErrorKind.MISSING,
                "There is no runc.",
                "the detail",
                Remedy.installPackages("runc"),
                null);
        assertThat(run("session", "ls")).isEqualTo(3);
        assertThat(stdout()).isEmpty();
        assertThat(stderr().lines())
                .containsExactly(
                        "berth: There is no runc.",
                        "       Install runc.",
                        "       apt-get install -y --no-install-recommends runc");
        assertThat(run("session", "ls", "--json")).isEqualTo(3);
        assertThat(stdout())
                .isEqualTo("{\"error\":{\"code\":\"engine.missing\",\"summary\":\"There is no runc.\","
                        + "\"detail\":\"the detail\","
                        + "\"remedy\":\"apt-get install -y --no-install-recommends runc\"}}\n");
    }

    @Test
    void theKindOfAnErrorIsTheExitCode() {
        failing = true;
        failure = new BerthException("a.b", "It failed.", null);
        assertThat(run("session", "ls")).isEqualTo(1);
        failure = new BerthException("a.b", ErrorKind.INVALID, "Nonsense.", "", Remedy.NONE, null);
        assertThat(run("session", "ls")).isEqualTo(2);
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(run("session", "nonsense")).isEqualTo(2);
        assertThat(run("session", "exec", "desk")).isEqualTo(2);
        assertThat(run("session", "start", "debian-xfce", "--size", "big")).isEqualTo(2);
        assertThat(run("session", "start", "debian-xfce", "--share", "nowhere")).isEqualTo(2);
        assertThat(stdout()).isEmpty();
        assertThat(run("session", "stop", "--json")).isEqualTo(2);
        assertThat(stdout()).startsWith("{\"error\":{\"code\":\"usage\"");
    }

    @Test
    void everyCommandHasHelp() {
        for (String group : List.of("recipe", "image", "session", "share")) {
            var all = switch (group) {
                case "recipe" -> RecipeCommands.all();
                case "image" -> ImageCommands.all();
                case "session" -> SessionCommands.all();
                default -> ShareCommands.all();
            };
            for (String command : all.keySet()) {
                out.reset();
                assertThat(run(group, command, "--help")).isZero();
                assertThat(stdout()).contains("berth " + group + " " + command);
            }
        }
        for (String command : List.of("up", "doctor", "view")) {
            assertThat(run(command, "--help")).isZero();
        }
        out.reset();
        assertThat(run("--help")).isZero();
        assertThat(stdout()).contains("up", "doctor", "recipe", "image", "session", "view", "share");
    }

    @Test
    void doctorSaysWhatIsMissingAndHowToGetIt() {
        check = new HostCheck(
                "thing", HostCheck.Status.MISSING, "Nothing works without.", Remedy.installPackages("thing"));
        assertThat(run("doctor", "--json")).isEqualTo(3);
        assertThat(stdout())
                .contains("{\"ok\":false,\"checks\":[{\"plugin\":\"test\",\"name\":\"thing\",\"status\":\"missing\","
                        + "\"detail\":\"Nothing works without.\","
                        + "\"fix\":\"apt-get install -y --no-install-recommends thing\"}");
    }

    @Test
    void packagesAreInstalledTogether() {
        HostSetup.Report report = new HostSetup.Report(
                false,
                List.of(
                        finding(HostCheck.Status.MISSING, Remedy.installPackages("a", "b")),
                        finding(HostCheck.Status.LIMITED, Remedy.installPackages("b", "c")),
                        finding(HostCheck.Status.MISSING, Remedy.command("Allow it.", "sysctl", "-w", "x=1")),
                        finding(HostCheck.Status.MISSING, Remedy.advice("Buy one."))));
        assertThat(HostSetup.commands(report, false))
                .containsExactly(
                        List.of("apt-get", "update"),
                        List.of("apt-get", "install", "-y", "--no-install-recommends", "a", "b"),
                        List.of("sysctl", "-w", "x=1"));
        assertThat(HostSetup.commands(report, true).get(1)).endsWith("a", "b", "c");
    }

    private static HostSetup.Finding finding(HostCheck.Status status, Remedy fix) {
        return new HostSetup.Finding("test", new HostCheck("thing", status, "", fix));
    }

    private final class Fakes implements Services {

        @Override
        public SessionManager sessions() {
            return (SessionManager) Proxy.newProxyInstance(
                    SessionManager.class.getClassLoader(),
                    new Class<?>[] {SessionManager.class},
                    (proxy, method, arguments) -> {
                        if (failing) {
                            throw failure;
                        }
                        assertThat(method.getName()).isEqualTo("sessions");
                        return List.of(new SessionInfo(
                                "a1",
                                "desk",
                                SessionState.RUNNING,
                                "debian-xfce",
                                "runc",
                                "sha256:00",
                                Instant.parse("2026-11-23T03:00:00Z")));
                    });
        }

        @Override
        public ImageStore store() {
            return (ImageStore) Proxy.newProxyInstance(
                    ImageStore.class.getClassLoader(),
                    new Class<?>[] {ImageStore.class},
                    (proxy, method, arguments) -> List.of());
        }

        @Override
        public ImageBuilder builder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ImageTransfer transfer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RecipeBook recipes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PluginManager plugins() {
            throw new AssertionError();
        }

        @Override
        public SoftwareUpdates updates() {
            throw new AssertionError();
        }

        @Override
        public void followBuild(Path folder) {
            throw new AssertionError();
        }

        @Override
        public TaskRunner tasks() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ContainerEngine> engines() {
            return List.of();
        }

        @Override
        public List<HostProbe> probes() {
            return List.of(new HostProbe() {
                @Override
                public String plugin() {
                    return "test";
                }

                @Override
                public List<HostCheck> check(TaskContext context) {
                    return List.of(check);
                }
            });
        }

        @Override
        public List<FileShareServer> shareServers() {
            return List.of();
        }

        @Override
        public WorkbenchWindow window() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String property(String name) {
            return "";
        }
    }
}
