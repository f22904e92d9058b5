/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import dev.berth.api.image.IdMapping;
import dev.berth.api.image.IdRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of the host in a user namespace with a given mapping (user_namespaces(7)): what lets an ordinary user
 * make and delete files of subordinate ids.
 */
public final class UserNamespace {

    private static final String WAIT_FOR_MAPPING = "echo ready && read go && exec \"$@\"";

    private UserNamespace() {}

    /**
     * Starts a program as the superuser of a new user namespace. Its standard streams are pipes.
     *
     * @throws IOException if the host does not let this user make such a namespace; the message says what is missing
     */
    public static Process start(IdMapping ids, List<String> command) throws IOException, InterruptedException {
        List<String> argv =
                new ArrayList<>(List.of("unshare", "--user", "--", "/bin/sh", "-c", WAIT_FOR_MAPPING, "sh"));
        argv.addAll(command);
        Process process = new ProcessBuilder(argv).start();
        boolean mapped = false;
        try {
            // The namespace exists once its shell speaks.
            String line = readLine(process.getInputStream());
            if (!line.equals("ready")) {
                String why = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                throw new IOException("cannot make a user namespace: " + why);
            }
            map("uid", process.pid(), ids.uids());
            map("gid", process.pid(), ids.gids());
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            mapped = true;
            return process;
        } finally {
            if (!mapped) {
                process.destroyForcibly();
            }
        }
    }

    private static void map(String kind, long pid, List<IdRange> ranges) throws IOException, InterruptedException {
        if (LayerUnpacker.superuser()) {
            StringBuilder lines = new StringBuilder();
            for (IdRange range : ranges) {
                lines.append(range.guestStart())
                        .append(' ')
                        .append(range.hostStart())
                        .append(' ');
                lines.append(range.count()).append('\n');
            }
            // One write: the kernel takes the whole map at once or not at all.
            Files.writeString(Path.of("/proc/" + pid + "/" + kind + "_map"), lines);
            return;
        }
        List<String> argv = new ArrayList<>(List.of("new" + kind + "map", Long.toString(pid)));
        for (IdRange range : ranges) {
            argv.add(Long.toString(range.guestStart()));
            argv.add(Long.toString(range.hostStart()));
            argv.add(Long.toString(range.count()));
        }
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(argv.get(0) + " failed: " + output);
        }
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < 100; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
