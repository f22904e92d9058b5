/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the real launcher over updates that lie in the home as {@code berth update} leaves them. */
class UpdatesTest {

    @TempDir
    Path temp;

    private Path home;
    private TestInstall install;

    @BeforeEach
    void layOut() throws IOException {
        home = temp.resolve("home");
        install = new TestInstall(temp.resolve("install"), home);
    }

    /** Puts an update into the home, made for the build {@code base} of the installation. */
    private void update(String base, String imports) throws IOException {
        Path tree = home.resolve("updates/trees/2.0-new");
        Files.createDirectories(tree.resolve("conf"));
        Files.writeString(tree.resolve("conf/base.id"), base + "\n");
        Files.writeString(tree.resolve("conf/build.id"), "new\n");
        Files.writeString(tree.resolve("conf/bundles.list"), "50 bundles/app.jar\n50 bundles/extra.jar\n");
        Files.writeString(tree.resolve("conf/system.packages"), "org.slf4j;version=\"2.0.20\"\n");
        TestInstall.jar(tree.resolve("bundles/app.jar"), "app", "2.0", "org.osgi.framework", true);
        TestInstall.jar(tree.resolve("bundles/extra.jar"), "extra", "2.0", imports, false);
        Files.writeString(home.resolve("updates/current"), "2.0-new\n");
    }

    @Test
    void runsTheBundlesOfTheUpdate() throws Exception {
        update("test", "");
        var outcome = install.run();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isEqualTo(7);
        assertThat(outcome.out()).contains("bundle app 2.0.0 32", "bundle extra 2.0.0 32");
    }

    @Test
    void anUpdateOfAnotherInstallationIsPassedOver() throws Exception {
        update("another", "");
        var outcome = install.run();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("bundle app 1.0.0 32");
        assertThat(home.resolve("updates/current")).exists();
    }

    @Test
    void anUpdateThatDoesNotStartIsTakenBack() throws Exception {
        update("test", "no.such.thing");
        var outcome = install.run();
        assertThat(outcome.err())
                .startsWith("berth: warning: The update 2.0-new does not start and is taken back: ")
                .contains("extra", "no.such.thing");
        assertThat(outcome.code()).isEqualTo(7);
        assertThat(outcome.out()).contains("bundle app 1.0.0 32");
        assertThat(install.run().err()).isEmpty();
    }

    @Test
    void namesThatLeadElsewhereAreNoUpdates() throws Exception {
        update("test", "");
        Files.writeString(home.resolve("updates/current"), "../trees/2.0-new\n");
        assertThat(install.run().out()).contains("bundle app 1.0.0 32");
    }
}
