/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A container that does nothing, out of the host's own programs mounted read-only, to try a runtime with. */
public final class TrialBundle {

    private static final List<String> FOLDERS = List.of("bin", "sbin", "lib", "lib32", "lib64", "usr", "nix", "gnu");

    private TrialBundle() {}

    /**
     * Writes the bundle.
     *
     * @param cgroup its control group, or empty for none
     */
    public static void write(Path folder, String cgroup) throws IOException {
        Path rootfs = Files.createDirectories(folder.resolve("rootfs"));
        List<Map<String, Object>> mounts = new ArrayList<>();
        mounts.add(mount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")));
        mounts.add(mount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "mode=755", "size=1024k")));
        mounts.add(mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")));
        if (!cgroup.isEmpty()) {
            mounts.add(mount("/sys/fs/cgroup", "cgroup", "cgroup", List.of("nosuid", "noexec", "nodev", "ro")));
        }
        for (String name : FOLDERS) {
            Path source = Path.of("/", name);
            if (Files.isSymbolicLink(source)) {
                Files.createSymbolicLink(rootfs.resolve(name), Files.readSymbolicLink(source));
            } else if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(rootfs.resolve(name));
                mounts.add(mount("/" + name, "bind", source.toString(), List.of("rbind", "rprivate", "ro")));
            }
        }
        List<Map<String, Object>> namespaces = new ArrayList<>();
        for (String type : List.of("pid", "ipc", "uts", "mount")) {
            namespaces.add(Json.object("type", type));
        }
        Map<String, Object> linux = Json.object("namespaces", namespaces, "seccomp", Seccomp.profile());
        if (!cgroup.isEmpty()) {
            namespaces.add(Json.object("type", "cgroup"));
            linux.put("cgroupsPath", cgroup);
            linux.put("resources", Json.object("pids", Json.object("limit", 100)));
        }
        Files.writeString(
                folder.resolve("config.json"),
                Json.text(Json.object(
                        "ociVersion",
                        "1.0.2",
                        "process",
                        ProcessConfig.of(
                                List.of("sh", "-c", "exit 0"),
                                Map.of(),
                                new GuestUser(0, 0, List.of(), "/"),
                                "/",
                                Optional.empty()),
                        "root",
                        Json.object("path", rootfs.toString(), "readonly", true),
                        "hostname",
                        "trial",
                        "mounts",
                        mounts,
                        "linux",
                        linux)));
        for (String name : List.of("proc", "dev", "sys")) {
            Files.createDirectories(rootfs.resolve(name));
        }
    }

    private static Map<String, Object> mount(String target, String type, String source, List<String> options) {
        return Json.object("destination", target, "type", type, "source", source, "options", options);
    }
}
