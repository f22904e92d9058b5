/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.oci.GuestUser;
import dev.berth.plugin.engine.runc.internal.oci.Json;
import dev.berth.plugin.engine.runc.internal.oci.ProcessConfig;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.ContainerRecord;
import dev.berth.plugin.engine.runc.internal.store.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Runs a command in a running container through the runtime. */
final class Executor {

    private final Engine engine;
    private final ContainerRecord record;
    private final ContainerFiles files;
    private final long init;

    Executor(Engine engine, ContainerRecord record, ContainerFiles files, long init) {
        this.engine = engine;
        this.record = record;
        this.files = files;
        this.init = init;
    }

    ContainerProcess exec(ExecSpec spec) throws EngineException, IOException, InterruptedException {
        Map<String, String> environment = new LinkedHashMap<>(record.image().environment());
        environment.putAll(record.spec().environment());
        environment.putAll(spec.environment());
        String user = spec.user().isEmpty() ? record.user() : spec.user();
        String folder = spec.workingFolder().isEmpty() ? record.workingFolder() : spec.workingFolder();
        String json = Json.text(ProcessConfig.of(
                spec.command(),
                environment,
                GuestUser.resolve(user, files.guest(record.image())),
                folder,
                spec.terminal()));

        Path work = files.bundle().resolve("exec");
        Files.createDirectories(work);
        String name = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path config = work.resolve(name + ".json");
        Path pidFile = work.resolve(name + ".pid");
        Path log = work.resolve(name + ".log");
        Fields.write(config, json);
        OciRuntime runtime = engine.runtimes().choose();
        List<String> command = runtime.command(
                engine.state().toString(),
                "--log",
                log.toString(),
                "exec",
                "--process",
                config.toString(),
                "--pid-file",
                pidFile.toString(),
                record.spec().id());
        ExecFiles left = new ExecFiles(config, pidFile, log);
        List<String> elevated = engine.elevation().command(command);
        try {
            if (spec.terminal().isPresent()) {
                return TerminalProcess.start(engine, elevated, spec.terminal().get(), left);
            }
            return new PipedProcess(engine, Commands.builder(elevated).start(), left);
        } catch (IOException e) {
            left.delete();
            throw new EngineException("engine.exec", "The runtime cannot be run: " + runtime.program(), e);
        }
    }

    /** The pid of the container's first process. */
    long init() {
        return init;
    }
}
