/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import dev.berth.api.image.IdMapping;
import dev.berth.api.image.IdRange;
import java.util.List;
import java.util.Optional;

/** Ids that a plain user may use in user namespaces of their own (subuid(5), subgid(5)). */
public final class SubordinateIds {

    /** Fewer would not hold the ids of a distribution, {@code nobody} among them. */
    private static final long FEWEST = 65_536;

    private SubordinateIds() {}

    /**
     * How a guest's ids map for a user: root is the user, all others come from the first large enough range.
     *
     * @param subuid content of /etc/subuid
     * @param subgid content of /etc/subgid
     */
    public static Optional<IdMapping> mapping(String subuid, String subgid, String name, long uid, long gid) {
        Optional<IdRange> uids = range(subuid, name, uid);
        Optional<IdRange> gids = range(subgid, name, uid);
        if (uids.isEmpty() || gids.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new IdMapping(
                List.of(new IdRange(0, uid, 1), uids.get()), List.of(new IdRange(0, gid, 1), gids.get())));
    }

    private static Optional<IdRange> range(String file, String name, long uid) {
        for (String line : file.split("\n")) {
            String[] fields = line.strip().split(":");
            if (fields.length == 3
                    && (fields[0].equals(name) || fields[0].equals(Long.toString(uid)))
                    && fields[1].matches("[0-9]{1,10}")
                    && fields[2].matches("[0-9]{1,10}")
                    && Long.parseLong(fields[2]) >= FEWEST) {
                return Optional.of(new IdRange(1, Long.parseLong(fields[1]), FEWEST));
            }
        }
        return Optional.empty();
    }

    /** Ranges as newuidmap(1) takes them. */
    public static String arguments(List<IdRange> ranges) {
        StringBuilder text = new StringBuilder();
        for (IdRange range : ranges) {
            text.append(range.guestStart())
                    .append(' ')
                    .append(range.hostStart())
                    .append(' ')
                    .append(range.count())
                    .append(' ');
        }
        return text.toString().strip();
    }
}
