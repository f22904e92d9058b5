/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.engine;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.Signal;
import dev.berth.api.engine.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/**
 * A container whose commands run on this host, with real tools and no isolation: for tests of what is done by commands in
 * a guest, not of the container.
 */
public final class HostContainer {

    private HostContainer() {}

    /**
     * A container that only runs commands, as this process' user.
     *
     * @param home what the commands take for the user's home
     * @param path where they find programs
     */
    public static Container of(Path home, String path) {
        return (Container) Proxy.newProxyInstance(
                Container.class.getClassLoader(), new Class<?>[] {Container.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("exec")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return exec((ExecSpec) arguments[0], home, path);
                });
    }

    private static ContainerProcess exec(ExecSpec spec, Path home, String path) {
        ProcessBuilder builder = new ProcessBuilder(spec.command());
        builder.directory(Path.of(spec.workingFolder()).toFile());
        builder.environment().putAll(spec.environment());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PATH", path);
        try {
            return new HostProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record HostProcess(Process process) implements ContainerProcess {
        @Override
        public OutputStream stdin() {
            return process.getOutputStream();
        }

        @Override
        public InputStream stdout() {
            return process.getInputStream();
        }

        @Override
        public InputStream stderr() {
            return process.getErrorStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public void resize(TerminalSize size) {}

        @Override
        public void signal(Signal signal) {}

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
