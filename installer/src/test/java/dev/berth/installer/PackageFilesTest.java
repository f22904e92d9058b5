/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives that packages are made of, as others read them. */
class PackageFilesTest {

    private static final Instant TIME = Instant.parse("2026-11-23T01:02:04Z");

    private final FileSet files = new FileSet()
            .text("top/Grüße.txt", "hello\n".repeat(1000))
            .bytes("top/bin/run", FileSet.EXECUTABLE, "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8))
            .text("top/empty", "");

    @TempDir
    Path temp;

    @Test
    void pythonReadsTheZipWithItsModesAndNames() throws Exception {
        Path zip = write("a.zip", out -> ZipWriter.write(files, TIME, out));
        String told = RuntimeImage.run(List.of("python3", "-c", """
                import zipfile, sys
                z = zipfile.ZipFile(sys.argv[1])
                assert z.testzip() is None
                for i in z.infolist():
                    print(ascii(i.filename), oct(i.external_attr >> 16), i.file_size, i.date_time)
                """, zip.toString()));
        assertThat(told.lines())
                .containsExactly(
                        "'top/Gr\\xfc\\xdfe.txt' 0o100644 6000 (2026, 11, 23, 1, 2, 4)",
                        "'top/bin/run' 0o100755 10 (2026, 11, 23, 1, 2, 4)",
                        "'top/empty' 0o100644 0 (2026, 11, 23, 1, 2, 4)");
        assertThat(Files.readAllBytes(zip))
                .isEqualTo(Files.readAllBytes(write("b.zip", out -> ZipWriter.write(files, TIME, out))));
    }

    @Test
    void tarReadsTheArchive() throws Exception {
        files.bytes("top/link", FileSet.LINK, "bin/run".getBytes(StandardCharsets.UTF_8));
        files.text("x".repeat(60) + "/" + "y".repeat(60), "long");
        Path tar = write("a.tar", out -> TarWriter.write(files, TIME, out));
        String told = RuntimeImage.run(List.of(
                "env", "TZ=UTC", "LC_ALL=C.UTF-8", "tar", "--numeric-owner", "--full-time", "-tvf", tar.toString()));
        assertThat(told.lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "drwxr-xr-x 0/0 0 2026-11-23 01:02:04 ./top/bin/",
                        "-rwxr-xr-x 0/0 10 2026-11-23 01:02:04 ./top/bin/run",
                        "-rw-r--r-- 0/0 6000 2026-11-23 01:02:04 ./top/Grüße.txt",
                        "lrwxrwxrwx 0/0 0 2026-11-23 01:02:04 ./top/link -> bin/run",
                        "-rw-r--r-- 0/0 4 2026-11-23 01:02:04 ./" + "x".repeat(60) + "/" + "y".repeat(60));
    }

    @Test
    void everyLibraryOfTheDistributionHasALicence() throws Exception {
        FileSet berth = new FileSet().folder("", Path.of("target", "berth"));
        List<Library> libraries = Library.among(berth, Path.of("src/main/package/third-party.list"));
        assertThat(libraries).hasSizeGreaterThan(20).allSatisfy(library -> {
            assertThat(library.version()).matches("\\d.*");
            assertThat(library.licences()).isNotEmpty();
        });
        assertThat(SupplyChain.billOfMaterials(berth, libraries, "1.0", TIME))
                .contains("\"pkg:maven/org.slf4j/slf4j-api@")
                .contains("\"timestamp\": \"2026-11-23T01:02:04Z\"");
        assertThat(SupplyChain.notices(berth, libraries))
                .contains("com.google.guava:guava")
                .contains("Apache License");
    }

    @Test
    void aLibraryWithoutALicenceStopsThePackage() {
        FileSet strange = new FileSet().text("bundles/strange-1.0.jar", "");
        assertThatThrownBy(() -> Library.among(strange, Path.of("src/main/package/third-party.list")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("strange-1.0.jar");
    }

    private interface Body {
        void write(OutputStream out) throws IOException;
    }

    private Path write(String name, Body body) throws IOException {
        Path file = temp.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            body.write(out);
        }
        return file;
    }
}
