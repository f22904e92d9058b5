/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.image.Platform;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.rootfs.debian.internal.repository.FileServer;
import dev.berth.plugin.rootfs.debian.internal.repository.SigningKey;
import dev.berth.plugin.rootfs.debian.internal.repository.TestRepository;
import dev.berth.plugin.rootfs.debian.internal.repository.Tools;
import dev.berth.testkit.rootfs.FolderImageWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Has the host's dpkg go on in the trees that were written, as dpkg inside will. */
class DpkgTakesOverTest {

    private static final String DIVERTS = """
            #!/bin/sh
            set -e
            dpkg-divert --package better --add --rename --divert /usr/bin/tool.plain /usr/bin/tool
            """;

    @TempDir
    static Path archive;

    private static SigningKey key;
    private static TestRepository repository;
    private static FileServer server;

    @TempDir
    Path folder;

    private int count;

    @BeforeAll
    static void publish() throws Exception {
        key = new SigningKey(archive);
        repository = new TestRepository(archive)
                .add("base-files", "12", "Essential: yes\nPriority: required", Map.of("etc/os-release", "ID=debian\n"))
                .add("tool", "1.0", "", Map.of("usr/bin/tool", "plain\n"))
                .add("better", "1.0", "Depends: tool", Map.of("usr/bin/tool", "better\n", "DEBIAN/preinst", DIVERTS))
                .add("old", "1.0", "", Map.of("usr/share/moved", "old\n", "usr/share/stays", "old\n"))
                .add(
                        "new",
                        "2.0",
                        "Replaces: old (<< 2.0)\nDepends: old",
                        Map.of(
                                "usr/share/moved",
                                "new\n",
                                "etc/new.conf",
                                "a=b\n",
                                "DEBIAN/conffiles",
                                "/etc/new.conf\n"))
                .add(
                        "waits",
                        "1.0",
                        "Multi-Arch: same\nPre-Depends: tool",
                        Map.of(
                                "DEBIAN/triggers",
                                "interest-noawait /usr/share\n",
                                "DEBIAN/postinst",
                                "#!/bin/sh\necho \"$1\" >> \"$DPKG_ROOT/seen\"\n"))
                .publish(key);
        server = new FileServer(archive);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
        key.close();
    }

    @Test
    void packagesAreConfigured() throws Exception {
        Path tree = tree("new", "waits");

        dpkg(tree, "--configure", "--pending");

        assertThat(dpkg(tree, "--audit")).isEmpty();
        assertThat(query(tree, "base-files", "new", "old", "tool", "waits")).containsOnly("install ok installed");
        assertThat(tree.resolve("usr/share/moved")).hasContent("new");
        assertThat(dpkg(tree, "--search", "/usr/share/moved").strip()).isEqualTo("new: /usr/share/moved");
        assertThat(dpkg(tree, "--search", "/usr/share/stays").strip()).isEqualTo("old: /usr/share/stays");
        assertThat(dpkg(tree, "--verify")).isEmpty();
        assertThat(tree.resolve("seen")).hasContent("configure");
        assertThat(tree.resolve("etc/new.conf")).hasContent("a=b");
    }

    @Test
    void packagesAreRemovedWithWhatTheyBrought() throws Exception {
        Path tree = tree("new");
        dpkg(tree, "--configure", "--pending");

        dpkg(tree, "--purge", "new");

        assertThat(tree.resolve("usr/share/moved")).doesNotExist();
        assertThat(tree.resolve("etc/new.conf")).doesNotExist();
        assertThat(tree.resolve("usr/share/stays")).exists();
    }

    @Test
    void aPackageThatDivertsIsLeftToDpkg() throws Exception {
        Path tree = tree("better");
        Path setup = tree.resolve("var/lib/berth-setup");
        assertThat(tree.resolve("usr/bin/tool")).hasContent("plain");
        assertThat(Files.readString(setup.resolve("plan"))).contains("unpack better.deb\n");

        dpkg(tree, "--unpack", setup.resolve("better.deb").toString());
        dpkg(tree, "--configure", "--pending");

        assertThat(tree.resolve("usr/bin/tool")).hasContent("better");
        assertThat(tree.resolve("usr/bin/tool.plain")).hasContent("plain");
        assertThat(dpkg(tree, "--audit")).isEmpty();
        assertThat(query(tree, "better", "tool")).containsOnly("install ok installed");
    }

    @Test
    void theLayerDoesNotDependOnWhatArrivesFirst() throws Exception {
        List<FolderImageWriter> written = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            Random random = new Random(round);
            server.mischief((exchange, file) -> {
                try {
                    Thread.sleep(random.nextInt(60));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return false;
            });
            written.add(fetch(folder.resolve("downloads-" + round), "new", "waits", "better"));
        }
        server.mischief((exchange, file) -> false);

        assertThat(written.stream().map(writer -> writer.layers().get(0).diffId()))
                .hasSize(3)
                .containsOnly(written.get(0).layers().get(0).diffId());
    }

    private static String dpkg(Path tree, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "dpkg",
                "--root=" + tree,
                "--force-script-chrootless",
                "--force-not-root",
                "--force-unsafe-io",
                "--log=/dev/null"));
        command.addAll(Arrays.asList(arguments));
        return Tools.run(tree, command.toArray(String[]::new));
    }

    private static List<String> query(Path tree, String... names) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("dpkg-query", "--admindir=" + tree.resolve("var/lib/dpkg"), "-W", "-f", "${Status}\\n"));
        command.addAll(Arrays.asList(names));
        List<String> states =
                Tools.run(tree, command.toArray(String[]::new)).lines().toList();
        assertThat(states).hasSameSizeAs(names);
        return states;
    }

    /** The tree of some packages, unpacked by the host's tar. */
    private Path tree(String... packages) throws Exception {
        FolderImageWriter writer = fetch(folder.resolve("downloads"), packages);
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Path layers = folder.resolve("layers-" + (count - 1));
        String layer = writer.layers().get(0).digest().hex();
        Tools.run(
                folder,
                "tar",
                "-C",
                tree.toString(),
                "-xf",
                layers.resolve(layer).toString());
        return tree;
    }

    private FolderImageWriter fetch(Path downloads, String... packages) throws Exception {
        Path etc = repository.hostSources(server.address("debian"), key.ring());
        DebianRootfsSource source = new DebianRootfsSource(etc, folder.resolve("cache"), Clock.systemUTC());
        RootfsResolution resolution = source.resolve(
                new RootfsRequest(
                        RootfsReference.parse("debian:" + TestRepository.SUITE),
                        new Platform("linux", "amd64", ""),
                        List.of(packages),
                        false,
                        Map.of()),
                TaskContext.silent());
        FolderImageWriter writer = new FolderImageWriter(folder.resolve("layers-" + count++), downloads);
        source.fetch(resolution, writer, TaskContext.silent());
        return writer;
    }
}
