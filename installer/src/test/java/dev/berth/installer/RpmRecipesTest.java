/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes of Azure Linux and Fedora, built whole: on a small system with a real dnf, from a repository that has a package of
 * each name that they ask for. The repository is served in a network namespace that is gone with its server.
 */
@Tag("long")
@Timeout(1200)
class RpmRecipesTest {

    private static final String SERVER = "192.0.2.1:8000";

    @TempDir
    Path folder;

    /** Not a temporary folder of JUnit's: that warns of each link of the tree that points to a place outside. */
    private final Path home = Path.of("target", "rpm-home").toAbsolutePath();

    private Process server;
    private Berth berth;
    private Set<String> packages;

    @BeforeEach
    @Timeout(900)
    void prepare() throws Exception {
        removeHome();
        Files.createDirectories(home.resolve("recipes"));
        Berth plain = new Berth(home, folder);
        packages = new TreeSet<>();
        for (String recipe : List.of("xfce-rpm", "plasma-rpm")) {
            Berth.Outcome document = plain.run("recipe", "show", recipe);
            assertThat(document.code()).as(document.err()).isZero();
            Matcher lists = Pattern.compile("\"packages\":\\s*\\[([^]]*)]").matcher(document.out());
            while (lists.find()) {
                Matcher names = Pattern.compile("\"([^\"]+)\"").matcher(lists.group(1));
                while (names.find()) {
                    packages.add(names.group(1));
                }
            }
        }
        assertThat(packages).contains("tigervnc-server-minimal", "xfce4-session", "plasma-desktop");
        repository();
        run(
                "mmdebstrap",
                "-q",
                "--variant=essential",
                "--include=dnf,passwd,sudo,tzdata",
                "--dpkgopt=path-exclude=/usr/share/doc/*",
                "--dpkgopt=path-exclude=/usr/share/locale/*",
                "--dpkgopt=path-exclude=/usr/share/man/*",
                "bookworm",
                folder.resolve("base.tar").toString());
        server = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "--",
                        "sh",
                        "-ec",
                        "ip link set lo up; ip address add 192.0.2.1/32 dev lo; cd \"$1\";"
                                + " exec python3 -u -m http.server --bind 192.0.2.1 8000",
                        "sh",
                        folder.resolve("repository").toString())
                .redirectOutput(folder.resolve("served").toFile())
                .redirectErrorStream(true)
                .start();
        while (!Files.readString(folder.resolve("served")).contains("Serving")) {
            assertThat(server.isAlive())
                    .as(Files.readString(folder.resolve("served")))
                    .isTrue();
            Thread.sleep(20);
        }
        berth = new Berth(home, folder, List.of("nsenter", "--net=/proc/" + server.pid() + "/ns/net"));
    }

    @AfterEach
    void removeAll() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
        removeHome();
    }

    private void removeHome() throws IOException, InterruptedException {
        run("rm", "-rf", "--one-file-system", home.toString());
    }

    /** A package for each name, with one file in it. */
    private void repository() throws IOException, InterruptedException {
        StringBuilder spec = new StringBuilder("Name: peer\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\n"
                + "BuildArch: noarch\n%description\nx\n%install\nmkdir -p %{buildroot}/usr/share/peer\n");
        for (String name : packages) {
            spec.append("echo x > %{buildroot}/usr/share/peer/").append(name).append('\n');
        }
        for (String name : packages) {
            spec.append("%package -n ").append(name).append("\nSummary: x\n%description -n ");
            spec.append(name).append("\nx\n%files -n ").append(name).append("\n/usr/share/peer/");
            spec.append(name).append('\n');
        }
        Files.writeString(folder.resolve("peer.spec"), spec);
        run(
                "rpmbuild",
                "-bb",
                "--quiet",
                "--define",
                "_topdir " + folder.resolve("build"),
                folder.resolve("peer.spec").toString());
        Files.move(folder.resolve("build/RPMS/noarch"), folder.resolve("repository"));
        run("createrepo_c", "-q", folder.resolve("repository").toString());
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES))
                    .as("%s ends", List.of(command))
                    .isTrue();
        } finally {
            process.destroy();
        }
        assertThat(process.exitValue())
                .as("%s: %s", List.of(command), Files.readString(output))
                .isZero();
        return Files.readString(output);
    }

    private void recipe(String id, String rest) throws IOException, InterruptedException {
        Path file = home.resolve("recipes").resolve(id + ".json");
        Files.writeString(file, "{\"schema\":1,\"id\":\"" + id + "\",\"title\":\"T\"," + rest + "}");
        Berth.Outcome lint = berth.run("recipe", "lint", file.toString());
        assertThat(lint.code()).as(lint.out()).isZero();
    }

    @Test
    void allStepsRunOnASystemWithDnf() throws Exception {
        String base = "\"base\":{\"references\":[\"file:" + folder.resolve("base.tar") + "\"]}";
        recipe(
                "peer-repository",
                "\"abstract\":true,\"steps\":[{\"title\":\"Adding the repository\",\"file\":{\"path\":\"/etc/yum.repos.d/fedora43.repo\","
                        + "\"content\":[\"[fedora43]\",\"name=Peer\",\"baseurl=http://" + SERVER
                        + "/\",\"gpgcheck=0\",\"priority=199\"]}}]");
        recipe("without-repository", "\"extends\":\"azurelinux-xfce\"," + base);
        recipe("fedora-peer", "\"extends\":[\"peer-repository\",\"fedora-xfce\"]," + base);
        recipe("azure-xfce-peer", "\"extends\":[\"peer-repository\",\"azurelinux-xfce\"]," + base);
        recipe("azure-plasma-peer", "\"extends\":[\"peer-repository\",\"azurelinux-plasma\"]," + base);
        for (String id : List.of("fedora-xfce", "azurelinux-xfce", "azurelinux-plasma", "xfce-rpm", "plasma-rpm")) {
            Path file = folder.resolve(id + ".json");
            Files.writeString(file, berth.run("recipe", "show", id).out());
            assertThat(berth.run("recipe", "lint", file.toString()).code())
                    .as(id)
                    .isZero();
        }

        Berth.Outcome refused = berth.run("image", "build", "without-repository", "--json");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains("No Fedora repository is set up");

        for (String id : List.of("fedora-peer", "azure-xfce-peer", "azure-plasma-peer")) {
            Berth.Outcome build = berth.run("image", "build", id, "--json");
            assertThat(build.code()).as(build.out() + build.err()).isZero();
            Path tree = folder.resolve(id + ".tar");
            Berth.Outcome export = berth.run("image", "export", id, tree.toString(), "--format", "tree");
            assertThat(export.code()).as(export.err()).isZero();
            String files = run("tar", "-tf", tree.toString());
            String desktop = id.contains("plasma") ? "plasma-desktop" : "xfce4-session";
            assertThat(files)
                    .contains("usr/share/peer/tigervnc-server-minimal\n", "usr/share/peer/" + desktop + "\n")
                    .contains("etc/sudoers.d/berth\n", "home/berth/");
            assertThat(run("tar", "-xOf", tree.toString(), "etc/passwd")).contains("\nberth:x:1000:1000:");
            Files.delete(tree);
        }
        assertThat(berth.mounts()).isEmpty();
    }
}
