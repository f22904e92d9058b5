/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.ShareException;
import dev.berth.api.share.ShareSpec;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.share.ninep.internal.linux.LinuxVolume;
import dev.berth.plugin.share.ninep.internal.protocol.Export;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.Ownership;
import dev.berth.plugin.share.ninep.internal.volume.Volume;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A folder mounted in a running container, and the script there that carries its requests. */
final class GuestMount implements AutoCloseable {

    private static final Pattern IDS = Pattern.compile("([0-9]{1,9}) ([0-9]{1,9})");

    private final ContainerProcess script;
    private final FuseConnection connection;

    private GuestMount(ContainerProcess script, FuseConnection connection) {
        this.script = script;
        this.connection = connection;
    }

    /** Mounts it; when this throws, nothing of it is left. */
    static GuestMount make(Path folder, ShareSpec spec, Container container, TaskContext context)
            throws ShareException, InterruptedException {
        GuestMount mount = begin(folder, spec, container, context);
        boolean mounted = false;
        try (Registration cancel = context.onCancel(mount.script)) {
            mount.awaitMounted(spec, context);
            mounted = true;
            return mount;
        } catch (IOException e) {
            context.checkCancelled();
            throw failed(spec, String.valueOf(e.getMessage()), e);
        } finally {
            if (!mounted) {
                mount.close();
            }
        }
    }

    private static GuestMount begin(Path folder, ShareSpec spec, Container container, TaskContext context)
            throws ShareException, InterruptedException {
        Volume volume = open(folder, container, context);
        boolean begun = false;
        try {
            List<String> command = new ArrayList<>(List.of("perl", "-e", script(), spec.guestPath()));
            if (spec.readOnly()) {
                command.add("ro");
            }
            ContainerProcess script =
                    container.exec(new ExecSpec(command, Map.of(), "0:0", "/", Optional.empty()), context);
            // From here on it closes the volume.
            FuseConnection connection = FuseConnection.start(
                    new Export(volume, spec.readOnly(), ""),
                    new StreamWire(script.stdout(), script.stdin()),
                    spec.guestPath().substring(spec.guestPath().lastIndexOf('/') + 1),
                    volume::close);
            begun = true;
            return new GuestMount(script, connection);
        } catch (EngineException | IOException e) {
            throw failed(spec, String.valueOf(e.getMessage()), e);
        } finally {
            if (!begun) {
                volume.close();
            }
        }
    }

    private void awaitMounted(ShareSpec spec, TaskContext context)
            throws ShareException, IOException, InterruptedException {
        // Not closed: it is the process' own.
        BufferedReader said = new BufferedReader(new InputStreamReader(script.stderr(), StandardCharsets.UTF_8), 256);
        String line = said.readLine();
        if (!"mounted".equals(line)) {
            context.checkCancelled();
            throw failed(spec, line == null ? "The command that mounts it ended." : line, null);
        }
        drain(said);
    }

    private static void drain(BufferedReader said) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (said.readLine() != null) {
                            continue;
                        }
                    } catch (IOException e) {
                        // It has ended.
                        return;
                    }
                },
                "berth-fuse-errors");
        thread.setDaemon(true);
        thread.start();
    }

    /** Files belong to the guest's user when Berth may not give them away; root's Berth shows the host's owners. */
    private static Volume open(Path folder, Container container, TaskContext context)
            throws ShareException, InterruptedException {
        try {
            if (LinuxVolume.mayGiveAway()) {
                return LinuxVolume.open(folder, Ownership.hosts());
            }
            Matcher ids = IDS.matcher(ids(container, context));
            return LinuxVolume.open(
                    folder,
                    ids.matches()
                            ? Ownership.squashed(Integer.parseInt(ids.group(1)), Integer.parseInt(ids.group(2)))
                            : Ownership.squashed(0, 0));
        } catch (UnsupportedOperationException e) {
            throw new ShareException(
                    "share.host",
                    ErrorKind.MISSING,
                    "Folders can be shared this way from 64-bit Linux only, for now.",
                    String.valueOf(e),
                    Remedy.NONE,
                    e);
        } catch (ErrnoException | EngineException | IOException e) {
            throw new ShareException("share.folder", "The folder " + folder + " cannot be opened.", e);
        }
    }

    private static String ids(Container container, TaskContext context)
            throws EngineException, IOException, InterruptedException {
        try (ContainerProcess id = container.exec(ExecSpec.of("sh", "-c", "echo $(id -u) $(id -g)"), context)) {
            return new String(id.stdout().readNBytes(64), StandardCharsets.UTF_8).strip();
        }
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(GuestMount.class.getResourceAsStream("carry.pl"), "carry.pl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ShareException failed(ShareSpec spec, String why, @Nullable Exception cause) {
        return new ShareException(
                "share.mount",
                ErrorKind.FAILED,
                "The folder " + spec.hostFolder() + " cannot be mounted in the guest: " + why,
                "",
                Remedy.advice(
                        "The guest needs perl, and /dev/fuse, which the user that the engine runs as must be able to open."),
                cause);
    }

    /** Ends it; the script unmounts the folder. */
    @Override
    public void close() {
        connection.close();
        script.close();
    }
}
