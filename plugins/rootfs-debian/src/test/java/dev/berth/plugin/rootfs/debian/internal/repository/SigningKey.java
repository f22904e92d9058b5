/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.repository;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A key of gpg's own, in a home of its own; close it to end gpg's agent. */
public final class SigningKey implements AutoCloseable {

    private final Path home;
    private final Path ring;

    /** Makes a key. The path of {@code folder} has to be short: gpg's agent listens in it. */
    public SigningKey(Path folder) throws Exception {
        home = Files.createDirectory(
                folder.resolve("gpg"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ring = folder.resolve("archive.gpg");
        gpg("--quick-generate-key", "archive@example.org", "ed25519", "sign", "1y");
        gpg("--output", ring.toString(), "--export", "archive@example.org");
    }

    /** The public key, as a file. */
    public Path ring() {
        return ring;
    }

    /** Signs a text within itself. */
    public void sign(Path plain, Path signed) throws Exception {
        Files.deleteIfExists(signed);
        gpg("--output", signed.toString(), "--clearsign", plain.toString());
    }

    private void gpg(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "gpg", "--homedir", home.toString(), "--batch", "--pinentry-mode", "loopback", "--passphrase", ""));
        command.addAll(List.of(arguments));
        Tools.run(home, command.toArray(String[]::new));
    }

    @Override
    public void close() throws Exception {
        Tools.run(home.getParent(), "gpgconf", "--homedir", home.toString(), "--kill", "all");
    }
}
