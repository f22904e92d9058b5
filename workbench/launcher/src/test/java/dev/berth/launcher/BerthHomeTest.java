/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BerthHomeTest {

    private static final Map<String, String> LINUX = Map.of("os.name", "Linux", "user.home", "/home/ada");

    @TempDir
    Path install;

    @Test
    void aUserWhomTheSystemDoesNotListHasTheHomeOfTheEnvironment() {
        assertThat(BerthHome.platform(Map.of("HOME", "/home/ada"), Map.of("os.name", "Linux", "user.home", "?")))
                .isEqualTo(Path.of("/home/ada/.local/share/berth"));
    }

    @Test
    void theCommandLineWins() {
        assertThat(BerthHome.find(Path.of("/x/../y"), install, Map.of("BERTH_HOME", "/z"), LINUX))
                .isEqualTo(Path.of("/y").toAbsolutePath());
    }

    @Test
    void theEnvironmentWinsOverAPortableInstall() throws IOException {
        makePortable();
        assertThat(BerthHome.find(null, install, Map.of("BERTH_HOME", "/z"), LINUX))
                .isEqualTo(Path.of("/z").toAbsolutePath());
    }

    @Test
    void aPortableInstallKeepsItsDataBesideItself() throws IOException {
        makePortable();
        assertThat(BerthHome.find(null, install, Map.of("BERTH_HOME", " "), LINUX))
                .isEqualTo(install.resolve("data"));
    }

    @Test
    void linuxFollowsTheXdgSpecification() {
        assertThat(BerthHome.find(null, install, Map.of("XDG_DATA_HOME", "/xdg"), LINUX))
                .isEqualTo(Path.of("/xdg/berth"));
        assertThat(BerthHome.find(null, install, Map.of("XDG_DATA_HOME", "relative"), LINUX))
                .isEqualTo(Path.of("/home/ada/.local/share/berth"));
        assertThat(BerthHome.find(null, install, Map.of(), LINUX)).isEqualTo(Path.of("/home/ada/.local/share/berth"));
    }

    @Test
    void windowsAndMacHaveTheirOwnPlaces() {
        assertThat(BerthHome.find(
                        null,
                        install,
                        Map.of("LOCALAPPDATA", "/local"),
                        Map.of("os.name", "Windows 11", "user.home", "/users/ada")))
                .isEqualTo(Path.of("/local/Berth"));
        assertThat(BerthHome.find(null, install, Map.of(), Map.of("os.name", "Mac OS X", "user.home", "/users/ada")))
                .isEqualTo(Path.of("/users/ada/Library/Application Support/Berth"));
    }

    private void makePortable() throws IOException {
        Files.createFile(Files.createDirectories(install.resolve("conf")).resolve("portable"));
    }
}
