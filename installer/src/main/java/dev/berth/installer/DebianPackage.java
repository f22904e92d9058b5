/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * A package for Debian and what comes from it (deb(5)), for every architecture: it runs on the Java of the system. Written without Debian's
 * tools, so that it can be made anywhere.
 */
final class DebianPackage {

    private static final String HOME = "usr/share/berth/";
    private static final String MAINTAINER = "Berth Developers <developers@berth.dev>";

    private DebianPackage() {}

    /**
     * Writes the package.
     *
     * @param berth the distribution, without a runtime
     * @param documents manual page, completions, notices, under {@code share/}
     * @param desktop the folder with the desktop entry, the icon and the AppStream metadata
     */
    static void write(FileSet berth, FileSet documents, Path desktop, String version, Instant time, OutputStream out)
            throws IOException {
        FileSet files = new FileSet();
        berth.items().forEach((name, item) -> {
            if (!name.endsWith(".cmd")) {
                files.items().put(HOME + name, item);
            }
        });
        files.bytes("usr/bin/berth", FileSet.LINK, "../share/berth/bin/berth".getBytes(StandardCharsets.UTF_8));
        files.items().put("usr/share/man/man1/berth.1.gz", gzipped(documents, "share/man/man1/berth.1"));
        move(documents, "share/bash-completion/completions/berth", files);
        files.items()
                .put("usr/share/zsh/vendor-completions/_berth", item(documents, "share/zsh/site-functions/_berth"));
        move(documents, "share/fish/vendor_completions.d/berth.fish", files);
        files.items().put("usr/share/doc/berth/berth.cdx.json", item(documents, "share/doc/berth.cdx.json"));
        files.items().put("usr/share/doc/berth/THIRD-PARTY.txt.gz", gzipped(documents, "share/doc/THIRD-PARTY.txt"));
        FileSet own = new FileSet().folder("", desktop);
        files.items().put("usr/share/applications/dev.berth.Berth.desktop", item(own, "dev.berth.Berth.desktop"));
        files.items().put("usr/share/metainfo/dev.berth.Berth.metainfo.xml", item(own, "dev.berth.Berth.metainfo.xml"));
        files.items()
                .put("usr/share/icons/hicolor/scalable/apps/dev.berth.Berth.svg", item(own, "dev.berth.Berth.svg"));
        files.text("usr/share/doc/berth/copyright", copyright());
        files.bytes("usr/share/doc/berth/changelog.gz", FileSet.PLAIN, gzip(changelog(version, time)));

        out.write("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
        member(out, "debian-binary", time, "2.0\n".getBytes(StandardCharsets.US_ASCII));
        FileSet control = new FileSet().text("control", control(files, version)).text("md5sums", md5sums(files));
        ByteArrayOutputStream controlTar = new ByteArrayOutputStream();
        try (OutputStream xz = new XZOutputStream(controlTar, new LZMA2Options(1))) {
            TarWriter.write(control, time, xz);
        }
        member(out, "control.tar.xz", time, controlTar.toByteArray());
        ByteArrayOutputStream dataTar = new ByteArrayOutputStream();
        // The jars are packed already.
        try (OutputStream xz = new XZOutputStream(dataTar, new LZMA2Options(3))) {
            TarWriter.write(files, time, xz);
        }
        member(out, "data.tar.xz", time, dataTar.toByteArray());
    }

    private static void member(OutputStream out, String name, Instant time, byte[] content) throws IOException {
        out.write(String.format(
                        Locale.ROOT,
                        "%-16s%-12d%-6d%-6d%-8s%-10d`\n",
                        name,
                        time.getEpochSecond(),
                        0,
                        0,
                        "100644",
                        content.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        if (content.length % 2 != 0) {
            out.write('\n');
        }
    }

    private static String control(FileSet files, String version) throws IOException {
        return "Package: berth\nVersion: " + version + "\nSection: admin\nPriority: optional\nArchitecture: all\n"
                + "Maintainer: " + MAINTAINER + "\nInstalled-Size: " + (files.size() + 1023) / 1024 + "\n"
                + "Depends: openjdk-17-jre | java17-runtime | java21-runtime\n"
                + "Recommends: runc | crun, uidmap, passt | slirp4netns, ca-certificates\n"
                + "Suggests: tigervnc-standalone-server\n"
                + "Description: graphical Linux desktops in tabs\n"
                + " Berth makes Linux desktops out of containers and shows each in a tab of its\n"
                + " window, with sound, shared folders and clipboard. It runs without a window,\n"
                + " too: scripts drive desktops from the command line.\n";
    }

    private static String md5sums(FileSet files) throws IOException {
        StringBuilder sums = new StringBuilder();
        for (Map.Entry<String, FileSet.Item> entry : files.items().entrySet()) {
            if (entry.getValue().mode() != FileSet.LINK) {
                sums.append(md5(entry.getValue().content().read()))
                        .append("  ")
                        .append(entry.getKey())
                        .append('\n');
            }
        }
        return sums.toString();
    }

    /** MD5 is what dpkg's format asks for; it finds damage, not forgery. */
    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has MD5", e);
        }
    }

    private static String changelog(String version, Instant time) {
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                .format(time.atOffset(ZoneOffset.UTC));
        return "berth (" + version
                + ") unstable; urgency=medium\n\n  * Built from source; its history tells the changes.\n\n -- "
                + MAINTAINER + "  " + date + "\n";
    }

    private static String copyright() {
        return "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
                + "Upstream-Name: berth\n\nFiles: *\nCopyright: 2026 The Berth authors\nLicense: Apache-2.0\n"
                + "Comment: the libraries under /usr/share/berth have authors and licences of their own;\n"
                + " THIRD-PARTY.txt.gz beside this file lists them.\n\n"
                + "License: Apache-2.0\n On Debian systems the full text of the Apache License, version 2.0, is in\n"
                + " /usr/share/common-licenses/Apache-2.0.\n";
    }

    private static void move(FileSet from, String name, FileSet to) throws IOException {
        to.items().put("usr/" + name, item(from, name));
    }

    private static FileSet.Item item(FileSet files, String name) throws IOException {
        FileSet.Item item = files.items().get(name);
        if (item == null) {
            throw new IOException("no " + name);
        }
        return item;
    }

    private static FileSet.Item gzipped(FileSet files, String name) throws IOException {
        byte[] packed = gzip(new String(item(files, name).content().read(), StandardCharsets.UTF_8));
        return new FileSet.Item(FileSet.PLAIN, () -> packed);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = packed.toByteArray();
        // Java does not tell which level it used; Debian's policy asks for the best, and lintian looks at this byte.
        bytes[8] = 2;
        return bytes;
    }
}
