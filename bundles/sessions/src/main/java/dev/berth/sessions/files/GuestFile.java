/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.files;

import java.time.Instant;
import java.util.Objects;

/**
 * An entry of a guest's folder.
 *
 * @param folder whether it can be entered; true also of a link to a folder
 * @param size in bytes
 */
public record GuestFile(String name, Kind kind, boolean folder, long size, Instant modified) {

    /** What it is itself. */
    public enum Kind {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    public GuestFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(modified, "modified");
    }
}
