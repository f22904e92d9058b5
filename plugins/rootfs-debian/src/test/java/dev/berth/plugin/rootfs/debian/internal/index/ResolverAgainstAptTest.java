/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.error.RootfsException;
import dev.berth.plugin.rootfs.debian.internal.repository.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chooses what apt itself chooses, on an empty system and from the same index. */
class ResolverAgainstAptTest {

    private static final Pattern INSTALL = Pattern.compile("(?m)^Inst (\\S+) \\((\\S+) ");
    /** What apt is told instead of its configuration on this host. */
    private static final List<String> DIRECTORIES = List.of(
            "Dir::Etc::sourcelist=sources.list",
            "Dir::Etc::sourceparts=none",
            "Dir::Etc::preferences=none",
            "Dir::Etc::preferencesparts=none",
            "Dir::State=state",
            "Dir::State::status=state/status",
            "Dir::Cache=cache");

    @TempDir
    Path folder;

    private final StringBuilder index = new StringBuilder();

    @BeforeEach
    void anEmptySystem() throws Exception {
        for (String path : List.of("state/lists/partial", "cache/archives/partial", "archive")) {
            Files.createDirectories(folder.resolve(path));
        }
        Files.createFile(folder.resolve("state/status"));
        StringBuilder configuration =
                new StringBuilder("APT::Architecture \"amd64\";\nAPT::Architectures {\"amd64\";};\n");
        for (String each : DIRECTORIES) {
            int equals = each.indexOf('=');
            String value = each.substring(equals + 1);
            configuration.append(each, 0, equals).append(" \"");
            configuration.append(folder.resolve(value)).append("\";\n");
        }
        Files.writeString(folder.resolve("apt.conf"), configuration);
        Files.writeString(
                folder.resolve("sources.list"), "deb [trusted=yes] file:" + folder.resolve("archive") + " ./\n");
    }

    @Test
    void alternatives() throws Exception {
        add("aa", "1", "Depends: bb | cc");
        add("bb", "1", "");
        add("cc", "1", "");
        add("dd", "1", "Depends: none | cc");
        add("ee", "1", "Depends: bb (>= 2) | cc (>= 1)");
        assertAlike(false, "aa");
        assertAlike(false, "dd");
        assertAlike(false, "ee");
        assertAlike(false, "aa", "cc");
        assertAlike(false, "cc", "aa");
        assertAlike(false, "aa", "dd");
    }

    @Test
    void anAlternativeThatLeadsNowhereIsTakenBack() throws Exception {
        add("aa", "1", "Depends: bb | cc");
        add("bb", "1", "Depends: deep");
        add("deep", "1", "Depends: missing");
        add("cc", "1", "");
        add("none", "1", "Depends: bb");
        assertAlike(false, "aa");
        assertAlike(false, "none");
    }

    @Test
    void virtualPackages() throws Exception {
        add("aa", "1", "Depends: mail");
        add("exim", "1", "Provides: mail\nPriority: important");
        add("postfix", "1", "Provides: mail");
        add("bb", "1", "Depends: postfix | mail");
        add("cc", "1", "Depends: editor");
        add("nano", "1", "Provides: editor");
        assertAlike(false, "aa");
        assertAlike(false, "bb");
        assertAlike(false, "cc");
        assertAlike(false, "aa", "postfix");
        assertAlike(false, "editor");
        assertAlike(false, "mail");
    }

    @Test
    void providedVersions() throws Exception {
        add("aa", "1", "Depends: vv (>= 2)");
        add("old", "1", "Provides: vv (= 1)");
        add("bare", "1", "Provides: vv");
        add("new", "1", "Provides: vv (= 2)");
        add("bb", "1", "Depends: vv (>= 3)");
        assertAlike(false, "aa");
        assertAlike(false, "bb");
    }

    @Test
    void versions() throws Exception {
        add("bb", "1.9", "");
        add("bb", "1:1.0~rc1-1", "");
        add("bb", "1.10", "");
        add("aa", "1", "Depends: bb (>= 1:1.0~)");
        add("cc", "1", "Depends: bb (>= 1:1.0)");
        add("dd", "1", "Depends: bb (<< 1:1.0), bb (>> 1.9)");
        add("ee", "1", "Depends: bb (= 1:1.0~rc1-1)");
        assertAlike(false, "aa");
        assertAlike(false, "cc");
        assertAlike(false, "dd");
        assertAlike(false, "ee");
        assertAlike(false, "bb=1.9");
        assertAlike(false, "bb=2");
    }

    @Test
    void recommendedPackages() throws Exception {
        add("aa", "1", "Recommends: rr | ss, gone, clash\nDepends: bb");
        add("bb", "1", "Recommends: tt\nSuggests: uu");
        add("rr", "1", "");
        add("ss", "1", "");
        add("tt", "1", "");
        add("uu", "1", "");
        add("clash", "1", "Conflicts: bb");
        assertAlike(false, "aa");
        assertAlike(true, "aa");
        assertAlike(true, "aa", "ss");
    }

    @Test
    void conflicts() throws Exception {
        add("aa", "1", "Depends: bb | cc");
        add("bb", "1", "Conflicts: dd");
        add("cc", "1", "");
        add("dd", "1", "");
        add("ee", "1", "Breaks: ff (<< 2)");
        add("ff", "1", "");
        add("gg", "1", "Conflicts: mta\nProvides: mta");
        add("hh", "1", "Conflicts: mta\nProvides: mta");
        assertAlike(false, "aa", "dd");
        assertAlike(false, "dd", "aa");
        assertAlike(false, "bb", "dd");
        assertAlike(false, "ee", "ff");
        assertAlike(false, "gg");
        assertAlike(false, "gg", "hh");
    }

    @Test
    void loopsAndPreDependencies() throws Exception {
        add("aa", "1", "Pre-Depends: bb\nDepends: cc");
        add("bb", "1", "Pre-Depends: libb");
        add("libb", "1", "Depends: cc");
        add("cc", "1", "Depends: dd");
        add("dd", "1", "Depends: cc, libb");
        assertAlike(false, "aa");
    }

    @Test
    void architectures() throws Exception {
        add("aa", "1", "Depends: python:any, all-of-them");
        add("python", "3", "Multi-Arch: allowed");
        add("all-of-them", "1", "Architecture: all");
        add("bb", "1", "Depends: plain:any");
        add("plain", "1", "");
        add("foreign", "1", "Architecture: arm64");
        assertAlike(false, "aa");
        assertAlike(false, "bb");
        assertAlike(false, "foreign");
    }

    @Test
    void aPackageThatDoesNotExist() throws Exception {
        add("aa", "1", "");
        assertAlike(false, "aa", "bb");
    }

    private void add(String name, String version, String fields) {
        index.append("Package: ").append(name).append("\nVersion: ").append(version);
        index.append(fields.contains("Architecture:") ? "" : "\nArchitecture: amd64");
        index.append(fields.contains("Priority:") ? "" : "\nPriority: optional");
        index.append(fields.isEmpty() ? "" : "\n").append(fields);
        index.append("\nFilename: ./").append(name).append(".deb\nSize: 1000\nInstalled-Size: 10\nSHA256: ");
        index.append("0".repeat(64)).append("\nDescription: x\n\n");
    }

    private void assertAlike(boolean recommends, String... wanted) throws Exception {
        assertThat(ours(recommends, wanted))
                .as("%s, recommends %s", Arrays.toString(wanted), recommends)
                .isEqualTo(apt(recommends, wanted));
    }

    private Set<String> ours(boolean recommends, String... wanted) {
        PackageIndex read = new PackageIndex("amd64");
        read.add("http://example.org/", index.toString().getBytes(StandardCharsets.UTF_8));
        Set<String> chosen = new TreeSet<>();
        try {
            new PackageResolver(read, recommends)
                    .resolve(List.of(), List.of(wanted))
                    .packages()
                    .forEach(each -> chosen.add(each.name() + " " + each.version()));
        } catch (RootfsException e) {
            chosen.add("refused");
        }
        return chosen;
    }

    private Set<String> apt(boolean recommends, String... wanted) throws Exception {
        Path packages = folder.resolve("archive/Packages");
        if (!Files.exists(packages) || !Files.readString(packages).contentEquals(index)) {
            Files.writeString(packages, index);
            run(List.of("update"), true);
        }
        List<String> command = new ArrayList<>(List.of("--simulate", "install"));
        command.add(recommends ? "--install-recommends" : "--no-install-recommends");
        command.addAll(List.of(wanted));
        String answer = run(command, false);
        Set<String> chosen = new TreeSet<>();
        Matcher matcher = INSTALL.matcher(answer);
        while (matcher.find()) {
            chosen.add(matcher.group(1) + " " + matcher.group(2));
        }
        return chosen.isEmpty() ? new TreeSet<>(Set.of("refused")) : chosen;
    }

    /** Runs apt-get; gives nothing if it fails and may. */
    private String run(List<String> arguments, boolean must) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                must ? "exec apt-get \"$@\"" : "apt-get \"$@\" || true",
                "apt-get",
                "-q",
                "-o",
                "Debug::NoLocking=1"));
        command.addAll(arguments);
        return Tools.run(
                folder,
                java.util.Map.of("APT_CONFIG", folder.resolve("apt.conf").toString()),
                command.toArray(String[]::new));
    }
}
