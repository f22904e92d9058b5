/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.platform.home.BerthHome;
import dev.berth.platform.settings.SettingsStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonSettingsStoreTest {

    @TempDir
    Path folder;

    private BerthHome home;
    private JsonSettingsStore store;

    @BeforeEach
    void open() {
        home = new BerthHome(folder);
        store = new JsonSettingsStore(home);
    }

    @Test
    void keepsValuesAndSeesThoseOfAnotherProcess() throws Exception {
        store.update("dev.berth.shell", Map.of("theme", "dark", "scale", 1.25, "recent", List.of("a", "b")));
        JsonSettingsStore other = new JsonSettingsStore(home);
        assertThat(other.page("dev.berth.shell"))
                .containsEntry("theme", "dark")
                .containsEntry("scale", 1.25)
                .containsEntry("recent", List.of("a", "b"));
        Map<String, Object> removal = new HashMap<>();
        removal.put("scale", null);
        other.update("dev.berth.shell", removal);
        assertThat(store.page("dev.berth.shell")).containsOnlyKeys("theme", "recent");
    }

    @Test
    void ignoresABrokenFileAndSetsItAsideBeforeWriting() throws Exception {
        Files.createDirectories(home.settings());
        Path file = home.settings().resolve("p.json");
        Files.writeString(file, "{ not json");
        assertThat(store.page("p")).isEmpty();
        store.update("p", Map.of("a", true));
        assertThat(store.page("p")).containsExactly(Map.entry("a", true));
        assertThat(home.settings().resolve("p.json.broken")).hasContent("{ not json");
    }

    @Test
    void settingsThatArePassedOnDoNotSayWhomToTrust() throws Exception {
        store.update("dev.berth.shell", Map.of("theme", "dark"));
        store.update(SettingsStore.TRUST + "displays", Map.of("host:1", "SHA256:mine"));
        Path document = folder.resolve("document.json");
        store.exportTo(document);
        assertThat(document).content().contains("dark").doesNotContain("SHA256");

        Files.writeString(document, """
                {"trust.displays": {"host:1": "SHA256:theirs", "host:2": "SHA256:theirs"}, "dev.berth.shell": {"theme": "light"}}
                """);
        assertThat(store.importFrom(document)).containsExactly("dev.berth.shell");
        assertThat(store.page("dev.berth.shell")).containsEntry("theme", "light");
        assertThat(store.page(SettingsStore.TRUST + "displays")).containsExactly(Map.entry("host:1", "SHA256:mine"));
    }

    @Test
    void refusesPageNamesThatLeaveTheFolder() {
        assertThatThrownBy(() -> store.page("../x")).isInstanceOf(IllegalArgumentException.class);
    }
}
