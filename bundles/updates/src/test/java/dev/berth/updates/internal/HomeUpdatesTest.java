/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.updates.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.ParameterizedTest.DISPLAY_NAME_PLACEHOLDER;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.internal.JsonSettingsStore;
import dev.berth.updates.Release;
import dev.berth.updates.SoftwareUpdates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeUpdatesTest {

    private static final String THEN = "2026-11-01T00:00:00Z";
    private static final String LATER = "2026-11-02T00:00:00Z";

    @TempDir
    Path temp;

    private Path install;
    private Path updates;
    private TestSite site;
    private JsonSettingsStore settings;
    private HomeUpdates berth;

    @BeforeEach
    void layOut() throws Exception {
        install = temp.resolve("install");
        for (Map.Entry<String, byte[]> file : files("one").entrySet()) {
            Path target = install.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        Files.writeString(install.resolve("conf/build.id"), "b1\n");
        site = new TestSite();
        BerthHome home = new BerthHome(temp.resolve("home"));
        updates = home.root().resolve("updates");
        settings = new JsonSettingsStore(home);
        set(SoftwareUpdates.ADDRESS, site.address());
        set(SoftwareUpdates.KEY, site.key());
        berth = new HomeUpdates(home, settings, install);
    }

    private void set(String key, String value) throws BerthException {
        settings.update(SoftwareUpdates.PAGE, Map.of(key, value));
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** A Berth of which one plugin has the given content. */
    private static Map<String, byte[]> files(String plugin) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("lib/berth.jar", "launcher".getBytes(UTF_8));
        files.put("bundles/a.jar", "a".repeat(100_000).getBytes(UTF_8));
        files.put("plugins/p.jar", plugin.getBytes(UTF_8));
        files.put("conf/bundles.list", "10 bundles/a.jar\n40 plugins/p.jar\n".getBytes(UTF_8));
        files.put("conf/jvm.options", "-Xshare:auto\n".getBytes(UTF_8));
        return files;
    }

    /** A newer Berth; the build of a real one is in its files too. */
    private static Map<String, byte[]> newer(String plugin, String build) {
        Map<String, byte[]> files = files(plugin);
        files.put("conf/build.id", (build + "\n").getBytes(UTF_8));
        return files;
    }

    private String current() throws IOException {
        Path file = updates.resolve("current");
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    private void assertRefused(String part) throws IOException {
        assertThatThrownBy(() -> berth.take(TaskContext.silent()))
                .isInstanceOf(BerthException.class)
                .hasMessageContaining(part);
        assertThat(current()).isEmpty();
    }

    @Test
    void bringsOnlyWhatHasChanged() throws Exception {
        site.offer("2.0", "b2", THEN, newer("two", "b2"));
        Release offered = berth.check(TaskContext.silent());
        assertThat(offered).isEqualTo(new Release("2.0", "b2", Instant.parse(THEN), true, 3 + 3));
        assertThat(site.asked).noneMatch(path -> path.startsWith("files/"));

        assertThat(berth.take(TaskContext.silent())).isEqualTo(offered);
        assertThat(site.asked).filteredOn(path -> path.startsWith("files/")).hasSize(2);
        assertThat(current()).isEqualTo("2.0-b2");
        Path tree = updates.resolve("trees/2.0-b2");
        assertThat(tree.resolve("plugins/p.jar")).hasContent("two");
        assertThat(tree.resolve("bundles/a.jar")).hasSameBinaryContentAs(install.resolve("bundles/a.jar"));
        assertThat(tree.resolve("conf/base.id")).hasContent("b1\n");
        assertThat(tree.resolve("lib")).doesNotExist();
        assertThat(install.resolve("plugins/p.jar")).hasContent("one");
        assertThat(updates.resolve("files")).doesNotExist();

        assertThat(berth.take(TaskContext.silent()).newer()).isFalse();
    }

    @Test
    void goesBackOneStepAndThenToWhatWasInstalled() throws Exception {
        site.offer("2.0", "b2", THEN, newer("two", "b2"));
        berth.take(TaskContext.silent());
        site.offer("3.0", "b3", LATER, newer("three", "b3"));
        berth.take(TaskContext.silent());
        assertThat(berth.goBack()).isEqualTo("2.0-b2");
        assertThat(current()).isEqualTo("2.0-b2");
        assertThat(berth.goBack()).isEmpty();
        assertThat(current()).isEmpty();
        assertThatThrownBy(() -> berth.goBack()).hasMessageContaining("Berth runs as installed");
    }

    @Test
    void keepsTheBerthBeforeAndNoOlderOne() throws Exception {
        for (int n = 2; n < 6; n++) {
            site.offer(n + ".0", "b" + n, "2026-11-0" + n + "T00:00:00Z", newer("v" + n, "b" + n));
            berth.take(TaskContext.silent());
        }
        try (Stream<Path> trees = Files.list(updates.resolve("trees"))) {
            assertThat(trees.map(tree -> tree.getFileName().toString())).containsExactlyInAnyOrder("4.0-b4", "5.0-b5");
        }
    }

    @Test
    void whatHasArrivedIsNotFetchedAgain() throws Exception {
        Map<String, byte[]> files = newer("two", "b2");
        site.offer("2.0", "b2", THEN, files);
        Map<String, byte[]> all = Map.copyOf(site.content);
        String plugin = "files/" + digest("two".getBytes(UTF_8));
        site.content.remove(plugin);
        assertThatThrownBy(() -> berth.take(TaskContext.silent())).hasMessageContaining("404");
        assertThat(current()).isEmpty();

        site.content.putAll(all);
        site.asked.clear();
        berth.take(TaskContext.silent());
        assertThat(site.asked).filteredOn(path -> path.startsWith("files/")).containsExactly(plugin);
    }

    private static String digest(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(Digests.sha256().digest(bytes));
    }

    @Test
    void isOffUntilASiteIsNamed() throws Exception {
        set(SoftwareUpdates.ADDRESS, "");
        assertRefused("Updates are off");
    }

    @ParameterizedTest(name = DISPLAY_NAME_PLACEHOLDER + " {0}")
    @ValueSource(strings = {"ftp://127.0.0.1/x", "http://berth.example/", "nothing", "http://127.0.0.1.example/", "::"})
    void doesNotAskWhereOthersCouldAnswer(String address) throws Exception {
        set(SoftwareUpdates.ADDRESS, address);
        assertRefused("An update site is not found at");
    }

    @Test
    void aSiteThatCannotBeIsNotRemembered() throws Exception {
        assertThatThrownBy(() -> berth.site("ftp://nowhere/", null)).hasMessageContaining("not found at");
        assertThatThrownBy(() -> berth.site(null, "no key")).hasMessageContaining("no Ed25519 public key");
        site.offer("2.0", "b2", THEN, newer("two", "b2"));
        assertThat(berth.check(TaskContext.silent()).build()).isEqualTo("b2");
        berth.site("", null);
        assertRefused("Updates are off");
        berth.site(site.address(), null);
        assertThat(berth.check(TaskContext.silent()).build()).isEqualTo("b2");
    }

    @Test
    void readsFolders() throws Exception {
        Path folder = temp.resolve("a site");
        Files.createDirectories(folder.resolve("files"));
        site.offer("2.0", "b2", THEN, newer("two", "b2"));
        for (Map.Entry<String, byte[]> file : site.content.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        set(SoftwareUpdates.ADDRESS, folder.toUri().toString());
        assertThat(berth.take(TaskContext.silent()).build()).isEqualTo("b2");
    }

    @Test
    void listsOfOthersAreRefused() throws Exception {
        site.offer("2.0", "b2", THEN, newer("two", "b2"));
        byte[] list = Objects.requireNonNull(site.content.get(ReleaseList.NAME));
        list[list.length - 3] ^= 1;
        assertRefused("is not signed with the key");
        try (TestSite other = new TestSite()) {
            set(SoftwareUpdates.KEY, other.key());
            site.offer("2.0", "b2", THEN, newer("two", "b2"));
            assertRefused("is not signed with the key");
        }
        set(SoftwareUpdates.KEY, "AAAA");
        assertRefused("no Ed25519 public key");
    }

    @Test
    void filesThatTheListDoesNotNameAreRefused() throws Exception {
        site.offer("2.0", "b2", THEN, newer("two", "b2"));
        String plugin = "files/" + digest("two".getBytes(UTF_8));
        for (String wrong : List.of("owt", "two and more", "t", "")) {
            site.content.put(plugin, wrong.getBytes(UTF_8));
            assertRefused(wrong.isEmpty() ? "is not the file" : "is not the file that the signed list names");
        }
        site.content.put(plugin, "two".getBytes(UTF_8));
        assertThat(berth.take(TaskContext.silent()).build()).isEqualTo("b2");
    }

    @ParameterizedTest(name = DISPLAY_NAME_PLACEHOLDER + " {0}")
    @ValueSource(
            strings = {
                "bundles/../../x.jar",
                "/etc/passwd",
                "plugins/.hidden.jar",
                "bin/berth",
                "conf/../x.list",
                "bundles\\\\x.jar",
                "runtime/bin/java"
            })
    void namesOfFilesStayInTheirFolders(String name) throws Exception {
        site.offer("{\"format\": 1, \"version\": \"2.0\", \"build\": \"b2\", \"issued\": \"" + THEN
                + "\", \"files\": {\"" + name + "\": {\"size\": 0, \"sha256\": \"" + "0".repeat(64) + "\"}}}");
        assertRefused("file name that is none");
    }

    @ParameterizedTest(name = DISPLAY_NAME_PLACEHOLDER + " {0}")
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"format\": 2}",
                "{\"format\": 1, \"version\": \"../x\", \"build\": \"b\", \"issued\": \"2026-11-01T00:00:00Z\", \"files\": {}}",
                "{\"format\": 1, \"version\": \"1\", \"build\": \"b\", \"issued\": \"yesterday\", \"files\": {\"lib/a.jar\": {\"size\": 1}}}",
                "{\"format\": 1, \"version\": \"1\", \"build\": \"b\", \"issued\": \"2026-11-01T00:00:00Z\", \"files\": {\"lib/a.jar\": {\"size\": -1}}}"
            })
    void listsThatMakeNoSenseAreRefused(String list) throws Exception {
        site.offer(list);
        assertRefused("The update site's list");
    }

    @Test
    void anOlderListIsRefusedAndOneFromTheFutureToo() throws Exception {
        site.offer("3.0", "b3", LATER, newer("three", "b3"));
        berth.check(TaskContext.silent());
        site.offer("2.0", "b2", THEN, newer("two", "b2"));
        assertRefused("this home has seen one of " + LATER);
        site.offer("9.0", "b9", Instant.now().plus(Duration.ofDays(9)).toString(), newer("nine", "b9"));
        assertRefused("in the future");
    }

    @Test
    void anotherLauncherComesAsAPackage() throws Exception {
        Map<String, byte[]> files = newer("two", "b2");
        files.put("lib/berth.jar", "another".getBytes(UTF_8));
        site.offer("2.0", "b2", THEN, files);
        assertRefused("has another launcher (lib/berth.jar)");
    }

    @Test
    void anInstallationThatHasChangedRunsItself() throws Exception {
        site.offer("2.0", "b2", THEN, newer("two", "b2"));
        berth.take(TaskContext.silent());
        Files.writeString(install.resolve("conf/build.id"), "b9\n");
        assertThat(berth.check(TaskContext.silent()).newer()).isTrue();
        assertThatThrownBy(() -> berth.goBack()).hasMessageContaining("Berth runs as installed");
        berth.take(TaskContext.silent());
        assertThat(updates.resolve("trees/2.0-b2/conf/base.id")).hasContent("b9\n");
    }
}
