/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.IdMapping;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Elevation;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import dev.berth.plugin.engine.runc.internal.host.SubordinateIds;
import dev.berth.plugin.engine.runc.internal.store.EngineHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rights of a plain user: a user namespace that the router's process holds, where the user is root. */
public final class UserNamespace implements Elevation {

    private final EngineHome home;
    private final Optional<IdMapping> ids;
    private final String user;

    private UserNamespace(EngineHome home, Optional<IdMapping> ids, String user) {
        this.home = home;
        this.ids = ids;
        this.user = user;
    }

    /** What this process has: root's rights, or those of a user namespace. */
    public static Elevation ofThisProcess(EngineHome home) {
        long uid = id("Uid:");
        String user = System.getProperty("user.name", "");
        return uid == 0
                ? ROOT
                : new UserNamespace(
                        home,
                        SubordinateIds.mapping(
                                Proc.read(Path.of("/etc/subuid")).orElse(""),
                                Proc.read(Path.of("/etc/subgid")).orElse(""),
                                user,
                                uid,
                                id("Gid:")),
                        user);
    }

    private static long id(String field) {
        for (String line : Proc.read(Path.of("/proc/self/status")).orElse("").split("\n")) {
            if (line.startsWith(field)) {
                // Real, effective, saved, file system.
                return Long.parseLong(line.substring(field.length()).strip().split("\\s+")[1]);
            }
        }
        return 0;
    }

    @Override
    public boolean rootless() {
        return true;
    }

    @Override
    public IdMapping ids() {
        return ids.orElseGet(IdMapping::identity);
    }

    @Override
    public Optional<EngineException> missing() {
        if (ids.isEmpty()) {
            return Optional.of(missing(
                    "The user " + user + " has no range of 65536 subordinate ids in /etc/subuid and /etc/subgid.",
                    Remedy.command(
                            "Give " + user + " subordinate ids.",
                            "usermod",
                            "--add-subuids",
                            "100000-165535",
                            "--add-subgids",
                            "100000-165535",
                            user)));
        }
        if (Commands.find("newuidmap").isEmpty() || Commands.find("newgidmap").isEmpty()) {
            return Optional.of(missing(
                    "Containers of a plain user need newuidmap, which is not installed.",
                    Remedy.installPackages("uidmap")));
        }
        if (setting("kernel/unprivileged_userns_clone").equals("0")) {
            return Optional.of(missing(
                    "The kernel does not let plain users make user namespaces.",
                    Remedy.command("Allow it.", "sysctl", "-w", "kernel.unprivileged_userns_clone=1")));
        }
        if (setting("user/max_user_namespaces").equals("0")) {
            return Optional.of(missing(
                    "The kernel allows no user namespaces.",
                    Remedy.command("Allow them.", "sysctl", "-w", "user.max_user_namespaces=15000")));
        }
        if (setting("kernel/apparmor_restrict_unprivileged_userns").equals("1")) {
            return Optional.of(missing(
                    "AppArmor does not let plain users use user namespaces.",
                    Remedy.command("Allow it.", "sysctl", "-w", "kernel.apparmor_restrict_unprivileged_userns=0")));
        }
        return Optional.empty();
    }

    private static EngineException missing(String summary, Remedy remedy) {
        return new EngineException("engine.rootless", ErrorKind.MISSING, summary, "", remedy, null);
    }

    private static String setting(String name) {
        return Proc.read(Path.of("/proc/sys", name)).orElse("").strip();
    }

    @Override
    public List<String> command(List<String> command) throws EngineException, InterruptedException {
        Optional<EngineException> missing = missing();
        if (missing.isPresent()) {
            throw missing.get();
        }
        long holder = holder();
        List<String> entered = new ArrayList<>(
                List.of("nsenter", "--user=/proc/" + holder + "/ns/user", "--mount=/proc/" + holder + "/ns/mnt", "--"));
        entered.addAll(command);
        return entered;
    }

    private long holder() throws EngineException, InterruptedException {
        try {
            return home.<Long, EngineException>locked(Networks.LOCK, () -> {
                Router router = Routers.of(home, this);
                Optional<Router.Running> running = router.running();
                String self = Routers.self();
                if (running.isPresent() && Files.exists(router.member(self))) {
                    return running.get().holder();
                }
                return router.hold(self).holder();
            });
        } catch (IOException e) {
            throw new EngineException("engine.rootless", "The user namespace cannot be made.", e);
        }
    }
}
