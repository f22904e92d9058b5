/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import dev.berth.api.error.EngineException;
import dev.berth.api.host.HostCheck;
import dev.berth.api.task.Registration;
import dev.berth.plugin.engine.wslc.internal.text.Version;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The binding of wslcsdk.dll against a fake of it that watches what its caller does. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SdkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Path newest;
    private static Path first;

    private FakeSdk fake;

    @BeforeAll
    static void compile() throws Exception {
        newest = FakeSdk.compile(folder, "wslcsdk.so");
        first = FakeSdk.compile(folder, "wslcsdk-3.0.1.so", "-DSDK_3_0_1");
    }

    @BeforeEach
    void load() throws Exception {
        fake = FakeSdk.load(newest);
    }

    private <T> T com(Callable<T> work) throws Exception {
        return fake.com().call(work);
    }

    private SdkSession session(boolean gpu) throws Exception {
        return com(() -> SdkSession.create(
                fake.library(), new SdkSettings.Session("Bürö", folder, 2, 2048, 60_000, 1L << 30, gpu)));
    }

    private static SdkSettings.Process process(String... command) {
        return new SdkSettings.Process(
                List.of(command), Map.of("PATH", "/usr/bin:/bin", "GREETING", "ahoi ü"), "/", true);
    }

    private static SdkSettings.Container container(String name) {
        return new SdkSettings.Container(
                "img:1",
                name,
                "harbour",
                "example",
                process("sleep", "1000"),
                true,
                List.of(new SdkSettings.Port(0, 3389), new SdkSettings.Port(8443, 443)),
                List.of(
                        new SdkSettings.Volume("C:\\Users\\Jo", "/host", true, false),
                        new SdkSettings.Volume("home", "/home", false, true)),
                List.of(),
                List.of(),
                false,
                false);
    }

    private static final Callbacks.ProgressListener SILENT = progress -> true;

    /** Notes what a process says. */
    private static final class Heard implements Callbacks.ProcessListener {
        private final StringBuffer out = new StringBuffer();
        private final StringBuffer error = new StringBuffer();
        private final BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        private volatile String thread = "";

        @Override
        public void output(boolean toError, byte[] bytes) {
            thread = Thread.currentThread().getName();
            (toError ? error : out).append(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void exited(int code) {
            codes.add(code);
        }
    }

    @Test
    void callsEveryFunction() throws Exception {
        assertThat(com(() -> fake.library().version())).isEqualTo(new Version(3, 0, 1));
        assertThat(com(() -> fake.library().missingComponents())).isZero();
        List<String> steps = new ArrayList<>();
        assertThat(com(() -> fake.library()
                        .install(3, false, (part, step, total) -> steps.add(part + ":" + step + "/" + total))))
                .as("restart needed")
                .isTrue();
        assertThat(steps).containsExactly("1:0/1", "1:1/1", "2:50/100");

        SdkSession session = session(false);
        BlockingQueue<Callbacks.CrashDump> crashes = new LinkedBlockingQueue<>();
        Registration listening = com(() -> session.onCrash(crashes::add));
        fake.tell("fake_crash");
        assertThat(crashes.poll(30, TimeUnit.SECONDS))
                .isEqualTo(new Callbacks.CrashDump("C:\\d.dmp", "dockerd", 4_000_000_000L, 11, 1_790_000_000));
        com(() -> {
            listening.close();
            listening.close();
            return 0;
        });
        images(session);
        com(() -> {
            session.createVolume(new SdkSettings.Disk("home", 1 << 30, true, 1000, 1000));
            session.deleteVolume("home");
            return 0;
        });
        containers(session);
        com(() -> {
            session.terminate();
            assertThat(session.awaitEnd(PATIENCE)).hasValue(1);
            session.close();
            session.close();
            return 0;
        });
        assertThatThrownBy(() -> com(() -> {
                    session.terminate();
                    return 0;
                }))
                .isInstanceOf(EngineException.class);
        for (Method method : WslcFunctions.class.getDeclaredMethods()) {
            assertThat(fake.calls(method.getName())).as(method.getName()).isPositive();
        }
        assertThat(WslcFunctions.class.getDeclaredMethods()).hasSize(65);
        fake.assertClean();
    }

    private void images(SdkSession session) throws Exception {
        Path archive = Files.writeString(folder.resolve("archive.tar"), "x");
        List<String> lines = new ArrayList<>();
        com(() -> {
            SdkImages images = session.images();
            assertThat(images.list()).isEmpty();
            String login = session.authenticate("registry", "me", "right");
            assertThat(login).isEqualTo("token-me");
            images.pull("private", login, line -> lines.add(line.id() + " " + line.status() + " " + line.current()));
            images.push("private", login, SILENT);
            images.importFile("img:1", archive, SILENT);
            images.loadFile(archive, SILENT);
            Pointer handle = fake.handle();
            images.importHandle("two:2", handle, 1, SILENT);
            images.loadHandle(handle, 1, SILENT);
            fake.library().kernel().CloseHandle(handle);
            images.tag("img:1", "other", "x");
            images.delete("two:2");
            assertThat(images.list())
                    .extracting(SdkSettings.Image::name)
                    .containsExactlyInAnyOrder("private", "img:1", "loaded:1", "loaded:2", "other:x");
            assertThat(images.list().get(0))
                    .isEqualTo(new SdkSettings.Image("private", "ab".repeat(32), 123_456_789_012L, 1_790_000_000));
            return 0;
        });
        assertThat(lines).hasSize(5).contains(" 1 0", "1a2b3c 3 3000000000", "1a2b3c 6 4000000000");
    }

    private void containers(SdkSession session) throws Exception {
        SdkContainer container = com(() -> session.create(container("one")));
        Heard init = new Heard();
        com(() -> {
            assertThat(container.state()).isEqualTo(1);
            container.start(init);
            assertThat(container.state()).isEqualTo(2);
            assertThat(container.id()).matches("[0-9a-f]{64}");
            assertThat(container.inspect())
                    .contains("\"Host\":\"harbour.example\"", "bridge", "127.1:0:3389", "127.1:8443:443")
                    .contains("C:\\Users\\Jo>/host:ro", "home=/home");
            try (SdkProcess process = container.initProcess()) {
                assertThat(process.pid()).isPositive();
                assertThat(process.state()).isEqualTo(1);
                assertThatThrownBy(process::exitCode).isInstanceOf(EngineException.class);
            }
            return 0;
        });
        Heard heard = new Heard();
        SdkProcess talking =
                com(() -> container.exec(process("sh", "-c", "echo \"$GREETING\"; echo e >&2; exit 7"), heard));
        assertThat(heard.codes.poll(60, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(heard.out.toString()).isEqualTo("ahoi ü\n");
        assertThat(heard.error.toString()).isEqualTo("e\n");
        assertThat(heard.thread).startsWith("berth-wslc-library");
        com(() -> {
            assertThat(talking.awaitExit(PATIENCE)).isTrue();
            assertThat(talking.exitCode()).isEqualTo(7);
            talking.close();
            return 0;
        });
        com(() -> {
            try (SdkProcess cat = container.exec(process("cat"), null);
                    InputStream out = cat.stdout();
                    InputStream error = cat.stderr()) {
                try (OutputStream in = cat.stdin()) {
                    in.write("to and fro\n".getBytes(StandardCharsets.UTF_8));
                }
                assertThat(out.readAllBytes()).asString().isEqualTo("to and fro\n");
                assertThat(error.readAllBytes()).isEmpty();
                assertThatThrownBy(cat::stdout).as("taken twice").isInstanceOf(EngineException.class);
            }
            try (SdkProcess sleeping = container.exec(process("sleep", "1000"), null)) {
                assertThat(sleeping.awaitExit(Duration.ofMillis(1))).isFalse();
                sleeping.signal(15);
                assertThat(sleeping.awaitExit(PATIENCE)).isTrue();
                assertThat(sleeping.state()).isEqualTo(3);
            }
            try (SdkContainer again = session.open("one")) {
                assertThat(again.id()).isEqualTo(container.id());
            }
            container.stop(15, 10);
            container.delete(true);
            container.close();
            return 0;
        });
        assertThat(init.codes.poll(60, TimeUnit.SECONDS)).isEqualTo(-1);
        // What the capabilities are for; it is never started.
        com(() -> {
            SdkSettings.Container plain = container("two");
            try (SdkContainer capable = session.create(new SdkSettings.Container(
                    plain.image(),
                    plain.name(),
                    "",
                    "",
                    plain.process(),
                    false,
                    List.of(),
                    List.of(),
                    List.of("NET_ADMIN"),
                    List.of("CHOWN", "KILL"),
                    false,
                    true))) {
                assertThat(capable.inspect()).contains("+NET_ADMIN", "-CHOWN", "-KILL", "\"Flags\":1");
            }
            return 0;
        });
    }

    @Test
    void saysWhatWentWrongAndFreesTheMessage() throws Exception {
        SdkSession session = session(false);
        assertThatThrownBy(() -> com(() -> {
                    session.images().pull("none", "", SILENT);
                    return 0;
                }))
                .isInstanceOfSatisfying(EngineException.class, e -> {
                    assertThat(e.summary())
                            .isEqualTo(
                                    "The image none cannot be fetched. The session of WSL containers does not have the"
                                            + " image.");
                    assertThat(e.detail()).contains("Kein solches Abbild.");
                });
        assertThatThrownBy(() -> com(() -> session.authenticate("r", "me", "wrong")))
                .hasMessageContaining("Windows refused access");
        assertThatThrownBy(() -> com(() -> session.create(container("x"))))
                .hasMessageContaining("does not have the image");
        assertThatThrownBy(() -> com(() -> SdkSession.create(
                        fake.library(), new SdkSettings.Session("wslc-cli-x", folder, 0, 0, 0, 0, false))))
                .hasMessageContaining("belongs to the command wslc");
        AtomicInteger lines = new AtomicInteger();
        assertThatThrownBy(() -> com(() -> {
                    session.images().pull("img:1", "", line -> lines.incrementAndGet() < 3);
                    return 0;
                }))
                .hasMessageContaining("It was cancelled.");
        assertThat(lines).hasValue(3);
        assertThatThrownBy(() -> com(() -> {
                    session.images().pull("img:1", "", line -> {
                        throw new IllegalStateException("from a listener");
                    });
                    return 0;
                }))
                .hasMessageContaining("It was cancelled.");
        com(() -> {
            session.images().pull("img:1", "", SILENT);
            return 0;
        });
        SdkContainer one = com(() -> session.create(container("one")));
        assertThatThrownBy(() -> com(() -> session.create(container("one")))).hasMessageContaining("exists already");
        assertThatThrownBy(() -> com(() -> session.open("nobody"))).hasMessageContaining("There is no such container");
        assertThatThrownBy(() -> com(() -> one.exec(process("true"), new Heard())))
                .hasMessageContaining("does not run");
        com(() -> {
            one.close();
            session.close();
            return 0;
        });
        assertThat(Callbacks.listeners()).isZero();
        fake.assertClean();
    }

    @Test
    void lateCallbacksAreHarmless() throws Exception {
        SdkSession session = session(false);
        com(() -> {
            session.images().pull("img:1", "", SILENT);
            return 0;
        });
        SdkContainer container = com(() -> session.create(container("one")));
        com(() -> {
            container.start();
            return 0;
        });
        Heard heard = new Heard();
        SdkProcess process = com(() -> container.exec(process("sh", "-c", "echo on; exec sleep 1000"), heard));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (heard.out.length() == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
        com(() -> {
            process.close();
            container.close();
            session.close();
            return 0;
        });
        System.gc();
        fake.tell("fake_late");
        assertThat(heard.out.toString()).isEqualTo("on\n");
        assertThat(heard.codes).isEmpty();
        fake.assertClean();
    }

    @Test
    void releasingWaitsForCalls() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger released = new AtomicInteger();
        NativeHandle handle = new NativeHandle(new Pointer(1), pointer -> released.incrementAndGet());
        Thread user = new Thread(() -> {
            try {
                handle.use(pointer -> {
                    inside.countDown();
                    boolean told = false;
                    while (!told) {
                        told = leave.getCount() == 0;
                        Thread.onSpinWait();
                    }
                    assertThat(released).hasValue(0);
                    return 0;
                });
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        user.start();
        inside.await();
        Thread closer = new Thread(handle::close);
        closer.start();
        while (closer.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        leave.countDown();
        closer.join();
        user.join();
        handle.close();
        assertThat(released).hasValue(1);
    }

    @Test
    void worksWithTheFirstRelease() throws Exception {
        fake = FakeSdk.load(first);
        assertThat(fake.library().has("WslcSetProcessSettingsFlags")).isTrue();
        assertThat(fake.library().has("WslcSetContainerSettingsCapabilityDrops"))
                .isFalse();
        SdkSession session = session(true);
        com(() -> {
            session.images().pull("img:1", "", SILENT);
            return 0;
        });
        containersOfTheFirstRelease(session);
        fake.assertClean();
    }

    private void containersOfTheFirstRelease(SdkSession session) throws Exception {
        SdkSettings.Container plain = container("one");
        assertThatThrownBy(() -> com(() -> session.create(new SdkSettings.Container(
                        plain.image(),
                        "cap",
                        "",
                        "",
                        plain.process(),
                        false,
                        List.of(),
                        List.of(),
                        List.of("X"),
                        List.of(),
                        true,
                        false))))
                .hasMessageContaining("cannot do that yet");
        com(() -> {
            try (session;
                    SdkContainer container = session.create(plain)) {
                assertThat(container.inspect()).contains("127.1:8443:443");
            }
            return 0;
        });
    }

    @Test
    void refusesWhatIsNoLibrary() throws Exception {
        assertThatThrownBy(() -> WslcLibrary.open(Path.of("wslcsdk.dll"))).hasMessageContaining("does not exist");
        Path text = Files.writeString(folder.resolve("text.so"), "no library");
        assertThatThrownBy(() -> WslcLibrary.open(text)).hasMessageContaining("cannot be loaded");
        Files.writeString(folder.resolve("empty.c"), "int other(void) { return 0; }\n");
        FakeSdk.run(folder, "cc", "-shared", "-fPIC", "-o", "empty.so", "empty.c");
        assertThatThrownBy(() -> WslcLibrary.open(folder.resolve("empty.so"))).hasMessageContaining("no wslcsdk.dll");
        // A thread that is not COM's.
        assertThatThrownBy(() -> fake.library().version()).hasMessageContaining("was not made ready");
    }

    @Test
    void tellsDoctor() throws Exception {
        String own = newest.toString();
        assertThat(SdkCheck.look(own, own, own)).isEqualTo(HostCheck.ok("wslcsdk", "The library finds WSL 3.0.1."));
        assertThat(SdkCheck.missing(7).detail()).contains("older than this WSL accepts");
        assertThat(SdkCheck.missing(3).detail()).contains("Virtual Machine Platform");
        assertThat(SdkCheck.missing(2).fix().hostCommand()).contains("--install");
    }

    @Test
    void leaksNothing() throws Exception {
        rounds(50);
    }

    @Test
    @Tag("long")
    @Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void leaksNothingInTenThousandRounds() throws Exception {
        rounds(1_000);
        fake = FakeSdk.load(newest);
        long before = nativeBytes();
        rounds(10_000);
        // Each round takes and gives back more than ten kilobytes: a leak of one in twenty bytes would be seen.
        assertThat(nativeBytes() - before).isLessThan(5_000_000);
    }

    private void rounds(int count) throws Exception {
        int files = openFiles();
        for (int i = 0; i < count; i++) {
            SdkSession session = session(false);
            Heard heard = new Heard();
            com(() -> {
                session.images().pull("img:1", "", SILENT);
                assertThat(session.images().list()).hasSize(1);
                try (SdkContainer container = session.create(container("one"))) {
                    container.start();
                    try (SdkProcess process = container.exec(process("true"), heard)) {
                        assertThat(process.awaitExit(PATIENCE)).isTrue();
                    }
                    container.delete(true);
                }
                assertThatThrownBy(() -> session.open("none")).isInstanceOf(EngineException.class);
                session.close();
                return 0;
            });
            assertThat(heard.codes.poll(60, TimeUnit.SECONDS)).isZero();
        }
        assertThat(Callbacks.listeners()).isZero();
        assertThat(openFiles()).isLessThan(files + 5);
        fake.assertClean();
    }

    private static int openFiles() throws Exception {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        }
    }

    /** What is taken from the C library's heap in this process, by glibc's mallinfo2; Java's own heap is not in it. */
    private static long nativeBytes() {
        System.gc();
        return NativeLibrary.getInstance("c").getFunction("mallinfo2").invoke(MallocInfo.class, new Object[0])
                        instanceof MallocInfo info
                ? info.used + info.mapped
                : 0;
    }

    /** Mallinfo2(3). */
    @Structure.FieldOrder({"arena", "ordinary", "small", "blocks", "mapped", "zero", "freeFast", "used", "free", "top"})
    public static final class MallocInfo extends Structure implements Structure.ByValue {
        public long arena;
        public long ordinary;
        public long small;
        public long blocks;
        public long mapped;
        public long zero;
        public long freeFast;
        public long used;
        public long free;
        public long top;
    }
}
