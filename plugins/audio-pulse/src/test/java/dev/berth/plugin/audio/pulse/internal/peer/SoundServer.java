/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.peer;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.AudioException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.audio.pulse.internal.host.PulseServer;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real sound server for a test, in a folder of its own: a guest's, or one that plays the part of this host's. */
public abstract class SoundServer implements AutoCloseable {

    /** What a guest's start script gives its server. */
    public static final List<String> GUEST = List.of(
            "load-module module-null-sink sink_name=berth rate=48000 channels=2 format=s16le norewinds=1",
            "load-module module-null-sink sink_name=berth_mic rate=48000 channels=2 format=s16le norewinds=1",
            "load-module module-remap-source source_name=microphone master=berth_mic.monitor",
            "set-default-sink berth",
            "set-default-source microphone");

    /** A host with one device that plays and one that hears what is played to {@code hear}. */
    public static final List<String> HOST = List.of(
            "load-module module-null-sink sink_name=device rate=48000 channels=2 format=s16le norewinds=1",
            "load-module module-null-sink sink_name=hear rate=48000 channels=2 format=s16le norewinds=1",
            "load-module module-remap-source source_name=ear master=hear.monitor",
            "set-default-sink device",
            "set-default-source ear");

    protected final Path folder;
    private final List<Process> processes = new ArrayList<>();

    protected SoundServer(Path folder) {
        this.folder = folder;
    }

    /** The socket that clients connect to. */
    public abstract Path socket();

    /** Starts it; returns when it answers. */
    public abstract void start() throws IOException, InterruptedException;

    /** Ends it as a crash would. */
    public void stop() throws InterruptedException {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor();
        }
        processes.clear();
    }

    /** The variables by which clients find it, and nothing else. */
    public Map<String, String> environment() {
        // Without a runtime folder clients leave one in /tmp.
        return Map.of(
                "PULSE_SERVER", "unix:" + socket(), "HOME", folder.toString(), "XDG_RUNTIME_DIR", folder.toString());
    }

    /** It as a plugin sees it. */
    public Endpoint endpoint() {
        return new Endpoint() {
            @Override
            public ByteChannel open(TaskContext context) throws AudioException {
                try {
                    return new PulseServer(environment()).addresses().get(0).open();
                } catch (IOException e) {
                    throw new AudioException("test.closed", "Nothing listens.", e);
                }
            }

            @Override
            public String describe() {
                return socket().toString();
            }

            @Override
            public boolean local() {
                return true;
            }
        };
    }

    /** Runs a client of this server in the background; it ends with the server at the latest. */
    public Process client(String... command) throws IOException {
        return client(null, command);
    }

    /** The same, with its output in a file. */
    public Process client(Path output, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        builder.redirectErrorStream(false)
                .redirectError(folder.resolve("clients.log").toFile());
        if (output == null) {
            builder.redirectOutput(folder.resolve("clients.out").toFile());
        } else {
            builder.redirectOutput(output.toFile());
        }
        return builder.start();
    }

    /** Records a source of this server: raw, in the format of {@link Tone#analyse}. */
    public Process record(String source, Path recording) throws IOException {
        return client(
                recording,
                "parec",
                "--raw",
                "--device=" + source,
                "--rate=48000",
                "--channels=2",
                "--format=s16le",
                "--latency-msec=20");
    }

    /** Runs a client to its end and returns whether it succeeded. */
    public boolean run(String... command) throws IOException, InterruptedException {
        Process process = client(command);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    protected Process spawn(String log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("PULSE") || key.startsWith("DBUS"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    protected void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(socket()) || !run("pactl", "info")) {
            if (System.nanoTime() > end) {
                throw new IOException("the sound server did not come up: " + logs());
            }
            Thread.sleep(50);
        }
    }

    private String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".log")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
