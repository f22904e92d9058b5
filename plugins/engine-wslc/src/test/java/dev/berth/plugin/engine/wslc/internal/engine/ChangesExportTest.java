/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.task.TaskContext;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers out of two exports, read back by GNU tar. */
class ChangesExportTest {

    private static final String LONG = "deep/" + "long-name-".repeat(15) + "/" + "x".repeat(120);

    @TempDir
    Path folder;

    @Test
    void writesWhatDiffers() throws Exception {
        run("mkdir -p base/etc base/gone/below base/turned base/deep && cd base && echo old > etc/same"
                + " && echo x > gone/below/file && echo x > turned/inside && echo text > etc/changed"
                + " && echo linked > etc/target && mkdir -p " + LONG.replaceAll("/[^/]*$", "") + " && echo y > " + LONG
                + " && chmod 0640 etc/target && touch -d @1000 etc/* && echo z > etc/mode && touch -d @1000 etc/mode");
        run("cp -a base now && cd now && rm -r gone && rm -r turned && echo file > turned && echo TEXT > etc/changed"
                + " && touch -d @1000 etc/changed && ln etc/target etc/another && ln etc/target " + LONG + "2"
                + " && rm " + LONG + " && chmod 0600 etc/mode && mkdir -p dev && echo q > dev/left-out");
        run("tar --format=pax --owner=0 --group=0 -C base -cf base.tar . && tar --format=pax --owner=0 --group=0 -C now"
                + " -cf now.tar .");
        Path wslc = folder.resolve("wslc");
        Files.writeString(
                wslc,
                "cd '" + folder + "'; case $1 in export) case $4 in berth--pristine-*) cp base.tar \"$3\" ;;"
                        + " *) cp now.tar \"$3\" ;; esac ;; esac\n");
        ChangesExport export = new ChangesExport(
                new Wslc(
                        new EngineSettings(List.of("/bin/sh", wslc.toString()), "", true, ""),
                        new HostFacts("Linux", Map.of(), ":", name -> false)),
                folder.resolve("scratch"));
        for (int round = 0; round < 2; round++) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("layer.tar"))) {
                export.write("berth-x", "image", Set.of("dev"), out, TaskContext.silent());
            }
        }
        assertThat(run("tar -tf layer.tar | grep -v '/$'").lines())
                .containsExactlyInAnyOrder(
                        "./etc/changed",
                        "./etc/mode",
                        "./turned",
                        "etc/another",
                        LONG + "2",
                        LONG.replaceAll("/([^/]*)$", "/.wh.$1"),
                        ".wh.gone");
        assertThat(run("mkdir out && tar -C out -xf layer.tar && cat out/etc/another out/" + LONG
                        + "2 && stat -c %a%h out/etc/another && cat out/turned"))
                .isEqualTo("linked\nlinked\n6402\nfile\n");
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    private String run(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-ec", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
