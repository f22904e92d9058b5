/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.IdMapping;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ImageContent;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.Platform;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.wslc.internal.Json;
import dev.berth.plugin.engine.wslc.internal.TarEntries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** An image of two layers out of the host's static busybox, as the archive of an OCI layout; one layer is compressed. */
final class BusyboxImage implements ImageContent {

    private final Map<String, byte[]> blobs = new LinkedHashMap<>();
    private String manifest = "";
    private int manifestSize;

    static BusyboxImage make(Path folder) throws Exception {
        Path busybox = Path.of("/bin/busybox");
        Path base = Files.createDirectories(folder.resolve("base"));
        for (String name : List.of("bin", "etc", "tmp", "home/tester", "var", "root", "opt/gone")) {
            Files.createDirectories(base.resolve(name));
        }
        Files.copy(busybox, base.resolve("bin/busybox"));
        for (String applet : run("busybox", "--list").split("\n")) {
            if (!applet.equals("busybox")) {
                Files.createSymbolicLink(base.resolve("bin").resolve(applet), Path.of("busybox"));
            }
        }
        Path upper = Files.createDirectories(folder.resolve("upper"));
        Files.createDirectories(upper.resolve("etc"));
        Files.writeString(
                upper.resolve("etc/passwd"),
                "root:x:0:0:root:/root:/bin/sh\ntester:x:1000:1000:Tester:/home/tester:/bin/sh\n");
        Files.writeString(upper.resolve("etc/group"), "root:x:0:\ntester:x:1000:\ncrew:x:2000:other,tester\n");
        Files.writeString(upper.resolve("etc/berth-test"), "from the image");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(base.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));

        BusyboxImage image = new BusyboxImage();
        byte[] first = archive(base);
        byte[] second = archive(upper);
        String config = image.add(Json.print(Json.object(
                        "architecture", Platform.host().architecture(),
                        "os", "linux",
                        "created", "2026-01-01T00:00:00Z",
                        "config",
                                Json.object(
                                        "Env",
                                        List.of("PATH=/bin", "FROM_IMAGE=yes"),
                                        "Cmd",
                                        List.of("sh"),
                                        "WorkingDir",
                                        "/"),
                        "rootfs",
                                Json.object(
                                        "type",
                                        "layers",
                                        "diff_ids",
                                        List.of("sha256:" + sha256(first), "sha256:" + sha256(second)))))
                .getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(first);
        }
        List<Object> layers = new ArrayList<>();
        layers.add(image.layer("application/vnd.oci.image.layer.v1.tar+gzip", zipped.toByteArray()));
        layers.add(image.layer("application/vnd.oci.image.layer.v1.tar", second));
        byte[] text = Json.print(Json.object(
                        "schemaVersion",
                        2,
                        "mediaType",
                        "application/vnd.oci.image.manifest.v1+json",
                        "config",
                        Json.object(
                                "mediaType",
                                "application/vnd.oci.image.config.v1+json",
                                "digest",
                                "sha256:" + config,
                                "size",
                                image.size(config)),
                        "layers",
                        layers))
                .getBytes(StandardCharsets.UTF_8);
        image.manifest = image.add(text);
        image.manifestSize = text.length;
        return image;
    }

    private static byte[] archive(Path folder) throws Exception {
        Path file = folder.resolveSibling(folder.getFileName() + ".tar");
        run("tar", "--owner=0", "--group=0", "--numeric-owner", "-C", folder.toString(), "-cf", file.toString(), ".");
        return Files.readAllBytes(file);
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(List.of(command) + " failed");
        }
        return text;
    }

    private String add(byte[] bytes) throws Exception {
        String digest = sha256(bytes);
        blobs.put(digest, bytes);
        return digest;
    }

    private Map<String, Object> layer(String type, byte[] bytes) throws Exception {
        return Json.object("mediaType", type, "digest", "sha256:" + add(bytes), "size", bytes.length);
    }

    private int size(String digest) {
        return java.util.Objects.requireNonNull(blobs.get(digest)).length;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Override
    public Digest digest() {
        return Digest.sha256(manifest);
    }

    @Override
    public String name() {
        return "busybox";
    }

    @Override
    public ImageConfig config() {
        return ImageConfig.of(Platform.host());
    }

    @Override
    public List<LayerInfo> layers() {
        return List.of();
    }

    @Override
    public List<Path> unpack(IdMapping ids, TaskContext context) {
        throw new UnsupportedOperationException("this engine does not ask for it");
    }

    @Override
    public void writeArchive(OutputStream out, TaskContext context) throws ImageException {
        try {
            TarEntries.write(out, "oci-layout", 0644, bytes("{\"imageLayoutVersion\":\"1.0.0\"}"));
            TarEntries.write(
                    out,
                    "index.json",
                    0644,
                    bytes(Json.print(Json.object(
                            "schemaVersion",
                            2,
                            "manifests",
                            List.of(Json.object(
                                    "mediaType",
                                    "application/vnd.oci.image.manifest.v1+json",
                                    "digest",
                                    "sha256:" + manifest,
                                    "size",
                                    manifestSize,
                                    "annotations",
                                    Map.of("org.opencontainers.image.ref.name", "busybox")))))));
            TarEntries.write(out, "blobs", 0755, null);
            TarEntries.write(out, "blobs/sha256", 0755, null);
            TarEntries.write(
                    out, "blobs/sha256/" + manifest, 0644, java.util.Objects.requireNonNull(blobs.get(manifest)));
            for (Map.Entry<String, byte[]> blob : blobs.entrySet()) {
                if (!blob.getKey().equals(manifest)) {
                    TarEntries.write(out, "blobs/sha256/" + blob.getKey(), 0644, blob.getValue());
                }
            }
            TarEntries.end(out);
        } catch (IOException e) {
            throw new ImageException("image.archive", "The archive cannot be written.", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
