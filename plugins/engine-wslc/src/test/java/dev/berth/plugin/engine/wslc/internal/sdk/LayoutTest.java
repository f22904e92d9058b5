/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offsets against what C compilers make of the declarations. */
class LayoutTest {

    @TempDir
    Path folder;

    @Test
    void isThatOfThisCompiler() throws Exception {
        FakeSdk.sources(folder);
        FakeSdk.run(folder, "cc", "-o", "layout", "layout.c");
        check(FakeSdk.run(folder, "./layout"), 136);
        FakeSdk.run(folder, "cc", "-DSDK_3_0_1", "-o", "layout", "layout.c");
        check(FakeSdk.run(folder, "./layout"), 104);
    }

    /** With the compiler of Windows programs, where it and Wine are installed. */
    @Test
    @Tag("long")
    void isThatOfWindows() throws Exception {
        String compiler = "/usr/bin/x86_64-w64-mingw32-gcc";
        assumeTrue(Files.exists(Path.of(compiler)), "gcc-mingw-w64-x86-64 is not installed");
        FakeSdk.sources(folder);
        FakeSdk.run(folder, compiler, "-static", "-o", "layout.exe", "layout.c");
        Path wine = Path.of("/usr/lib/wine/wine64");
        assumeTrue(Files.exists(wine), "wine64 is not installed");
        String[] environment = {
            "env",
            "WINEPREFIX=" + folder.resolve("prefix"),
            "WINEDEBUG=-all",
            "DISPLAY=",
            "HOME=" + folder.resolve("home"),
            "WINEDLLOVERRIDES=mscoree,mshtml="
        };
        String text = FakeSdk.run(folder, with(environment, wine.toString(), "layout.exe"));
        // Its services would stay for a while.
        String server = wine.resolveSibling("wineserver64").toString();
        FakeSdk.run(folder, with(environment, "sh", "-c", server + " -k; " + server + " -w"));
        check(text.replace("\r", ""), 136);
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    private static void check(String printed, int containerSettings) throws Exception {
        Set<String> seen = new HashSet<>();
        for (String line : printed.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String name = line.substring(0, equals);
            int value = Integer.parseInt(line.substring(equals + 1));
            seen.add(name);
            switch (name) {
                case "session settings", "process settings" -> assertThat(value).isEqualTo(72);
                case "container settings" ->
                    assertThat(value).isEqualTo(containerSettings).isLessThan(Layout.OPAQUE);
                default ->
                    assertThat(Layout.class.getDeclaredField(name).getInt(null))
                            .as(name)
                            .isEqualTo(value);
            }
        }
        assertThat(seen).hasSizeGreaterThan(50);
    }
}
