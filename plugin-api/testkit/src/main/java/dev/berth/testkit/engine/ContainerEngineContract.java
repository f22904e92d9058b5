/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.api.channel.GuestAddress;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.Mount;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.engine.Resources;
import dev.berth.api.engine.Signal;
import dev.berth.api.engine.TerminalSize;
import dev.berth.api.error.EngineException;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of a container engine. A subclass gives the engine and an image; each test makes its own containers and
 * removes them. What an engine does not claim in its capabilities is not asked of it.
 *
 * <p>The image must have {@code sh}, {@code cat}, {@code echo}, {@code sleep}, {@code id}, {@code mkdir}, {@code rm},
 * {@code ln}, {@code ping}, {@code stty} and {@code nc} (busybox has all of them), a file {@code /etc/berth-test} that
 * holds {@code from the image}, and in {@code /etc/passwd} and {@code /etc/group} a user {@code tester} of id 1000 that
 * is in the group {@code crew} of id 2000, with the home {@code /home/tester}.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ContainerEngineContract {

    /** What keeps a container running: it ends at once when asked to. */
    protected static final List<String> IDLE =
            List.of("sh", "-c", "trap 'exit 0' TERM; echo ready; while :; do sleep 1 & wait $!; done");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Context of all calls. */
    protected final TaskContext context = TaskContext.silent();

    private final List<Container> made = new ArrayList<>();

    /** Folders for the containers of one test. */
    @TempDir
    protected Path folder;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // JUnit sets the folder.
    protected ContainerEngineContract() {}

    /** The engine; the same object for all tests or a new one for each. */
    protected abstract ContainerEngine engine() throws Exception;

    /** A second object that stands for the same engine, as another process would have it. */
    protected abstract ContainerEngine otherProcess() throws Exception;

    /** An image with what the class comment says. */
    protected abstract ImageContent image() throws Exception;

    /** The engine must be usable: a test whose peer is missing fails. */
    @BeforeEach
    void usable() throws Exception {
        EngineReport report = engine().probe(context);
        assertThat(report.usable()).as(report.toString()).isTrue();
    }

    /** Removes what the test made. */
    @AfterEach
    void removeAll() throws Exception {
        for (Container container : made) {
            container.remove(context);
            assertThat(container.state()).isEqualTo(ContainerState.REMOVED);
        }
    }

    // What tests are made of

    /** A specification without a network, with folders of its own. */
    protected ContainerSpec.Builder spec(String id) throws Exception {
        EngineImage loaded = engine().load(image(), context);
        Path own = Files.createDirectories(folder.resolve(id));
        return ContainerSpec.builder(id, loaded, own, Files.createDirectories(own.resolve("run")))
                .command(IDLE)
                .network(NetworkSpec.NONE);
    }

    /** Makes a container that is removed after the test. */
    protected Container create(ContainerSpec spec) throws Exception {
        Container container = engine().create(spec, context);
        made.add(container);
        return container;
    }

    /** Makes and starts one. */
    protected Container start(ContainerSpec spec) throws Exception {
        Container container = create(spec);
        container.start(context);
        if (spec.command().equals(IDLE)) {
            awaitReady(container);
        }
        return container;
    }

    /** Waits until {@link #IDLE} would hear a signal: process 1 hears none that it has no handler for. */
    private static void awaitReady(Container container) throws Exception {
        eventually("the first process being ready", () -> {
            try (InputStream log = container.logs(false)) {
                return new String(log.readAllBytes(), StandardCharsets.UTF_8).endsWith("ready\n");
            }
        });
    }

    /** What a command in a container did. */
    protected record Outcome(int code, String out, String error) {}

    /** Runs a command to its end with some input. */
    protected Outcome run(Container container, ExecSpec spec, String input) throws Exception {
        try (ContainerProcess process = container.exec(spec, context)) {
            CompletableFuture<String> out = read(process.stdout());
            CompletableFuture<String> error = read(process.stderr());
            process.stdin().write(input.getBytes(StandardCharsets.UTF_8));
            process.stdin().close();
            return new Outcome(process.waitFor(), out.get(), error.get());
        }
    }

    /** Runs a shell command to its end. */
    protected Outcome sh(Container container, String command) throws Exception {
        return run(container, ExecSpec.of("sh", "-c", command), "");
    }

    private static CompletableFuture<String> read(InputStream in) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "broken: " + e;
            }
        });
    }

    /** Something that becomes true after a while. */
    protected interface Condition {
        /** Whether it is true by now. */
        boolean met() throws Exception;
    }

    /** Waits until a condition is met. */
    protected static void eventually(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.met()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private void assumeCan(EngineCapability capability) throws Exception {
        assumeTrue(engine().probe(context).can(capability), () -> "does not claim " + capability);
    }

    // Life

    @Test
    void goesThroughItsStates() throws Exception {
        Container container = create(spec("states").build());
        assertThat(container.state()).isEqualTo(ContainerState.CREATED);
        assertThat(container.exitCode()).isEmpty();

        container.start(context);
        assertThat(container.state()).isEqualTo(ContainerState.RUNNING);
        assertThat(container.exitCode()).isEmpty();

        awaitReady(container);
        container.stop(Duration.ofSeconds(10), context);
        assertThat(container.state()).isEqualTo(ContainerState.STOPPED);
        assertThat(container.exitCode()).hasValue(0);

        container.remove(context);
        container.remove(context);
        assertThat(container.state()).isEqualTo(ContainerState.REMOVED);
        assertThat(engine().find("states", context)).isEmpty();
    }

    @Test
    void keepsTheExitCode() throws Exception {
        Container container =
                start(spec("code").command(List.of("sh", "-c", "exit 7")).build());
        eventually("the end of the command", () -> container.state() == ContainerState.STOPPED);
        eventually("the exit code", () -> container.exitCode().equals(OptionalInt.of(7)));
    }

    @Test
    void killsWhatDoesNotEndInTime() throws Exception {
        Container container = start(spec("stubborn")
                .command(List.of("sh", "-c", "trap '' TERM; while :; do sleep 1; done"))
                .build());
        container.stop(Duration.ofMillis(200), context);
        assertThat(container.state()).isEqualTo(ContainerState.STOPPED);
        assertThat(container.exitCode()).hasValue(137);
    }

    @Test
    void startsAgainWithWhatWasWritten() throws Exception {
        Container container = start(spec("again").build());
        assertThat(sh(container, "echo kept > /etc/kept").code()).isZero();
        container.stop(Duration.ofSeconds(5), context);
        container.start(context);
        assertThat(sh(container, "cat /etc/kept").out()).isEqualTo("kept\n");
    }

    @Test
    void startingTwiceIsStartingOnce() throws Exception {
        Container container = start(spec("twice").build());
        sh(container, "echo one > /tmp-mark");
        container.start(context);
        assertThat(container.state()).isEqualTo(ContainerState.RUNNING);
    }

    @Test
    void tellsWhyACommandCannotBeRun() throws Exception {
        Container container =
                create(spec("nothing").command(List.of("/no/such/program")).build());
        assertThatThrownBy(() -> container.start(context)).isInstanceOf(EngineException.class);
        assertThat(container.state()).isEqualTo(ContainerState.CREATED);
    }

    @Test
    void refusesTheSameIdTwice() throws Exception {
        create(spec("same").build());
        ContainerSpec second = spec("same").build();
        assertThatThrownBy(() -> engine().create(second, context)).isInstanceOf(EngineException.class);
        assertThat(engine().find("same", context)).isPresent();
    }

    @Test
    void isFoundByAnotherProcess() throws Exception {
        assumeCan(EngineCapability.OUTLIVES_BERTH);
        Container container = start(spec("found").build());
        assertThat(otherProcess().containers(context)).extracting(Container::id).contains("found");
        Container found = otherProcess().find("found", context).orElseThrow();
        assertThat(found.state()).isEqualTo(ContainerState.RUNNING);
        assertThat(sh(found, "echo hello").out()).isEqualTo("hello\n");
        found.stop(Duration.ofSeconds(5), context);
        assertThat(container.state()).isEqualTo(ContainerState.STOPPED);
        assertThat(container.exitCode()).hasValue(0);
    }

    @Test
    void tellsListenersOfChanges() throws Exception {
        Container container = create(spec("heard").build());
        BlockingQueue<ContainerState> heard = new LinkedBlockingQueue<>();
        try (Registration listening = container.onStateChange(heard::add)) {
            container.start(context);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(ContainerState.RUNNING);
            awaitReady(container);
            // By another process, as far as this object can know.
            otherProcess().find("heard", context).orElseThrow().stop(Duration.ofSeconds(5), context);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(ContainerState.STOPPED);
        }
    }

    @Test
    void freezesAndThaws() throws Exception {
        assumeCan(EngineCapability.PAUSE);
        Container container = start(spec("frozen").build());
        container.pause();
        eventually("the pause", () -> container.state() == ContainerState.PAUSED);
        container.resume();
        eventually("the end of the pause", () -> container.state() == ContainerState.RUNNING);
        assertThat(sh(container, "echo alive").out()).isEqualTo("alive\n");
        container.pause();
        container.stop(Duration.ofMillis(500), context);
        assertThat(container.state()).isEqualTo(ContainerState.STOPPED);
    }

    @Test
    void cleaningUpLeavesRunningContainersAlone() throws Exception {
        Container container = start(spec("clean").build());
        engine().cleanUp(context);
        assertThat(container.state()).isEqualTo(ContainerState.RUNNING);
        assertThat(sh(container, "echo alive").out()).isEqualTo("alive\n");
    }

    // Commands

    @Test
    void keepsStreamsAndExitCodeApart() throws Exception {
        Container container = start(spec("streams").build());
        assertThat(sh(container, "echo a; echo b >&2; exit 7")).isEqualTo(new Outcome(7, "a\n", "b\n"));
        assertThat(run(container, ExecSpec.of("cat"), "typed\n")).isEqualTo(new Outcome(0, "typed\n", ""));
    }

    @Test
    void carriesManyBytesUnchanged() throws Exception {
        Container container = start(spec("bytes").build());
        byte[] sent = new byte[3_000_000];
        new java.util.Random(1).nextBytes(sent);
        try (ContainerProcess process = container.exec(ExecSpec.of("cat"), context)) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
                try {
                    return process.stdout().readAllBytes();
                } catch (IOException e) {
                    return new byte[0];
                }
            });
            process.stdin().write(sent);
            process.stdin().close();
            assertThat(received.get()).isEqualTo(sent);
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void tellsTheSignalThatEndedACommand() throws Exception {
        Container container = start(spec("signals").build());
        assertThat(sh(container, "kill -9 $$").code()).isEqualTo(137);
        try (ContainerProcess process = container.exec(ExecSpec.of("sleep", "1000"), context)) {
            process.signal(Signal.TERM);
            assertThat(process.waitFor()).isEqualTo(143);
        }
    }

    @Test
    void closingKillsACommand() throws Exception {
        Container container = start(spec("closing").build());
        ContainerProcess process = container.exec(ExecSpec.of("sleep", "98765"), context);
        eventually("the command", () -> sh(container, "ps | grep '[9]8765'").code() == 0);
        process.close();
        process.close();
        eventually("its end", () -> sh(container, "ps | grep '[9]8765'").code() != 0);
    }

    @Test
    void runsCommandsAsAUser() throws Exception {
        Container container = start(spec("users").build());
        ExecSpec spec = ExecSpec.of("sh", "-c", "id -u; id -g; id -G; echo $HOME");
        assertThat(run(container, spec.as("tester"), "").out()).isEqualTo("1000\n1000\n1000 2000\n/home/tester\n");
        assertThat(run(container, spec.as("1000"), "").out()).startsWith("1000\n1000\n");
        assertThat(run(container, spec.as("tester:crew"), "").out()).startsWith("1000\n2000\n");
        assertThatThrownBy(() ->
                        container.exec(spec.as("nobody-of-that-name"), context).close())
                .isInstanceOf(EngineException.class);
    }

    @Test
    void setsEnvironmentAndFolder() throws Exception {
        Container container = start(spec("surroundings")
                .environment("FROM_SPEC", "one $HOME 'x'")
                .workingFolder("/etc")
                .hostname("harbour")
                .build());
        assertThat(sh(container, "echo \"$FROM_SPEC\"; pwd; hostname").out())
                .isEqualTo("one $HOME 'x'\n/etc\nharbour\n");
        ExecSpec spec = new ExecSpec(
                List.of("sh", "-c", "echo $MORE; pwd"), Map.of("MORE", "two"), "", "/tmp", Optional.empty());
        assertThat(run(container, spec, "").out()).isEqualTo("two\n/tmp\n");
    }

    @Test
    void givesATerminal() throws Exception {
        Container container = start(spec("terminal").build());
        // A runtime may set the size a moment after the command began; the command is told by a signal then.
        String script = "until [ \"$(stty size)\" = '37 101' ]; do sleep 0.05; done; tty; read line; echo got $line;"
                + " until [ \"$(stty size)\" = '20 90' ]; do sleep 0.05; done; exit 5";
        ExecSpec spec =
                new ExecSpec(List.of("sh", "-c", script), Map.of(), "", "", Optional.of(new TerminalSize(101, 37)));
        try (ContainerProcess process = container.exec(spec, context)) {
            StringBuilder seen = new StringBuilder();
            readUntil(process.stdout(), seen, "/dev/");
            process.stdin().write("word\n".getBytes(StandardCharsets.UTF_8));
            process.stdin().flush();
            readUntil(process.stdout(), seen, "got word");
            process.resize(new TerminalSize(90, 20));
            assertThat(process.waitFor()).isEqualTo(5);
        }
    }

    private static void readUntil(InputStream in, StringBuilder seen, String wanted) throws IOException {
        byte[] buffer = new byte[1024];
        while (seen.indexOf(wanted) < 0) {
            int n = in.read(buffer);
            assertThat(n).as("ended after: " + seen).isPositive();
            seen.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
    }

    @Test
    void refusesCommandsWhenStopped() throws Exception {
        Container container = create(spec("stopped").build());
        assertThatThrownBy(() -> container.exec(ExecSpec.of("true"), context)).isInstanceOf(EngineException.class);
    }

    // Files, logs, limits

    @Test
    void mountsTheRuntimeFolderAndOthers() throws Exception {
        assumeCan(EngineCapability.BIND_MOUNTS);
        Path shared = Files.createDirectories(folder.resolve("shared, with: odd 'name'"));
        Files.writeString(shared.resolve("greeting"), "from the host");
        Container container = start(spec("mounts")
                .mount(Mount.bind(shared.toString(), "/mnt/ro", true))
                .mount(Mount.bind(shared.toString(), "/mnt/rw", false))
                .mount(new Mount(Mount.Kind.TMPFS, "", "/mnt/memory", false, 1 << 20))
                .build());
        assertThat(sh(container, "cat /mnt/ro/greeting").out()).isEqualTo("from the host");
        assertThat(sh(container, "echo x > /mnt/ro/new").code()).isNotZero();
        assertThat(sh(container, "echo x > /mnt/rw/new && echo x > /mnt/memory/new")
                        .code())
                .isZero();
        assertThat(shared.resolve("new")).hasContent("x\n");
        sh(container, "echo there > /run/berth/note");
        assertThat(sh(container, "cat /run/berth/note").out()).isEqualTo("there\n");
        if (engine().probe(context).can(EngineCapability.SHARED_UNIX_SOCKETS)) {
            assertThat(folder.resolve("mounts/run/note")).hasContent("there\n");
        }
    }

    @Test
    void keepsTheLog() throws Exception {
        Container container = start(spec("log")
                .command(List.of("sh", "-c", "echo one; echo two >&2; echo three"))
                .build());
        eventually("the end of the command", () -> container.state() == ContainerState.STOPPED);
        try (InputStream log = container.logs(false)) {
            // Between both outputs the order is not promised: a runtime may copy them one by one.
            assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8))
                    .containsSubsequence("one\n", "three\n")
                    .contains("two\n")
                    .hasSize(14);
        }
    }

    @Test
    void followsTheLogToTheEnd() throws Exception {
        Container container = start(spec("follow")
                .command(
                        List.of("sh", "-c", "echo first; while [ ! -e /run/berth/go ]; do sleep 0.05; done; echo last"))
                .build());
        try (InputStream log = container.logs(true)) {
            CompletableFuture<String> all = read(log);
            assertThat(sh(container, "echo > /run/berth/go").code()).isZero();
            assertThat(all.get(30, TimeUnit.SECONDS)).isEqualTo("first\nlast\n");
        }
    }

    @Test
    void countsWhatIsUsed() throws Exception {
        Container container = start(spec("stats").build());
        sh(container, "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done");
        ContainerStats stats = container.stats();
        if (engine().probe(context).can(EngineCapability.RESOURCE_LIMITS)) {
            assertThat(stats.cpuTime()).isPositive();
            assertThat(stats.memoryBytes()).isPositive();
            assertThat(stats.processes()).isPositive();
        }
    }

    @Test
    void limitsProcessesAndMemory() throws Exception {
        assumeCan(EngineCapability.RESOURCE_LIMITS);
        Container container = start(
                spec("limits").resources(new Resources(64L << 20, 0.5, 20)).build());
        assertThat(container.stats().memoryLimitBytes()).isEqualTo(64L << 20);
        Outcome bomb =
                sh(container, "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do sleep 5 & done");
        assertThat(bomb.code()).isNotZero();
        if (engine().probe(context).can(EngineCapability.LIVE_RESOURCE_LIMITS)) {
            container.limit(new Resources(96L << 20, 0, 0));
            assertThat(container.stats().memoryLimitBytes()).isEqualTo(96L << 20);
        }
    }

    // Channels

    @Test
    void connectsToATcpPort() throws Exception {
        Container container = start(spec("tcp").build());
        try (ContainerProcess server = container.exec(ExecSpec.of("nc", "-ll", "-p", "7007", "-e", "cat"), context)) {
            eventually(
                    "a listening port",
                    () -> sh(container, "grep -q ':1B5F ' /proc/net/tcp /proc/net/tcp6")
                                    .code()
                            == 0);
            assertEchoes(container, new GuestAddress.Tcp(7007));
            assertEchoes(container, new GuestAddress.Tcp(7007));
        }
        assertThatThrownBy(() -> container
                        .endpoint(new GuestAddress.Tcp(7008))
                        .open(context)
                        .close())
                .isInstanceOf(EngineException.class);
    }

    @Test
    void talksToACommand() throws Exception {
        Container container = start(spec("stdio").build());
        assertEchoes(container, new GuestAddress.Command(List.of("cat")));
    }

    /** Sends a line to a server that sends everything back. */
    protected void assertEchoes(Container container, GuestAddress address) throws Exception {
        try (ByteChannel channel = container.endpoint(address).open(context)) {
            ByteBuffer line = ByteBuffer.wrap("ahoy\n".getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            ByteBuffer answer = ByteBuffer.allocate(5);
            while (answer.hasRemaining()) {
                assertThat(channel.read(answer)).isPositive();
            }
            assertThat(new String(answer.array(), StandardCharsets.UTF_8)).isEqualTo("ahoy\n");
        }
    }

    // Layers

    @Test
    void exportsWhatChanged() throws Exception {
        assumeCan(EngineCapability.EXPORT_CHANGES);
        Container container = start(spec("export").build());
        assertThat(sh(
                                container,
                                "echo new > /etc/new; rm /etc/berth-test; mkdir -p /var/a; echo deep > /var/a/b;"
                                        + " ln /etc/new /etc/hard; ln -s new /etc/soft; chown 1000:2000 /etc/new")
                        .code())
                .isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        container.exportChanges(out, context);
        Map<String, String> entries = LayerListing.of(out.toByteArray());
        assertThat(entries)
                .containsEntry("etc/.wh.berth-test", "file 0:0 ")
                .containsEntry("var/a/b", "file 0:0 deep\n")
                .containsEntry("etc/soft", "symlink new")
                .doesNotContainKeys("etc/hosts", "etc/resolv.conf", "run/berth", "dev/null");
        List<String> pair =
                List.of(entries.getOrDefault("etc/new", "missing"), entries.getOrDefault("etc/hard", "missing"));
        assertThat(pair).contains("file 1000:2000 new\n").anyMatch(entry -> entry.startsWith("hardlink etc/"));
    }

    // Networks

    @Test
    void hasLoopbackOnlyWithoutANetwork() throws Exception {
        Container container = start(spec("alone").build());
        assertThat(sh(container, "ping -c 1 -W 2 127.0.0.1").code()).isZero();
        assertThat(sh(container, "cat /proc/net/dev | grep -c :").out()).isEqualTo("1\n");
    }

    @Test
    void joinsNamedNetworks() throws Exception {
        assumeCan(EngineCapability.NAMED_NETWORKS);
        engine().createNetwork("contract-a", context);
        engine().createNetwork("contract-a", context);
        engine().createNetwork("contract-b", context);
        try {
            assertThat(engine().networks(context)).contains("contract-a", "contract-b");
            NetworkSpec a = new NetworkSpec(NetworkSpec.Kind.NAMED, "contract-a");
            NetworkSpec b = new NetworkSpec(NetworkSpec.Kind.NAMED, "contract-b");
            Container first = start(spec("first").network(a).build());
            Container second = start(spec("second").network(a).build());
            Container stranger = start(spec("stranger").network(b).build());
            assertThat(sh(second, "ping -c 1 -W 2 first 2>&1 || { cat /etc/hosts /proc/net/arp; exit 1; }"))
                    .matches(outcome -> outcome.code() == 0);
            assertThat(sh(first, "ping -c 1 -W 2 second 2>&1 || { cat /etc/hosts /proc/net/arp; exit 1; }"))
                    .matches(outcome -> outcome.code() == 0);
            assertThat(sh(stranger, "ping -c 1 -W 2 first").code()).isNotZero();
            String address =
                    sh(first, "ping -c 1 -W 2 first | head -n 1").out().replaceAll("(?s).*\\((.*?)\\).*", "$1");
            assertThat(sh(second, "ping -c 1 -W 2 " + address).code()).isZero();
            assertThat(sh(stranger, "ping -c 1 -W 2 " + address).code()).isNotZero();
            assertThatThrownBy(() -> engine().removeNetwork("contract-a", context))
                    .isInstanceOf(EngineException.class);
        } finally {
            removeAll();
            made.clear();
            engine().removeNetwork("contract-a", context);
            engine().removeNetwork("contract-b", context);
        }
        assertThat(engine().networks(context)).doesNotContain("contract-a", "contract-b");
    }

    @Test
    void publishesPorts() throws Exception {
        assumeCan(EngineCapability.PUBLISHED_PORTS);
        Container container = start(spec("ports")
                .network(NetworkSpec.OUTGOING)
                .port(new PortMapping(0, 7009))
                .build());
        int port = container.ports().get(0).hostPort();
        assertThat(port).isPositive();
        try (ContainerProcess server = container.exec(ExecSpec.of("nc", "-ll", "-p", "7009", "-e", "cat"), context)) {
            eventually(
                    "a listening port",
                    () -> sh(container, "grep -q ':1B61 ' /proc/net/tcp /proc/net/tcp6")
                                    .code()
                            == 0);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("ahoy\n".getBytes(StandardCharsets.UTF_8));
                assertThat(new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
                        .isEqualTo("ahoy\n");
            }
        }
        container.stop(Duration.ZERO, context);
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void hasAWayOut() throws Exception {
        assumeCan(EngineCapability.OUTGOING_NETWORK);
        Container container =
                start(spec("outgoing").network(NetworkSpec.OUTGOING).build());
        // A name server and a default route; whether anything outside answers is not this test's business.
        assertThat(sh(container, "grep -q nameserver /etc/resolv.conf && grep -q '00000000' /proc/net/route")
                        .code())
                .isZero();
        assertThat(sh(container, "ping -c 1 -W 2 outgoing").code()).isZero();
    }
}
