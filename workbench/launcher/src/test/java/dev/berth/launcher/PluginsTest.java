/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Plugins that come, change, fail and go while the framework runs. */
class PluginsTest {

    private static final int LEVEL = 1;

    @TempDir
    Path temp;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private Felix framework;
    private BundleContext context;
    private Path folder;
    private UserPlugins plugins;

    @BeforeEach
    void start() throws Exception {
        framework = new Felix(
                Map.of(Constants.FRAMEWORK_STORAGE, temp.resolve("cache").toString()));
        framework.start();
        context = framework.getBundleContext();
        folder = Files.createDirectories(temp.resolve("plug ins"));
        plugins = UserPlugins.of(folder, warnings::add);
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(30_000);
    }

    private Optional<Bundle> find(String name) {
        return Arrays.stream(context.getBundles())
                .filter(each -> name.equals(each.getSymbolicName()))
                .findFirst();
    }

    private Bundle bundle(String name) {
        return find(name).orElseThrow();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("60 s are over").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private boolean active(String name, String version) {
        return find(name)
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE
                        && bundle.getVersion().toString().equals(version))
                .isPresent();
    }

    @Test
    void aRunningBerthFollowsItsFolder() throws Exception {
        try (PluginWatch watch = new PluginWatch(context, LEVEL)) {
            watch.follow(plugins);
            Path jar = TestBundles.write(folder.resolve("a.jar"), "a", "1.0.0", Map.of(), Map.of());
            await(() -> active("a", "1.0.0"));
            TestBundles.write(jar, "a", "2.0.0", Map.of("Comment", "longer"), Map.of());
            await(() -> active("a", "2.0.0"));
            Files.delete(jar);
            await(() -> find("a").isEmpty());
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void aJarThatWasChangedSinceItWasInstalledIsLeftOutAndTheOthersRun() throws Exception {
        Path jar = TestBundles.write(folder.resolve("a.jar"), "a", "1.0.0", Map.of(), Map.of());
        TestBundles.write(folder.resolve("b.jar"), "b", "1.0.0", Map.of(), Map.of());
        Path record = folder.resolve("a.properties");
        Files.writeString(record, "sha256=" + "0".repeat(64) + "\n");
        plugins.synchronise(context, LEVEL);
        plugins.synchronise(context, LEVEL);
        assertThat(find("a")).isEmpty();
        assertThat(active("b", "1.0.0")).isTrue();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("a.jar is left out: it is not the jar that was installed", "berth plugin rm a");

        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        Files.writeString(record, "sha256=" + "0".repeat(64) + "\nsha256.before=" + digest + "\n");
        plugins.synchronise(context, LEVEL);
        assertThat(active("a", "1.0.0")).isTrue();

        Files.writeString(record, "sha256=" + "0".repeat(64) + "\n");
        plugins.synchronise(context, LEVEL);
        assertThat(find("a")).isEmpty();
    }

    @Test
    void aBuildFolderMayHoldHalfWrittenJarsAndOtherThings() throws Exception {
        Path target = temp.resolve("target");
        Path whole = TestBundles.write(temp.resolve("whole.jar"), "dev", "1.0.0", Map.of(), Map.of());
        try (PluginWatch watch = new PluginWatch(context, LEVEL)) {
            watch.follow(UserPlugins.ofBuild(target, warnings::add));
            Files.writeString(target.resolve("notes.txt"), "no jar");
            byte[] bytes = Files.readAllBytes(whole);
            Files.write(target.resolve("dev.jar"), Arrays.copyOf(bytes, bytes.length / 2));
            Thread.sleep(300);
            assertThat(find("dev")).isEmpty();
            Files.write(target.resolve("dev.jar"), bytes);
            await(() -> active("dev", "1.0.0"));
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void aPluginThatThrowsAsItStartsIsNamedAndTheOthersRun() throws Exception {
        TestBundles.write(
                folder.resolve("bad.jar"),
                "bad",
                "1.0.0",
                Map.of("Bundle-Activator", "bad.Start", "Import-Package", "org.osgi.framework"),
                Map.of("bad.Start", """
                    package bad;
                    public class Start implements org.osgi.framework.BundleActivator {
                        public void start(org.osgi.framework.BundleContext c) { throw new Error("out of luck"); }
                        public void stop(org.osgi.framework.BundleContext c) {}
                    }
                    """));
        TestBundles.write(folder.resolve("good.jar"), "good", "1.0.0", Map.of(), Map.of());
        TestBundles.write(folder.resolve("lost.jar"), "lost", "1.0.0", Map.of("Import-Package", "no.such"), Map.of());
        Files.writeString(folder.resolve("text.jar"), "no jar");
        plugins.synchronise(context, LEVEL);
        assertThat(active("good", "1.0.0")).isTrue();
        assertThat(warnings)
                .hasSize(3)
                .anyMatch(text -> text.contains("text.jar is left out"))
                .contains(
                        "The plugin bad is left out: it fails as it starts: out of luck",
                        "The plugin lost is left out: it needs the package no.such, which nothing here offers.");
    }

    @Test
    void anActivatorThatBlocksForEverIsInterruptedAndNamedAndTheOthersRun() throws Exception {
        TestBundles.write(folder.resolve("good.jar"), "good", "1.0.0", Map.of(), Map.of());
        writeBlocking("a-blocks");
        plugins.limit(Duration.ofMillis(500)).synchronise(context, LEVEL);
        assertThat(active("good", "1.0.0")).isTrue();
        assertThat(warnings)
                .contains("The plugin a-blocks is left out: it fails as it starts: sleep interrupted")
                .anyMatch(text -> text.startsWith("The plugin a-blocks does not finish starting"));
    }

    @Test
    void anActivatorThatBlocksDoesNotKeepTheFrameworkFromStarting() throws Exception {
        stop();
        framework = new Felix(
                Map.of(Constants.FRAMEWORK_STORAGE, temp.resolve("another").toString()));
        framework.init();
        context = framework.getBundleContext();
        TestBundles.write(folder.resolve("good.jar"), "good", "1.0.0", Map.of(), Map.of());
        writeBlocking("a-blocks");
        plugins.synchronise(context, LEVEL);
        try (StartWatch watch = new StartWatch(context, folder, Duration.ofMillis(500), warnings::add)) {
            framework.start();
        }
        assertThat(active("good", "1.0.0")).isTrue();
        assertThat(active("a-blocks", "1.0.0")).isFalse();
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("The plugin a-blocks does not finish starting and is interrupted.");
    }

    private void writeBlocking(String name) throws Exception {
        TestBundles.write(
                folder.resolve(name + ".jar"),
                name,
                "1.0.0",
                Map.of("Bundle-Activator", "bad.Start", "Import-Package", "org.osgi.framework"),
                Map.of("bad.Start", """
                    package bad;
                    public class Start implements org.osgi.framework.BundleActivator {
                        public void start(org.osgi.framework.BundleContext c) throws Exception { Thread.sleep(3_600_000); }
                        public void stop(org.osgi.framework.BundleContext c) {}
                    }
                    """));
    }

    @Test
    void aHundredRoundsLeaveNoClassLoader() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        Path jar = TestBundles.write(
                temp.resolve("round.jar"),
                "round",
                "1.0.0",
                Map.of("Bundle-Activator", "round.Start", "Import-Package", "org.osgi.framework"),
                Map.of("round.Start", """
                    package round;
                    public class Start implements org.osgi.framework.BundleActivator {
                        public void start(org.osgi.framework.BundleContext c) {
                            c.registerService(Runnable.class, () -> {}, null);
                        }
                        public void stop(org.osgi.framework.BundleContext c) {}
                    }
                    """));
        for (int round = 0; round < 100; round++) {
            Files.copy(jar, folder.resolve("round.jar"));
            plugins.synchronise(context, LEVEL);
            loaders.add(loader(bundle("round")));
            Files.delete(folder.resolve("round.jar"));
            plugins.synchronise(context, LEVEL);
            assertThat(find("round")).isEmpty();
        }
        await(() -> {
            System.gc();
            return loaders.stream().allMatch(each -> each.get() == null);
        });
        assertThat(warnings).isEmpty();
    }

    private static WeakReference<ClassLoader> loader(Bundle bundle) throws Exception {
        return new WeakReference<>(bundle.loadClass("round.Start").getClassLoader());
    }

    @Test
    void twoVersionsOfALibraryRunSideBySide() throws Exception {
        for (String version : List.of("1.0.0", "2.0.0")) {
            String major = version.substring(0, 1);
            TestBundles.write(
                    folder.resolve("library-" + version + ".jar"),
                    "library",
                    version,
                    Map.of("Export-Package", "library;version=" + version),
                    Map.of(
                            "library.Version",
                            "package library; public class Version { public String toString() { return \"" + version
                                    + "\"; } }"));
            TestBundles.write(
                    folder.resolve("user" + major + ".jar"),
                    "user" + major,
                    "1.0.0",
                    Map.of(
                            "Import-Package",
                            "library;version=\"[" + major + "," + (Integer.parseInt(major) + 1) + ")\""),
                    Map.of());
        }
        plugins.synchronise(context, LEVEL);
        assertThat(warnings).isEmpty();
        for (String major : List.of("1", "2")) {
            Object version = bundle("user" + major)
                    .loadClass("library.Version")
                    .getConstructor()
                    .newInstance();
            assertThat(version).hasToString(major + ".0.0");
        }
    }

    /** The sentences a person reads when a plugin does not fit, all of them, as they were approved. */
    @Test
    void whatIsMissingIsExplained() throws Exception {
        Path home = temp.resolve("explained");
        install(home, "api", "1.2.0", Map.of("Export-Package", "dev.berth.api.display;version=1.2.0"));
        install(
                home,
                "lib",
                "1.1.0",
                Map.of("Export-Package", "org.lib;version=1.1.0,org.other;version=1.0.0;uses:=org.lib"));
        install(home, "lib2", "2.0.0", Map.of("Export-Package", "org.lib;version=2.0.0"));
        Map<String, Map<String, String>> cases = new LinkedHashMap<>();
        cases.put("missing-package", Map.of("Import-Package", "no.such"));
        cases.put("missing-package-version", Map.of("Import-Package", "no.such;version=\"[1.2,2)\""));
        cases.put("newer-berth", Map.of("Import-Package", "dev.berth.api.display;version=\"[1.3,2)\""));
        cases.put("older-berth", Map.of("Import-Package", "dev.berth.api.display;version=\"[0.9,1)\""));
        cases.put("other-version", Map.of("Import-Package", "org.lib;version=\"[3,4)\""));
        cases.put("missing-bundle", Map.of("Require-Bundle", "some.bundle;bundle-version=\"[1,2)\""));
        cases.put("bundle-version", Map.of("Require-Bundle", "lib;bundle-version=\"[5,6)\""));
        cases.put("fragment-host", Map.of("Fragment-Host", "some.host"));
        cases.put("newer-java", Map.of("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""));
        cases.put("capability", Map.of("Require-Capability", "some.thing;filter:=\"(some.thing=red)\""));
        cases.put("chain", Map.of("Import-Package", "middle"));
        cases.put("two-versions", Map.of("Import-Package", "org.other,org.lib;version=\"[2,3)\""));
        install(home, "middle", "1.0.0", Map.of("Export-Package", "middle", "Import-Package", "no.such"));
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Map<String, String>> each : cases.entrySet()) {
            Bundle bundle = install(home, each.getKey(), "1.0.0", each.getValue());
            boolean resolved = context.getBundle(0)
                    .adapt(org.osgi.framework.wiring.FrameworkWiring.class)
                    .resolveBundles(List.of(bundle));
            assertThat(resolved).as(each.getKey()).isFalse();
            text.append(each.getKey())
                    .append(": ")
                    .append(Unresolved.explain(bundle, context.getBundles())
                            .replace("Java " + Runtime.version().feature(), "Java N"))
                    .append('\n');
        }
        try (InputStream in = Objects.requireNonNull(PluginsTest.class.getResourceAsStream("explanations.txt"))) {
            assertThat(text.toString()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Bundle install(Path home, String name, String version, Map<String, String> headers) throws Exception {
        Path jar = TestBundles.write(home.resolve(name + ".jar"), name, version, headers, Map.of());
        return context.installBundle("reference:" + jar.toUri());
    }
}
