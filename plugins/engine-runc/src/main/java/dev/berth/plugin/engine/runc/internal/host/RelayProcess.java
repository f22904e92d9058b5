/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** Starts a {@link Relay} in the network of a container. */
public final class RelayProcess {

    private static final List<String> CLASSES = List.of("Relay", "Relay$Up");

    private RelayProcess() {}

    /**
     * Starts it and waits until it is connected.
     *
     * @param folder where its classes are put, which the JVM of another user namespace can read
     * @throws IOException if nothing answers at the port
     */
    public static Process connect(long init, int port, Path folder) throws IOException {
        Path classes = classes(folder);
        Process process = Commands.builder(List.of(
                        "nsenter",
                        "--user=/proc/" + init + "/ns/user",
                        "--net=/proc/" + init + "/ns/net",
                        "--",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx16m",
                        "-cp",
                        classes.toString(),
                        Relay.class.getName(),
                        Integer.toString(port)))
                .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start();
        if (process.getInputStream().read() != '+') {
            process.destroyForcibly();
            throw new IOException("port " + port + " of the container does not answer");
        }
        return process;
    }

    private static Path classes(Path folder) throws IOException {
        String packagePath = Relay.class.getPackageName().replace('.', '/');
        Path target = Files.createDirectories(folder.resolve(packagePath));
        for (String name : CLASSES) {
            Path file = target.resolve(name + ".class");
            if (!Files.exists(file)) {
                Path temporary = Files.createTempFile(target, ".", ".part");
                try (InputStream in = Objects.requireNonNull(Relay.class.getResourceAsStream(name + ".class"), name)) {
                    Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }
}
