/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.image.Digest;
import dev.berth.api.image.IdMapping;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ImageContent;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.Platform;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** An image of two layers out of the host's static busybox. */
final class BusyboxImage implements ImageContent {

    private final List<Path> layers;

    private BusyboxImage(List<Path> layers) {
        this.layers = layers;
    }

    static BusyboxImage make(Path folder) throws Exception {
        Path busybox = Commands.find("busybox").orElseThrow(() -> new AssertionError("busybox-static is missing"));
        Path base = Files.createDirectories(folder.resolve("base"));
        for (String name : List.of("bin", "etc", "tmp", "home/tester", "var", "root", "opt/gone")) {
            Files.createDirectories(base.resolve(name));
        }
        Files.writeString(base.resolve("opt/gone/file"), "below");
        Files.copy(busybox, base.resolve("bin/busybox"));
        for (String applet : Commands.check("busybox", List.of(busybox.toString(), "--list"))
                .out()
                .split("\n")) {
            if (!applet.equals("busybox")) {
                Files.createSymbolicLink(base.resolve("bin").resolve(applet), Path.of("busybox"));
            }
        }
        Path upper = Files.createDirectories(folder.resolve("upper, with: odd name"));
        Files.createDirectories(upper.resolve("etc"));
        Files.writeString(
                upper.resolve("etc/passwd"),
                "root:x:0:0:root:/root:/bin/sh\ntester:x:1000:1000:Tester:/home/tester:/bin/sh\n");
        Files.writeString(upper.resolve("etc/group"), "root:x:0:\ntester:x:1000:\ncrew:x:2000:other,tester\n");
        Files.writeString(upper.resolve("etc/berth-test"), "from the image");
        for (Path layer : List.of(base, upper)) {
            Files.setPosixFilePermissions(layer, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(base.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
        return new BusyboxImage(List.of(base, upper));
    }

    @Override
    public Digest digest() {
        return Digest.sha256("0123456789abcdef".repeat(4));
    }

    @Override
    public String name() {
        return "busybox";
    }

    @Override
    public ImageConfig config() {
        return new ImageConfig(
                Platform.host(),
                Map.of("PATH", "/bin", "FROM_IMAGE", "yes"),
                List.of(),
                List.of("sh"),
                "/",
                "",
                Map.of());
    }

    @Override
    public List<LayerInfo> layers() {
        return List.of();
    }

    @Override
    public List<Path> unpack(IdMapping ids, TaskContext context) {
        return layers;
    }

    @Override
    public void writeArchive(OutputStream out, TaskContext context) {
        throw new UnsupportedOperationException("this engine does not ask for it");
    }
}
