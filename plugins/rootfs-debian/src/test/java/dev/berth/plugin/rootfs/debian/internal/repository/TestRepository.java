/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A small archive of packages made by Debian's own tools, as a mirror would have it: {@code pool}, {@code dists}. */
public final class TestRepository {

    public static final String SUITE = "bookworm";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Path work;
    private final Path root;

    /** @param folder where the archive is made: it is at {@code folder/debian} */
    public TestRepository(Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("debian"));
        work = Files.createDirectories(folder.resolve("work"));
        Files.createDirectories(root.resolve("pool"));
        Files.createDirectories(dist().resolve("main/binary-amd64"));
    }

    public Path root() {
        return root;
    }

    public Path dist() {
        return root.resolve("dists/" + SUITE);
    }

    /** The index of packages, uncompressed. */
    public Path packages() {
        return dist().resolve("main/binary-amd64/Packages");
    }

    /** Where the archive of a package is. */
    public Path pool(String name) {
        return root.resolve("pool/" + name + ".deb");
    }

    /**
     * Adds a package, packed by dpkg-deb.
     *
     * @param fields of its control file beyond those that each has, a line each
     * @param files by path; those below {@code DEBIAN} are its scripts; a content that begins with an arrow is a link
     */
    public TestRepository add(String name, String version, String fields, Map<String, String> files) throws Exception {
        Path tree = Files.createDirectories(work.resolve(name));
        Files.createDirectories(tree.resolve("DEBIAN"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = tree.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            if (file.getValue().startsWith("-> ")) {
                Files.createSymbolicLink(path, Path.of(file.getValue().substring(3)));
            } else {
                Files.writeString(path, file.getValue());
                boolean script = file.getKey().startsWith("DEBIAN/");
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(script ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        Files.writeString(tree.resolve("DEBIAN/control"), control(name, version, fields));
        Tools.run(
                work,
                Map.of("SOURCE_DATE_EPOCH", "1700000000"),
                "dpkg-deb",
                "--root-owner-group",
                "-Zxz",
                "-z0",
                "--build",
                tree.toString(),
                pool(name).toString());
        return this;
    }

    /** Adds a package whose files are in an archive made by hand, compressed by gzip. */
    public TestRepository addRaw(String name, String fields, byte[] dataTar) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(dataTar);
        }
        return addPacked(name, fields, packed.toByteArray());
    }

    /** Adds a package with a {@code data.tar.gz} as it is. */
    public TestRepository addPacked(String name, String fields, byte[] dataTarGz) throws IOException {
        ByteArrayOutputStream control = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(control)) {
            gzip.write(TarBytes.of(tar -> tar.file("./control", control(name, "1.0", fields))));
        }
        try (OutputStream out = Files.newOutputStream(pool(name))) {
            out.write("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
            member(out, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            member(out, "control.tar.gz", control.toByteArray());
            member(out, "data.tar.gz", dataTarGz);
        }
        return this;
    }

    private static void member(OutputStream out, String name, byte[] bytes) throws IOException {
        String header = String.format(
                Locale.ROOT, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, 1_700_000_000, 0, 0, "100644", bytes.length);
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        if (bytes.length % 2 == 1) {
            out.write('\n');
        }
    }

    private static String control(String name, String version, String fields) {
        return "Package: " + name + "\nVersion: " + version + "\nMaintainer: Nobody <nobody@example.org>\n"
                + (fields.contains("Architecture:") ? "" : "Architecture: amd64\n") + fields
                + (fields.isEmpty() || fields.endsWith("\n") ? "" : "\n") + "Description: made for a test\n";
    }

    /** Makes the index with dpkg-scanpackages and the release file, signed. */
    public TestRepository publish(SigningKey key) throws Exception {
        Files.writeString(packages(), Tools.run(root, "dpkg-scanpackages", "--multiversion", "pool"));
        return publishIndex(key, "Valid-Until: " + date(Instant.now().plus(Duration.ofDays(7))) + "\n");
    }

    /** A date as release files have it. */
    public static String date(Instant time) {
        return DATE.format(time);
    }

    /** Makes the release file of the index as it is. */
    public TestRepository publishIndex(SigningKey key, String fields) throws Exception {
        writeRelease(fields);
        key.sign(dist().resolve("Release"), dist().resolve("InRelease"));
        return this;
    }

    /** Writes the release file without a signature. */
    public void writeRelease(String fields) throws Exception {
        Path packed = packages().resolveSibling("Packages.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(packages(), gzip);
        }
        StringBuilder release = new StringBuilder("Origin: Debian\nLabel: Test\nSuite: stable\nVersion: 12.0\n");
        release.append("Codename: " + SUITE + "\nDate: Tue, 14 Nov 2023 22:13:20 UTC\n")
                .append(fields);
        release.append("Architectures: amd64\nComponents: main\nSHA256:\n");
        for (Path file : new Path[] {packages(), packed}) {
            byte[] bytes = Files.readAllBytes(file);
            release.append(' ')
                    .append(sha256(bytes))
                    .append(' ')
                    .append(bytes.length)
                    .append(' ');
            release.append(dist().relativize(file)).append('\n');
        }
        Files.writeString(dist().resolve("Release"), release);
    }

    public static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Makes another file of a package's archive, of the same length. */
    public void damage(String name) throws IOException {
        Path file = pool(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 100] ^= 1;
        Path changed = Files.write(work.resolve("damaged"), bytes);
        Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The folder that stands for {@code /etc/apt} on a host that uses this archive. */
    public Path hostSources(String address, Path ring) throws IOException {
        Path etc = Files.createDirectories(work.resolve("etc-apt"));
        Files.writeString(
                etc.resolve("sources.list"), "deb [signed-by=" + ring + "] " + address + " " + SUITE + " main\n");
        return etc;
    }
}
