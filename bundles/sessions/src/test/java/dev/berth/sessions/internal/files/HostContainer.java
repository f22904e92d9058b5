/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal.files;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.Signal;
import dev.berth.api.engine.TerminalSize;
import dev.berth.sessions.SessionManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;

/** Runs a guest's commands on this host, with real tools: for what is about the commands and not about the container. */
final class HostContainer {

    private HostContainer() {}

    /** Sessions of which there is one, whose user has a home, and finds programs in {@code path}. */
    static SessionManager sessions(Path home, String path) {
        return proxy(SessionManager.class, (method, arguments) -> switch (method) {
            case "container" -> proxy(Container.class, (name, given) -> exec((ExecSpec) given[0], home, path));
            case "user" -> "user";
            case "environment" -> Map.of();
            default -> throw new UnsupportedOperationException(method);
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

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
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
