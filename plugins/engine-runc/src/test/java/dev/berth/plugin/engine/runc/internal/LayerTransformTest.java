/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.task.TaskContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What GNU tar wrote is transformed, and GNU tar reads the result. */
class LayerTransformTest {

    @TempDir
    Path folder;

    @Test
    void saysInTheWordsOfOciWhatOverlayfsMeant() throws Exception {
        String name = "n".repeat(90);
        sh(
                "mkdir -p up/etc up/opaque up/run/berth up/" + name + "/" + name + " && cd up"
                        + " && echo text > etc/file && ln etc/file etc/hard && ln -s file etc/soft && mknod etc/gone c 0 0"
                        + " && mknod etc/null c 1 3 && mkfifo etc/fifo && echo deep > " + name + "/" + name + "/" + name
                        + " && echo odd > \"$(printf 'etc/b\\377d')\" && echo umlaut > etc/ü && chown 100000:3000000 etc/file"
                        + " && echo x > opaque/new && chmod 4755 opaque/new && echo y > run/berth/left"
                        + " && setfattr -n trusted.overlay.opaque -v y opaque && setfattr -n user.kept -v value opaque/new"
                        + " && python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('etc/socket')\" 2>/dev/null; true");
        byte[] tar = sh("tar -c --format=posix --sort=name --numeric-owner --xattrs --xattrs-include='*'"
                + " --pax-option=delete=atime,delete=ctime,delete=mtime -C up . 2>/dev/null");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LayerTransform(Set.of("run/berth", "etc/hosts"))
                .copy(new ByteArrayInputStream(tar), out, TaskContext.silent());
        Files.write(folder.resolve("layer.tar"), out.toByteArray());

        String listing = new String(
                sh(
                        "tar --numeric-owner --quoting-style=escape -tvf layer.tar | awk '{print $1, $2, $6, $7, $8, $9, $10}'"),
                StandardCharsets.UTF_8);
        List<String> lines = listing.lines().map(String::strip).toList();
        assertThat(lines)
                .contains(
                        "-rw-r--r-- 0/0 etc/.wh.gone",
                        "-rw-r--r-- 0/0 opaque/.wh..wh..opq",
                        "-rwsr-xr-x 0/0 opaque/new")
                .anyMatch(line -> line.contains("100000/3000000"))
                .anyMatch(line -> line.endsWith("etc/soft -> file"))
                .anyMatch(line -> line.contains(" link to etc/"))
                .anyMatch(line -> line.startsWith("p") && line.endsWith("etc/fifo"))
                .anyMatch(line -> line.startsWith("c") && line.contains("etc/null"))
                .anyMatch(line -> line.endsWith(name + "/" + name + "/" + name))
                .anyMatch(line -> line.endsWith("etc/b\\377d"))
                .noneMatch(line -> line.contains("run/berth") || line.contains("socket"))
                .noneMatch(line -> line.endsWith("etc/gone"));
        assertThat(listing.indexOf("opaque/\n")).isLessThan(listing.indexOf("opaque/.wh..wh..opq"));

        sh("mkdir out && tar --xattrs --xattrs-include='*' -C out -xf layer.tar");
        assertThat(new String(
                        sh("cat out/etc/ü; getfattr -n user.kept --only-values out/opaque/new"),
                        StandardCharsets.UTF_8))
                .isEqualTo("umlaut\nvalue");
        assertThat(new String(sh("getfattr -d -m - out/opaque 2>&1"), StandardCharsets.UTF_8))
                .doesNotContain("overlay");
    }

    @Test
    void refusesNonsense() {
        byte[] header = new byte[1024];
        header[0] = 'a';
        System.arraycopy("77777777777".getBytes(StandardCharsets.US_ASCII), 0, header, 124, 11);
        header[156] = 'x';
        assertThatThrownBy(() -> new LayerTransform(Set.of())
                        .copy(new ByteArrayInputStream(header), new ByteArrayOutputStream(), TaskContext.silent()))
                .isInstanceOf(IOException.class);
    }

    private byte[] sh(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(script).isZero();
        return out;
    }
}
