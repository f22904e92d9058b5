/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Debian's docker-registry on loopback, filled by skopeo; started and killed at will. */
final class DockerRegistry implements AutoCloseable {

    final int port;
    private final Path folder;
    private Process process;

    DockerRegistry(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(
                folder.resolve("config.yml"),
                "version: 0.1\nlog: {level: error}\nstorage:\n  filesystem: {rootdirectory: " + folder.resolve("data")
                        + "}\nhttp:\n  addr: 127.0.0.1:" + port + "\n");
        start();
    }

    void start() throws Exception {
        process = new ProcessBuilder(
                        "docker-registry", "serve", folder.resolve("config.yml").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new AssertionError(
                            "docker-registry does not start: " + Files.readString(folder.resolve("log")));
                }
                Thread.sleep(20);
            }
        }
    }

    /** Puts an image of one uncompressed layer there, with {@code etc/os-release} and a file of random bytes. */
    void push(String name, int bytes) throws Exception {
        Path work = Files.createTempDirectory(folder, "image");
        Path tree = work.resolve("tree");
        Files.createDirectories(tree.resolve("etc"));
        Files.writeString(tree.resolve("etc/os-release"), "ID=test\n");
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Path tar = work.resolve("layer.tar");
        run("tar", "-C", tree.toString(), "-cf", tar.toString(), "etc", "noise");
        Path blobs = Files.createDirectories(work.resolve("layout/blobs/sha256"));
        String layer = blob(blobs, Files.readAllBytes(tar));
        String arch = dev.berth.api.image.Platform.host().architecture();
        byte[] config = ("{\"os\":\"linux\",\"architecture\":\"" + arch
                        + "\",\"config\":{\"Env\":[\"A=b\"],\"Cmd\":[\"/bin/sh\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:"
                        + layer + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        String manifestType = "application/vnd.oci.image.manifest.v1+json";
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + manifestType + "\",\"config\":"
                        + descriptor("application/vnd.oci.image.config.v1+json", blob(blobs, config), config.length)
                        + ",\"layers\":["
                        + descriptor("application/vnd.oci.image.layer.v1.tar", layer, Files.size(tar)) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        Path layout = work.resolve("layout");
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                layout.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":["
                        + descriptor(manifestType, blob(blobs, manifest), manifest.length) + "]}");
        run(
                "skopeo",
                "copy",
                "--insecure-policy",
                "--preserve-digests",
                "--dest-tls-verify=false",
                "oci:" + layout,
                "docker://127.0.0.1:" + port + "/" + name);
    }

    private static String descriptor(String type, String hex, long size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"sha256:" + hex + "\",\"size\":" + size + "}";
    }

    private static String blob(Path blobs, byte[] bytes) throws Exception {
        String hex =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Files.write(blobs.resolve(hex), bytes);
        return hex;
    }

    private void run(String... argv) throws Exception {
        Path out = Files.createTempFile(folder, "run", "");
        Process run = new ProcessBuilder(List.of(argv))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!run.waitFor(60, TimeUnit.SECONDS) || run.exitValue() != 0) {
            run.destroyForcibly();
            throw new AssertionError(argv[0] + ": " + Files.readString(out));
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
