/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.wslc.internal.Samples;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.text.Columns;
import dev.berth.plugin.engine.wslc.internal.text.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wsl.exe} driven against a fake that notes its arguments and prints samples in UTF-16. */
class WslCommandTest {

    @TempDir
    Path folder;

    private WslCommand wsl;

    @BeforeEach
    void fake() throws Exception {
        for (String name : List.of(
                "wsl-list-verbose.utf16le.txt", "wsl-no-distribution.zh.utf16le.txt", "wsl-version.zh.utf16le.txt")) {
            Files.write(folder.resolve(name), Samples.bytes(name));
        }
        Path script = folder.resolve("fake-wsl");
        Files.writeString(script, """
                #!/bin/sh
                cd "$(dirname "$0")" || exit 99
                printf '%s|' "$@" >> log
                echo "$WSL_UTF8$WSL_DISABLE_WARNINGS" >> log
                case $1 in
                --version) cat wsl-version.zh.utf16le.txt ;;
                --list) if [ -e empty ]; then cat wsl-no-distribution.zh.utf16le.txt; exit 255; fi
                    cat wsl-list-verbose.utf16le.txt ;;
                --terminate) [ "$2" = known ] && exit 0
                    printf 'Fehlercode: Wsl/Service/WSL_E_DISTRO_NOT_FOUND\\r\\n' | iconv -t UTF-16LE; exit 255 ;;
                esac
                """);
        wsl = new WslCommand(new Program(List.of("sh", script.toString()), WslCommand.ENVIRONMENT, false));
    }

    @Test
    void listsDistributions() throws Exception {
        assertThat(wsl.list()).extracting(Columns.Distribution::name).contains("Ubuntu", "Azure Linux 3");
        Files.createFile(folder.resolve("empty"));
        assertThat(wsl.list()).isEmpty();
        assertThat(wsl.version()).contains(new Version(2, 9, 5));
    }

    @Test
    void givesTheCommandsOfWsl() throws Exception {
        wsl.importArchive("berth-x", Path.of("/a b/disk"), Path.of("/t.tar"), WslCommand.Format.TAR);
        wsl.importArchive("berth-x", Path.of("/d"), Path.of("/t.vhdx"), WslCommand.Format.VHD);
        wsl.export("berth-x", Path.of("/o.tar.gz"), WslCommand.Format.TAR_GZ);
        wsl.terminate("known");
        wsl.unregister("berth-x");
        assertThat(Files.readAllLines(folder.resolve("log")))
                .containsExactly(
                        "--import|berth-x|/a b/disk|/t.tar|--version|2|11",
                        "--import|berth-x|/d|/t.vhdx|--version|2|--vhd|11",
                        "--export|berth-x|/o.tar.gz|--format|tar.gz|11",
                        "--terminate|known|11",
                        "--unregister|berth-x|11");
        assertThat(wsl.inside("berth-x", "root", "/", List.of("sh", "-c", "true")))
                .endsWith("--distribution", "berth-x", "--user", "root", "--cd", "/", "--exec", "sh", "-c", "true");
    }

    @Test
    void tellsWhatWentWrong() {
        assertThatThrownBy(() -> wsl.terminate("unknown")).isInstanceOfSatisfying(EngineException.class, e -> {
            assertThat(e.summary())
                    .isEqualTo("The distribution unknown cannot be stopped."
                            + " Classic WSL has no distribution of that name.");
            assertThat(e.detail()).contains("WSL_E_DISTRO_NOT_FOUND (0x80040302)");
        });
        assertThatThrownBy(() -> wsl.terminate("--shutdown")).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> wsl.unregister("a b")).isInstanceOf(EngineException.class);
    }
}
