/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A package archive (deb(5)): an ar archive of {@code debian-binary}, {@code control.tar} and {@code data.tar}, read from
 * front to back.
 */
public final class DebFile implements AutoCloseable {

    private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 60;
    private static final int BUFFER = 1 << 16;
    private static final int MAX_CONTROL_BYTES = 64 << 20;
    private static final int MAX_CONTROL_FILES = 1000;

    private final InputStream in;
    private long left;
    private boolean odd;

    /** Opens an archive and reads up to its control part. Closes {@code in} when closed. */
    public DebFile(InputStream in) throws IOException {
        this.in = new BufferedInputStream(in, BUFFER);
        if (!java.util.Arrays.equals(this.in.readNBytes(MAGIC.length), MAGIC)) {
            throw new ArchiveException("not a package archive");
        }
        if (!nextMember().equals("debian-binary")) {
            throw new ArchiveException("not a package archive: debian-binary is not first");
        }
        String version = new String(member().readNBytes(64), StandardCharsets.US_ASCII);
        if (!version.startsWith("2.")) {
            throw new ArchiveException("a package archive of format " + version.strip());
        }
    }

    /** The files of the control part by name; call once, before {@link #data}. */
    public Map<String, byte[]> control() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String suffix = suffix(nextWanted("control.tar"), "control.tar");
        try (InputStream plain = Decompressor.open(suffix, member())) {
            TarReader tar = new TarReader(plain, MAX_CONTROL_FILES, MAX_CONTROL_BYTES);
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                if (entry.kind() == TarEntry.Kind.FILE) {
                    if (entry.path().contains("/")) {
                        throw new ArchiveException("a folder in the control part: " + entry.path());
                    }
                    files.put(entry.path(), tar.content(entry));
                }
            }
        }
        if (!files.containsKey("control")) {
            throw new ArchiveException("no control file");
        }
        return files;
    }

    /** The files of the package as an uncompressed tar stream; call once, after {@link #control}. */
    public InputStream data() throws IOException {
        String suffix = suffix(nextWanted("data.tar"), "data.tar");
        return Decompressor.open(suffix, member());
    }

    private static String suffix(String name, String stem) {
        return name.length() == stem.length() ? "" : name.substring(stem.length() + 1);
    }

    /** Members whose names begin with an underscore are for others (deb(5)). */
    private String nextWanted(String stem) throws IOException {
        for (int i = 0; i < 16; i++) {
            String name = nextMember();
            if (name.equals(stem) || name.startsWith(stem + ".")) {
                return name;
            }
            if (!name.startsWith("_")) {
                throw new ArchiveException("the member " + name + " where " + stem + " should be");
            }
        }
        throw new ArchiveException("no member " + stem);
    }

    private String nextMember() throws IOException {
        in.skipNBytes(left + (odd ? 1 : 0));
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER || header[58] != '`' || header[59] != '\n') {
            throw new ArchiveException("a malformed member header");
        }
        String name = new String(header, 0, 16, StandardCharsets.US_ASCII).strip();
        String size = new String(header, 48, 10, StandardCharsets.US_ASCII).strip();
        if (!size.matches("[0-9]{1,10}")) {
            throw new ArchiveException("a malformed member size");
        }
        left = Long.parseLong(size);
        odd = (left & 1) == 1;
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private InputStream member() {
        return new Member();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The current member. Closing it leaves the archive open. */
    private final class Member extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int n = in.read(buffer, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw new EOFException("package archive ends within a member");
            }
            left -= n;
            return n;
        }
    }
}
