/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plugin.engine.docker.internal.transport.CommandTransport;
import dev.berth.plugin.engine.docker.internal.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A host of its own as far as the network goes: a namespace with an sshd, joined by one wire. */
final class SshHost implements AutoCloseable {

    private static final String HERE = "10.213.77.1";
    private static final String THERE = "10.213.77.2";
    private static final int PORT = 2222;

    private final String name = "berth-" + Long.toString(ProcessHandle.current().pid(), 36);
    private final Path folder;
    private final Process sshd;

    SshHost(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        for (String key : List.of("host", "user")) {
            run(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    folder.resolve(key).toString());
        }
        Files.copy(folder.resolve("user.pub"), folder.resolve("authorized"));
        String hostKey = Files.readString(folder.resolve("host.pub"));
        Files.writeString(folder.resolve("known"), "[" + THERE + "]:" + PORT + " " + hostKey);
        Files.createDirectories(Path.of("/run/sshd"));
        run("ip", "netns", "add", name);
        run("ip", "link", "add", name + "a", "type", "veth", "peer", "name", name + "b", "netns", name);
        run("ip", "address", "add", HERE + "/24", "dev", name + "a");
        run("ip", "link", "set", name + "a", "up");
        run("ip", "-n", name, "address", "add", THERE + "/24", "dev", name + "b");
        run("ip", "-n", name, "link", "set", name + "b", "up");
        sshd = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        name,
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        "/dev/null",
                        "-p",
                        Integer.toString(PORT),
                        "-h",
                        folder.resolve("host").toString(),
                        "-o",
                        "AuthorizedKeysFile=" + folder.resolve("authorized"),
                        "-o",
                        "StrictModes=no",
                        "-o",
                        "PermitRootLogin=yes",
                        "-o",
                        "MaxStartups=100",
                        "-o",
                        "PidFile=none")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!Files.readString(folder.resolve("sshd.log")).contains("listening on")) {
            assertThat(sshd.isAlive() && System.nanoTime() < deadline)
                    .as(Files.readString(folder.resolve("sshd.log")))
                    .isTrue();
            Thread.sleep(10);
        }
    }

    /** The way to an engine's socket on that host. */
    Transport transport(Path socket) {
        return CommandTransport.ssh(
                "root@" + THERE,
                PORT,
                List.of("exec socat - UNIX-CONNECT:" + socket),
                List.of(
                        "-F",
                        "none",
                        "-i",
                        folder.resolve("user").toString(),
                        "-o",
                        "IdentitiesOnly=yes",
                        "-o",
                        "UserKnownHostsFile=" + folder.resolve("known")));
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
    }

    @Override
    public void close() throws Exception {
        sshd.descendants().forEach(ProcessHandle::destroy);
        sshd.destroy();
        if (!sshd.waitFor(10, TimeUnit.SECONDS)) {
            sshd.destroyForcibly().waitFor();
        }
        run("ip", "netns", "delete", name);
    }
}
