/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal.files;

import dev.berth.api.task.TaskContext;
import dev.berth.images.tar.TarEntry;
import dev.berth.images.tar.TarException;
import dev.berth.images.tar.TarReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a guest sends, unpacked into a folder that nobody else writes to. The guest may send anything: names are taken
 * apart and checked one by one, and links are made only after all else, when nothing can be written through them.
 */
final class ReceivedFiles {

    private static final int PIECE = 64 << 10;
    /** Names that are devices on Windows wherever they lie, with any ending. */
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final Path folder;
    private final TaskContext context;
    private final Map<Path, String> links = new LinkedHashMap<>();
    private final Map<Path, FileTime> folders = new LinkedHashMap<>();
    private int leftOut;

    ReceivedFiles(Path folder, TaskContext context) {
        this.folder = folder;
        this.context = context;
    }

    /** Unpacks an archive; returns how many of its entries were left out. */
    int unpack(InputStream in) throws IOException, InterruptedException {
        byte[] piece = new byte[PIECE];
        TarReader tar = new TarReader(() -> {
            int n = in.readNBytes(piece, 0, piece.length);
            return n == 0 ? null : ByteBuffer.wrap(piece, 0, n);
        });
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            context.checkCancelled();
            unpack(entry, tar);
        }
        for (Map.Entry<Path, String> link : links.entrySet()) {
            makeLink(link.getKey(), link.getValue());
        }
        for (Map.Entry<Path, FileTime> made : folders.entrySet()) {
            Files.setLastModifiedTime(made.getKey(), made.getValue());
        }
        // The guest's tar may pad what it sends.
        in.transferTo(OutputStream.nullOutputStream());
        return leftOut;
    }

    private void unpack(TarEntry entry, TarReader tar) throws IOException, InterruptedException {
        Path place = place(entry.name());
        if (place == null || entry.sparse()) {
            leftOut++;
            return;
        }
        FileTime time = FileTime.from(Math.max(0, Math.min(entry.seconds(), 1L << 36)), TimeUnit.SECONDS);
        switch (entry.type()) {
            case TarEntry.FOLDER -> {
                Files.createDirectories(place);
                folders.put(place, time);
            }
            case TarEntry.FILE -> {
                context.progress().message(String.valueOf(place.getFileName()));
                Files.createDirectories(parent(place));
                content(place, tar);
                if ((entry.mode() & 0100) != 0) {
                    makeExecutable(place);
                }
                Files.setLastModifiedTime(place, time);
            }
            case TarEntry.HARD_LINK -> {
                Path same = place(entry.linkName());
                if (same == null || !Files.isRegularFile(same, LinkOption.NOFOLLOW_LINKS)) {
                    leftOut++;
                } else {
                    Files.createDirectories(parent(place));
                    Files.copy(same, place, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            case TarEntry.SYMLINK -> links.put(place, entry.linkName());
            default -> leftOut++;
        }
    }

    private void content(Path place, TarReader tar) throws IOException, InterruptedException {
        try (FileChannel out = FileChannel.open(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ByteBuffer data = tar.data(); data != null; data = tar.data()) {
                context.checkCancelled();
                context.progress().add(data.remaining());
                while (data.hasRemaining()) {
                    out.write(data);
                }
            }
        }
    }

    private static Path parent(Path place) {
        return Objects.requireNonNull(place.getParent());
    }

    private static void makeExecutable(Path file) throws IOException {
        if (WINDOWS) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        Files.setPosixFilePermissions(file, permissions);
    }

    /** Where an entry goes; null if it has no place in the folder. */
    private @Nullable Path place(String raw) throws IOException {
        String name = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        Path place = folder;
        for (String part : name.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!isName(part)) {
                return null;
            }
            try {
                place = place.resolve(part);
            } catch (InvalidPathException e) {
                throw new TarException("this computer cannot have a file called " + TarEntry.display(raw));
            }
        }
        return place.equals(folder) || name.startsWith("/") ? null : place;
    }

    /** Whether one name is nothing but the name of a file in its folder. */
    static boolean isName(String part) {
        if (part.isEmpty()
                || part.equals(".")
                || part.equals("..")
                || part.indexOf('/') >= 0
                || part.indexOf('\0') >= 0) {
            return false;
        }
        if (!WINDOWS) {
            return true;
        }
        int dot = part.indexOf('.');
        String stem = (dot < 0 ? part : part.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        return part.chars().noneMatch(c -> c < 32 || "\\:*?\"<>|".indexOf(c) >= 0)
                && !part.endsWith(".")
                && !part.endsWith(" ")
                && !DEVICES.contains(stem);
    }

    /**
     * Makes a link if it stays in the folder: leads up from where it is by no more steps than it lies deep, and down
     * from there. Steps up after steps down are not followed in thought, since another link may lie between.
     */
    private void makeLink(Path place, String raw) throws IOException {
        String target = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        int depth = folder.relativize(place).getNameCount() - 1;
        boolean down = false;
        boolean stays = !target.isEmpty() && !target.startsWith("/");
        for (String part : target.split("/")) {
            if (part.equals("..")) {
                stays &= !down && --depth >= 0;
            } else if (!part.isEmpty() && !part.equals(".")) {
                down = true;
                stays &= isName(part);
            }
        }
        if (!stays || WINDOWS || !liesInFolders(place)) {
            leftOut++;
            return;
        }
        try {
            Files.createSymbolicLink(place, Path.of(target));
        } catch (FileAlreadyExistsException | InvalidPathException e) {
            leftOut++;
        }
    }

    /** Whether all above it are folders and not links that were made before. */
    private boolean liesInFolders(Path place) {
        for (Path up = parent(place); !up.equals(folder); up = parent(up)) {
            if (!Files.isDirectory(up, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return true;
    }

    /** Moves what was unpacked to where it belongs. */
    void moveTo(Path target, Map<String, String> names) throws IOException {
        for (Map.Entry<String, String> name : names.entrySet()) {
            Path from = place(TarEntry.raw(name.getKey()));
            if (from != null && Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                move(from, target.resolve(name.getValue()));
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        boolean folder = Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS);
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(from, to);
        } else if (folder != Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(to + (folder ? " is no folder" : " is a folder"));
        } else if (!folder) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } else {
            try (Stream<Path> children = Files.list(from)) {
                for (Path child : (Iterable<Path>) children::iterator) {
                    move(child, to.resolve(child.getFileName()));
                }
            }
        }
    }
}
