/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import dev.berth.api.image.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's docker-registry on loopback, filled by skopeo; started and killed at will. */
final class DockerRegistry implements AutoCloseable {

    final int port;
    private final Path folder;
    private Process process;

    DockerRegistry(Path folder) throws Exception {
        this(folder, folder.resolve("data"), "");
    }

    /**
     * A registry over a folder of data, which another may serve too.
     *
     * @param auth what its configuration says of authentication
     */
    DockerRegistry(Path folder, Path data, String auth) throws Exception {
        this.folder = Files.createDirectories(folder);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(
                folder.resolve("config.yml"),
                "version: 0.1\nlog: {level: error}\nstorage:\n  filesystem: {rootdirectory: " + data
                        + "}\nhttp:\n  addr: 127.0.0.1:" + port + "\n" + auth);
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
        push(name, new TestImages(folder).add(Platform.host().architecture(), bytes, false));
    }

    void push(String name, TestImages images) throws Exception {
        TestImages.run(
                "skopeo",
                "copy",
                "--all",
                "--insecure-policy",
                "--preserve-digests",
                "--dest-tls-verify=false",
                "oci:" + images.write(),
                "docker://127.0.0.1:" + port + "/" + name);
    }

    Path data() {
        return folder.resolve("data");
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
