/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.image.IdMapping;
import dev.berth.api.image.IdRange;
import dev.berth.images.internal.unpack.LayerUnpacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The mapping that containers of this user will have: the identity for root; for others guest 0 is the user, and guest 1
 * onwards the first range of subordinate ids (subuid(5), subgid(5)).
 */
final class HostIds {

    private static final long MOST = 65536;

    private HostIds() {}

    /** Empty when this user has no subordinate ids or this host no user namespaces. */
    static Optional<IdMapping> mapping() {
        if (LayerUnpacker.superuser()) {
            return Optional.of(IdMapping.identity());
        }
        if (!LayerUnpacker.supported()) {
            return Optional.empty();
        }
        try {
            String user = System.getProperty("user.name", "");
            Path self = Path.of("/proc/self");
            int uid = (Integer) Files.getAttribute(self, "unix:uid");
            int gid = (Integer) Files.getAttribute(self, "unix:gid");
            Optional<IdRange> uids = first(Path.of("/etc/subuid"), user, uid);
            Optional<IdRange> gids = first(Path.of("/etc/subgid"), user, uid);
            if (uids.isEmpty() || gids.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new IdMapping(
                    List.of(new IdRange(0, uid, 1), uids.get()), List.of(new IdRange(0, gid, 1), gids.get())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<IdRange> first(Path file, String user, int uid) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.strip().split(":", -1);
            if (parts.length == 3 && (parts[0].equals(user) || parts[0].equals(Integer.toString(uid)))) {
                long count = Math.min(MOST, Long.parseLong(parts[2]));
                return Optional.of(new IdRange(1, Long.parseLong(parts[1]), count));
            }
        }
        return Optional.empty();
    }
}
