/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.Mount;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.ContainerRecord;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the writable layer as an OCI layer. GNU tar reads it, in the user namespace where there is one: names that are
 * no text, extended attributes, hard links and numeric owners all come out right and fast. What overlayfs means by
 * devices and attributes is then put in the words of OCI by {@link LayerTransform}.
 */
final class ChangesExport {

    private final Engine engine;
    private final ContainerRecord record;
    private final ContainerFiles files;

    ChangesExport(Engine engine, ContainerRecord record, ContainerFiles files) {
        this.engine = engine;
        this.record = record;
        this.files = files;
    }

    void write(OutputStream out, TaskContext context) throws EngineException, IOException, InterruptedException {
        if (Commands.find("tar").isEmpty()) {
            throw new EngineException(
                    "engine.export",
                    ErrorKind.MISSING,
                    "GNU tar is needed to keep a container's changes.",
                    "",
                    Remedy.installPackages("tar"),
                    null);
        }
        Files.createDirectories(files.upper());
        List<String> command = List.of(
                "tar",
                "--create",
                "--file=-",
                "--format=posix",
                "--pax-option=exthdr.name=%d/%f.pax,delete=atime,delete=ctime,delete=mtime",
                "--numeric-owner",
                "--sort=name",
                "--xattrs",
                "--xattrs-include=*",
                "--warning=no-file-ignored",
                "--warning=no-file-changed",
                "--warning=no-file-removed",
                "--directory=" + files.upper(),
                ".");
        Path errors = Files.createTempFile(files.bundle(), "export", ".log");
        Process tar = Commands.builder(engine.elevation().command(command))
                .redirectInput(new File("/dev/null"))
                .redirectError(errors.toFile())
                .start();
        try (Registration cancel = context.onCancel(tar::destroyForcibly)) {
            new LayerTransform(mountPoints()).copy(tar.getInputStream(), out, context);
            int exit = tar.waitFor();
            context.checkCancelled();
            // 1: a file changed while it was read, which the caller prevents by pausing if it matters.
            if (exit > 1) {
                throw Commands.failure(
                        "engine.export",
                        "The changes of container " + record.spec().id() + " cannot be read.",
                        "tar: exit " + exit + "\n" + Commands.lastLines(Files.readString(errors)));
            }
        } finally {
            tar.destroyForcibly();
            Files.deleteIfExists(errors);
        }
    }

    /** Paths without a leading slash where something was mounted; the runtime leaves empty files and folders there. */
    private Set<String> mountPoints() {
        Set<String> paths = new HashSet<>(List.of(
                "etc/hosts", "etc/hostname", "etc/resolv.conf", "run/berth", "proc", "sys", "dev", ".dockerenv"));
        for (Mount mount : record.spec().mounts()) {
            paths.add(Path.of(mount.target()).normalize().toString().substring(1));
        }
        return paths;
    }
}
