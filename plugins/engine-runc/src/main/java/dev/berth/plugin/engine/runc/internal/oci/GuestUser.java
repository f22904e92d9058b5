/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.oci;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.runc.internal.store.LayeredFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A user of the guest, as passwd(5) and group(5) of the guest know them.
 *
 * @param groups ids of the groups that the user is in, without the main one
 */
public record GuestUser(long uid, long gid, List<Long> groups, String home) {

    private static final long HIGHEST_ID = 0xffff_fffeL;

    public GuestUser {
        groups = List.copyOf(groups);
    }

    /** Finds a user written as {@code user}, {@code uid}, {@code user:group} or {@code uid:gid}; empty means root. */
    public static GuestUser resolve(String user, LayeredFiles guest) throws EngineException {
        try {
            int colon = user.indexOf(':');
            String name = colon < 0 ? user : user.substring(0, colon);
            String group = colon < 0 ? "" : user.substring(colon + 1);
            return find(name.isEmpty() ? "0" : name, group, guest);
        } catch (IOException e) {
            throw new EngineException("engine.user", "The guest's list of users cannot be read.", e);
        }
    }

    private static GuestUser find(String user, String group, LayeredFiles guest) throws EngineException, IOException {
        Optional<Long> number = id(user);
        Optional<String[]> line = lines(guest, "/etc/passwd", 7)
                .filter(fields -> number.isPresent() ? id(fields[2]).equals(number) : fields[0].equals(user))
                .findFirst();
        if (line.isEmpty() && number.isEmpty()) {
            throw unknown("user", user);
        }
        String name = line.map(fields -> fields[0]).orElse("");
        long uid = number.orElseGet(() -> line.flatMap(fields -> id(fields[2])).orElse(HIGHEST_ID));
        long gid = line.flatMap(fields -> id(fields[3])).orElse(0L);
        List<Long> groups = new ArrayList<>();
        if (!group.isEmpty()) {
            Optional<Long> wanted = id(group);
            gid = wanted.isPresent()
                    ? wanted.get()
                    : lines(guest, "/etc/group", 3)
                            .filter(fields -> fields[0].equals(group))
                            .findFirst()
                            .flatMap(fields -> id(fields[2]))
                            .orElseThrow(() -> unknown("group", group));
        } else if (!name.isEmpty()) {
            long main = gid;
            lines(guest, "/etc/group", 4)
                    .filter(fields -> List.of(fields[3].split(",")).contains(name))
                    .flatMap(fields -> id(fields[2]).stream())
                    .filter(id -> id != main)
                    .distinct()
                    .forEach(groups::add);
        }
        String home = line.map(fields -> fields[5])
                .filter(path -> path.startsWith("/"))
                .orElse("/");
        return new GuestUser(uid, gid, groups, home);
    }

    /** As {@code process.user} of the OCI runtime specification. */
    Map<String, Object> json() {
        Map<String, Object> user = Json.object("uid", uid, "gid", gid);
        if (!groups.isEmpty()) {
            user.put("additionalGids", groups);
        }
        return user;
    }

    private static Stream<String[]> lines(LayeredFiles guest, String file, int fields) throws IOException {
        return guest.read(file)
                .orElse("")
                .lines()
                .map(line -> line.split(":", -1))
                .filter(line -> line.length >= fields);
    }

    private static Optional<Long> id(String text) {
        if (!text.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(text)).filter(id -> id <= HIGHEST_ID);
    }

    private static EngineException unknown(String what, String name) {
        return new EngineException(
                "engine.user",
                ErrorKind.INVALID,
                "The guest has no " + what + " named " + name + ".",
                "",
                Remedy.NONE,
                null);
    }
}
