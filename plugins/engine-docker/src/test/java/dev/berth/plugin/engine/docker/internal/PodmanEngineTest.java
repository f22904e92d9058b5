/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.channel.GuestAddress;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.Mount;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.error.EngineException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.docker.internal.transport.CommandTransport;
import dev.berth.plugin.engine.docker.internal.transport.SocketTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a session on a real Podman, once on its socket and once over a command's standard input and output. The whole
 * contract takes minutes and is tagged as long.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PodmanEngineTest {

    /** Its number in capabilities(7). */
    private static final int CAP_SYS_ADMIN = 21;

    private static final List<String> IDLE =
            List.of("sh", "-c", "trap 'exit 3' TERM; cat /run/berth/note; while :; do sleep 1 & wait $!; done");

    @TempDir
    static Path home;

    private static PodmanService podman;
    private static DockerEngine near;
    private static DockerEngine far;
    private static BusyboxImage image;

    private final TaskContext context = TaskContext.silent();

    @BeforeAll
    static void prepare() throws Exception {
        podman = PodmanService.start(home);
        near = new DockerEngine("docker", "Podman", 50, SocketTransport.unix(podman.socket()));
        far = new DockerEngine(
                "docker", "Podman", 10, new CommandTransport(List.of("socat", "-", "UNIX-CONNECT:" + podman.socket())));
        image = BusyboxImage.make(home.resolve("image"));
    }

    @AfterAll
    static void leaveNothing() throws Exception {
        near.close();
        far.close();
        podman.close();
    }

    private Container started(DockerEngine engine, String id) throws Exception {
        EngineImage loaded = engine.load(image, context);
        Path folder = Files.createDirectories(home.resolve(id));
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("note"), "brought along\n");
        Container container = engine.create(
                ContainerSpec.builder(id, loaded, folder, run)
                        .command(IDLE)
                        .network(NetworkSpec.NONE)
                        .build(),
                context);
        container.start(context);
        return container;
    }

    @Test
    void fuseComesWithTheRightToMount() throws Exception {
        EngineImage loaded = near.load(image, context);
        Path folder = Files.createDirectories(home.resolve("fuse"));
        Container container = near.create(
                ContainerSpec.builder("fuse", loaded, folder, Files.createDirectories(folder.resolve("run")))
                        .command(List.of("sleep", "1000"))
                        .network(NetworkSpec.NONE)
                        .mount(Mount.device("/dev/fuse"))
                        .build(),
                context);
        try {
            container.start(context);
            assertThat(sh(
                            container,
                            "test -c /dev/fuse && : <> /dev/fuse && sed -n 's/CapEff:\t*//p' /proc/self/status"))
                    .matches(text -> text.startsWith("0 "))
                    .satisfies(text -> assertThat(
                                    Long.parseUnsignedLong(text.substring(2).strip(), 16) >> CAP_SYS_ADMIN & 1)
                            .isEqualTo(1));
        } finally {
            container.stop(Duration.ZERO, context);
            container.remove(context);
        }
    }

    private String sh(Container container, String command) throws Exception {
        try (ContainerProcess process = container.exec(ExecSpec.of("sh", "-c", command), context)) {
            process.stdin().close();
            String out = new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() + " " + out;
        }
    }

    private void echo(Container container, GuestAddress address) throws Exception {
        try (ByteChannel channel = container.endpoint(address).open(context)) {
            channel.write(ByteBuffer.wrap("ahoy\n".getBytes(StandardCharsets.UTF_8)));
            ByteBuffer answer = ByteBuffer.allocate(5);
            while (answer.hasRemaining()) {
                assertThat(channel.read(answer)).isPositive();
            }
            assertThat(new String(answer.array(), StandardCharsets.UTF_8)).isEqualTo("ahoy\n");
        }
    }

    private static List<String> names(byte[] archive) throws IOException {
        List<String> names = new ArrayList<>();
        TarEntries entries = new TarEntries(new ByteArrayInputStream(archive));
        for (TarEntries.Entry entry = entries.next(); entry != null; entry = entries.next()) {
            names.add(entry.name());
        }
        return names;
    }

    private void live(DockerEngine engine, String id) throws Exception {
        Container container = started(engine, id);
        try {
            assertThat(engine.containers(context)).extracting(Container::id).contains(id);
            assertThat(sh(container, "cat /etc/berth-test; exit 5")).isEqualTo("5 from the image");
            try (InputStream log = container.logs(false)) {
                assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("brought along\n");
            }
            try (ContainerProcess server =
                    container.exec(ExecSpec.of("nc", "-ll", "-p", "7007", "-e", "cat"), context)) {
                assertThat(sh(container, "until grep -q ':1B5F ' /proc/net/tcp*; do sleep 0.05; done"))
                        .isEqualTo("0 ");
                echo(container, new GuestAddress.Tcp(7007));
            }
            assertThatThrownBy(() -> container
                            .endpoint(new GuestAddress.UnixSocket("/run/berth/none.sock"))
                            .open(context))
                    .isInstanceOf(EngineException.class);
            assertThat(sh(container, "echo new > /etc/new; rm /etc/berth-test")).isEqualTo("0 ");
            ByteArrayOutputStream layer = new ByteArrayOutputStream();
            container.exportChanges(layer, context);
            assertThat(names(layer.toByteArray()))
                    .contains("etc/new", "etc/.wh.berth-test")
                    .doesNotContain("run/berth", "run/berth/note", "etc/hosts");
            container.stop(Duration.ofSeconds(20), context);
            assertThat(container.state()).isEqualTo(ContainerState.STOPPED);
            assertThat(container.exitCode()).hasValue(3);
        } finally {
            container.remove(context);
        }
        assertThat(container.state()).isEqualTo(ContainerState.REMOVED);
        assertThat(engine.find(id, context)).isEmpty();
    }

    @Test
    void livesOnThisMachine() throws Exception {
        EngineReport report = near.probe(context);
        assertThat(report.capabilities())
                .as(report.toString())
                .contains(EngineCapability.BIND_MOUNTS, EngineCapability.SHARED_UNIX_SOCKETS);
        live(near, "near");
    }

    @Test
    void livesBehindACommand() throws Exception {
        EngineReport report = far.probe(context);
        assertThat(report.usable()).as(report.toString()).isTrue();
        assertThat(report.capabilities())
                .doesNotContain(EngineCapability.BIND_MOUNTS, EngineCapability.SHARED_UNIX_SOCKETS);
        live(far, "far");
    }

    @Test
    void saysWhyItIsNotReached() throws Exception {
        for (String end : List.of("no-such-program-here", "false")) {
            try (DockerEngine engine = new DockerEngine("x", "x", 1, new CommandTransport(List.of(end)))) {
                EngineReport report = engine.probe(context);
                assertThat(report.usable()).isFalse();
                assertThat(report.summary()).contains("does not answer").contains(end);
                assertThat(report.checks().get(0).fix().isNone()).isFalse();
            }
        }
        try (DockerEngine engine = new DockerEngine("x", "x", 1, SocketTransport.unix(home.resolve("nobody.sock")))) {
            assertThat(engine.probe(context).summary()).contains("nothing listens there");
        }
    }
}
