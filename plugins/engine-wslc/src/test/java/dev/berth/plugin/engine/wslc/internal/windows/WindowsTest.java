/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {

    @Test
    void knowsReservedNames() {
        for (String name : List.of("con", "NUL.txt", "Com1", "lpt9.tar.gz", "COM\u00b9", "aux .c", "conin$")) {
            assertThat(WindowsNames.isPossible(name)).as(name).isFalse();
            assertThat(WindowsNames.isPossible(WindowsNames.possible(name)))
                    .as(name)
                    .isTrue();
        }
        for (String name : List.of("", "a.", "a ", "a:b", "a/b", "tab\t", "why?", "x".repeat(256))) {
            assertThat(WindowsNames.isPossible(name)).as(name).isFalse();
            assertThat(WindowsNames.isPossible(WindowsNames.possible(name)))
                    .as(name)
                    .isTrue();
        }
        for (String name : List.of("console", "com10", "nulls", ".profile", "ü b", "a.b.c")) {
            assertThat(WindowsNames.isPossible(name)).as(name).isTrue();
            assertThat(WindowsNames.possible(name)).isEqualTo(name);
        }
        assertThat(WindowsNames.clashes(List.of("Makefile", "makefile", "Über", "über", "x")))
                .hasSize(2)
                .containsEntry("makefile", "Makefile")
                .containsEntry("über", "Über");
    }

    @Test
    void translatesPaths() {
        assertThat(WindowsPaths.inDistribution("C:\\Users\\Jörg M\\", "d")).contains("/mnt/c/Users/Jörg M");
        assertThat(WindowsPaths.inDistribution("d:/x", "d")).contains("/mnt/d/x");
        assertThat(WindowsPaths.inDistribution("C:\\", "d")).contains("/mnt/c");
        assertThat(WindowsPaths.inDistribution("\\\\?\\C:\\x", "d")).contains("/mnt/c/x");
        assertThat(WindowsPaths.inDistribution("C:x", "d")).isEmpty();
        assertThat(WindowsPaths.inDistribution("\\\\server\\share\\x", "d")).isEmpty();
        assertThat(WindowsPaths.inDistribution("\\\\wsl$\\D\\home", "d")).contains("/home");
        assertThat(WindowsPaths.inDistribution("\\\\wsl.localhost\\other\\home", "d"))
                .isEmpty();
        assertThat(WindowsPaths.ofDistribution("d", "/home/x")).isEqualTo("\\\\wsl.localhost\\d\\home\\x");
        assertThat(WindowsPaths.isMountable("C:\\x")).isTrue();
        assertThat(WindowsPaths.isMountable("\\\\server\\share")).isFalse();
        assertThat(WindowsPaths.isMountable("x\\y")).isFalse();
    }

    @Test
    void extendsLongPaths() {
        String deep = "C:\\" + "folder\\".repeat(40) + "x";
        assertThat(WindowsPaths.extended(deep)).isEqualTo("\\\\?\\" + deep);
        assertThat(WindowsPaths.extended(WindowsPaths.extended(deep))).isEqualTo("\\\\?\\" + deep);
        assertThat(WindowsPaths.plain(WindowsPaths.extended(deep))).isEqualTo(deep);
        assertThat(WindowsPaths.extended("C:/short")).isEqualTo("C:\\short");
        String share = "\\\\server\\" + "folder\\".repeat(40) + "x";
        assertThat(WindowsPaths.extended(share)).startsWith("\\\\?\\UNC\\server\\");
        assertThat(WindowsPaths.plain(WindowsPaths.extended(share))).isEqualTo(share);
    }

    @Test
    void mapsTimeZones() {
        assertThat(TimeZones.all()).hasSizeGreaterThan(135);
        assertThat(TimeZones.all().values())
                .allSatisfy(zone -> assertThat(ZoneId.getAvailableZoneIds()).contains(zone));
        assertThat(TimeZones.ofWindows("W. Europe Standard Time")).contains("Europe/Berlin");
        assertThat(TimeZones.ofWindows("India Standard Time_dstoff")).contains("<+0530>-5:30");
        assertThat(TimeZones.ofWindows("Mitteleuropäische Zeit")).isEmpty();
        assertThat(TimeZones.forGuest(ZoneId.of("Europe/Berlin"))).isEqualTo("Europe/Berlin");
        assertThat(TimeZones.forGuest(ZoneId.of("GMT-03:30"))).isEqualTo("<-0330>+3:30");
        assertThat(TimeZones.forGuest(ZoneId.of("+05:00"))).isEqualTo("<+05>-5");
        assertThat(TimeZones.forGuest(java.time.ZoneOffset.UTC)).isEqualTo("UTC");
        assertThat(TimeZones.forGuest(ZoneId.of("GMT"))).isEqualTo("UTC");
    }
}
