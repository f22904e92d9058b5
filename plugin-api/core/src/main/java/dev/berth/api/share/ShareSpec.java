/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.share;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.ShareException;
import dev.berth.api.task.OnWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A host folder to appear in a guest.
 *
 * @param hostFolder absolute, an existing folder
 * @param guestPath absolute, in the guest
 */
public record ShareSpec(Path hostFolder, String guestPath, boolean readOnly) {

    public ShareSpec {
        Objects.requireNonNull(hostFolder, "hostFolder");
        if (!guestPath.startsWith("/") || guestPath.contains("/../") || guestPath.endsWith("/..")) {
            throw new IllegalArgumentException("a share appears at an absolute path in the guest: " + guestPath);
        }
    }

    /**
     * The host folder with all links on the way resolved: what was checked is what must be shared, even if a link is changed
     * afterwards.
     *
     * @throws ShareException if it is not absolute, is no folder, or this process may not read it or, unless the share is
     *     read-only, not write to it
     */
    @OnWorker
    public Path realFolder() throws ShareException {
        if (!hostFolder.isAbsolute()) {
            throw refused(
                    "share.not-absolute", "The path of a shared folder begins at the root: " + hostFolder + ".", null);
        }
        Path real;
        try {
            real = hostFolder.toRealPath();
        } catch (NoSuchFileException e) {
            throw refused("share.no-folder", "There is no folder " + hostFolder + " to share.", e);
        } catch (IOException e) {
            throw refused("share.folder", "The folder " + hostFolder + " cannot be reached.", e);
        }
        if (!Files.isDirectory(real)) {
            throw refused("share.no-folder", hostFolder + " is not a folder.", null);
        }
        if (!Files.isReadable(real) || !Files.isExecutable(real)) {
            throw refused("share.denied", "Berth may not read the folder " + hostFolder + ".", null);
        }
        if (!readOnly && !Files.isWritable(real)) {
            throw new ShareException(
                    "share.denied",
                    ErrorKind.INVALID,
                    "Berth may not write to the folder " + hostFolder + ".",
                    "",
                    Remedy.advice("Share it read-only, by adding :ro."),
                    null);
        }
        return real;
    }

    private static ShareException refused(String code, String summary, @Nullable Throwable cause) {
        return new ShareException(
                code,
                ErrorKind.INVALID,
                summary,
                cause == null ? "" : String.valueOf(cause),
                Remedy.advice("Name an existing folder that you may read."),
                cause);
    }

    /** Parses {@code HOST:GUEST[:ro]}; a Windows drive letter belongs to the host part. */
    public static ShareSpec parse(String text) {
        String rest = text;
        boolean readOnly = false;
        if (rest.endsWith(":ro")) {
            readOnly = true;
            rest = rest.substring(0, rest.length() - 3);
        } else if (rest.endsWith(":rw")) {
            rest = rest.substring(0, rest.length() - 3);
        }
        int colon = rest.lastIndexOf(':');
        if (colon < 1 || colon == rest.length() - 1) {
            throw new IllegalArgumentException("write a share as HOST:GUEST or HOST:GUEST:ro, not " + text);
        }
        return new ShareSpec(
                Path.of(rest.substring(0, colon)).toAbsolutePath().normalize(), rest.substring(colon + 1), readOnly);
    }
}
