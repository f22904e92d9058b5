/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.TerminalSize;
import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.docker.internal.http.HttpClient;
import dev.berth.plugin.engine.docker.internal.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands in containers (Docker Engine API, "Exec"). */
final class ExecCalls {

    private ExecCalls() {}

    /** Starts a command with its streams. */
    static ContainerProcess start(Api api, String container, ExecSpec spec)
            throws EngineException, InterruptedException {
        boolean terminal = spec.terminal().isPresent();
        Map<String, Object> body = Json.object(
                "AttachStdin",
                true,
                "AttachStdout",
                true,
                "AttachStderr",
                true,
                "Tty",
                terminal,
                "Cmd",
                Pid.wrap(spec.command(), terminal),
                "Env",
                environment(spec));
        if (!spec.user().isEmpty()) {
            body.put("User", spec.user());
        }
        if (!spec.workingFolder().isEmpty()) {
            body.put("WorkingDir", spec.workingFolder());
        }
        String what = "The command " + spec.command().get(0) + " cannot be run in " + container + ".";
        String exec = create(api, container, body, what);
        Request request = api.request("POST", "/exec/" + exec + "/start")
                .json(Json.print(Json.object("Detach", false, "Tty", terminal)))
                .upgraded();
        HttpClient.Response response = api.stream(request, what);
        DockerProcess process = new DockerProcess(api, container, exec, terminal, response.raw());
        Optional<TerminalSize> size = spec.terminal();
        size.ifPresent(process::resize);
        return process;
    }

    private static List<String> environment(ExecSpec spec) {
        return spec.environment().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** Starts a command and leaves it alone. */
    static void detached(Api api, String container, String user, String... command)
            throws EngineException, InterruptedException {
        Map<String, Object> body = Json.object(
                "AttachStdin",
                false,
                "AttachStdout",
                false,
                "AttachStderr",
                false,
                "User",
                user,
                "Cmd",
                List.of(command));
        String what = "The command " + command[0] + " cannot be run in " + container + ".";
        String exec = create(api, container, body, what);
        api.post("/exec/" + exec + "/start", Json.object("Detach", true, "Tty", false))
                .orFail(what);
    }

    private static String create(Api api, String container, Map<String, Object> body, String what)
            throws EngineException, InterruptedException {
        String id = api.post("/containers/" + container + "/exec", body)
                .orFail(what)
                .json()
                .get("Id")
                .text();
        if (!id.matches("[0-9A-Za-z_.-]+")) {
            throw new EngineException("engine.exec", what, null);
        }
        return id;
    }
}
