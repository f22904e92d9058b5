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

/** A folder mounted in a running container, and the script there that carries its requests. */
final class GuestMount implements AutoCloseable {

    private static final Pattern IDS = Pattern.compile("([0-9]{1,9}) ([0-9]{1,9})");

    private final ContainerProcess script;
    private final FuseConnection connection;

    private GuestMount(ContainerProcess script, FuseConnection connection) {
        this.script = script;
        this.connection = connection;
    }

    static GuestMount make(ShareSpec spec, Container container, TaskContext context)
            throws ShareException, InterruptedException {
        Volume volume = open(spec.hostFolder(), container, context);
        boolean mounted = false;
        try {
            GuestMount mount = make(spec, container, volume, context);
            mounted = true;
            return mount;
        } catch (EngineException | IOException e) {
            throw failed(spec, String.valueOf(e.getMessage()), e);
        } finally {
            if (!mounted) {
                volume.close();
            }
        }
    }

    private static GuestMount make(ShareSpec spec, Container container, Volume volume, TaskContext context)
            throws ShareException, EngineException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("perl", "-e", script(), spec.guestPath()));
        if (spec.readOnly()) {
            command.add("ro");
        }
        ContainerProcess process =
                container.exec(new ExecSpec(command, Map.of(), "0:0", "/", Optional.empty()), context);
        try (Registration cancel = context.onCancel(process)) {
            FuseConnection connection = FuseConnection.start(
                    new Export(volume, spec.readOnly(), ""),
                    new StreamWire(process.stdout(), process.stdin()),
                    spec.guestPath().substring(spec.guestPath().lastIndexOf('/') + 1),
                    volume::close);
            // Not closed: it is the process' own.
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.stderr(), StandardCharsets.UTF_8), 256);
            String line = said.readLine();
            if (!"mounted".equals(line)) {
                connection.close();
                process.close();
                context.checkCancelled();
                throw failed(spec, line == null ? "The command that mounts it ended." : line, null);
            }
            drain(said);
            return new GuestMount(process, connection);
        }
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

    private static ShareException failed(
            ShareSpec spec, String why, @org.jspecify.annotations.Nullable Exception cause) {
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
