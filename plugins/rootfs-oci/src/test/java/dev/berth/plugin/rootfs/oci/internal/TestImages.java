/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Writes image layouts to push, by hand, so that what is in them is known to the byte. */
final class TestImages {

    private static final String OCI = "application/vnd.oci.image.";

    private final Path work;
    private final Path layout;
    private final Path blobs;
    private final List<String> manifests = new ArrayList<>();

    TestImages(Path folder) throws IOException {
        work = Files.createTempDirectory(folder, "image");
        layout = work.resolve("layout");
        blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    }

    /** An image with {@code etc/os-release}, {@code arch} and a file of random bytes; {@code zstd} compresses its layer. */
    TestImages add(String architecture, int bytes, boolean zstd) throws Exception {
        Path tree = Files.createDirectories(work.resolve("tree-" + architecture));
        Files.createDirectories(tree.resolve("etc"));
        Files.writeString(tree.resolve("etc/os-release"), "ID=test\n");
        Files.createFile(tree.resolve("for-" + architecture));
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Path tar = work.resolve(architecture + ".tar");
        run("tar", "-C", tree.toString(), "-cf", tar.toString(), "etc", "noise", "for-" + architecture);
        String diffId = sum(Files.readAllBytes(tar));
        Path layer = tar;
        if (zstd) {
            run("zstd", "-q", tar.toString());
            layer = work.resolve(architecture + ".tar.zst");
        }
        byte[] config = ("{\"os\":\"linux\",\"architecture\":\"" + architecture
                        + "\",\"config\":{\"Env\":[\"A=b\"],\"Cmd\":[\"/bin/sh\"]},"
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:" + diffId + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + OCI + "manifest.v1+json\",\"config\":"
                        + descriptor("config.v1+json", config, "")
                        + ",\"layers\":["
                        + descriptor("layer.v1.tar" + (zstd ? "+zstd" : ""), Files.readAllBytes(layer), "")
                        + "]}")
                .getBytes(StandardCharsets.UTF_8);
        manifests.add(descriptor(
                "manifest.v1+json",
                manifest,
                ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}"));
        return this;
    }

    /** The layout, with an index of its own when it holds several images. */
    Path write() throws Exception {
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + OCI + "index.v1+json\",\"manifests\":[";
        String whole = index + String.join(",", manifests) + "]}";
        if (manifests.size() > 1) {
            whole = index + descriptor("index.v1+json", whole.getBytes(StandardCharsets.UTF_8), "") + "]}";
        }
        Files.writeString(layout.resolve("index.json"), whole);
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        return layout;
    }

    private String descriptor(String type, byte[] bytes, String more) throws Exception {
        String hex = sum(bytes);
        Files.write(blobs.resolve(hex), bytes);
        return "{\"mediaType\":\"" + OCI + type + "\",\"digest\":\"sha256:" + hex + "\",\"size\":" + bytes.length + more
                + "}";
    }

    private static String sum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Runs a command of the host to its end. */
    static void run(String... argv) throws Exception {
        Path out = Files.createTempFile("berth-run", "");
        try {
            Process run = new ProcessBuilder(List.of(argv))
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!run.waitFor(60, TimeUnit.SECONDS) || run.exitValue() != 0) {
                run.destroyForcibly();
                throw new AssertionError(argv[0] + ": " + Files.readString(out));
            }
        } finally {
            Files.deleteIfExists(out);
        }
    }
}
