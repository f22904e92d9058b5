/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.docker.internal.http.HttpClient;
import dev.berth.plugin.engine.docker.internal.http.Request;
import dev.berth.plugin.engine.docker.internal.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Calls of the Docker Engine API (versions 1.40 to 1.44, and the same of Podman). */
final class Api implements AutoCloseable {

    /** A stuck engine must not hang a session for ever; starting a container on a busy host takes some seconds. */
    static final Duration LIMIT = Duration.ofSeconds(90);

    /** For work that takes as long as it takes. */
    static final Duration NO_LIMIT = Duration.ZERO;

    private static final int MOST_ANSWER_BYTES = 32 << 20;
    private static final int MOST_MESSAGE = 500;

    private final HttpClient client;
    private final Semaphore asking = new Semaphore(1);
    private volatile @Nullable Server server;

    Api(Transport transport) {
        client = new HttpClient(transport);
    }

    Transport transport() {
        return client.transport();
    }

    /** What the engine is; asked once. */
    Server server() throws EngineException, InterruptedException {
        return server(LIMIT);
    }

    Server server(Duration limit) throws EngineException, InterruptedException {
        Server known = server;
        if (known != null) {
            return known;
        }
        asking.acquire();
        try {
            known = server;
            if (known == null) {
                known = Server.of(send(Request.of("GET", "/version"), limit)
                        .orFail("The engine does not tell what it is.")
                        .json());
                server = known;
            }
            return known;
        } finally {
            asking.release();
        }
    }

    /** Asks the engine again what it is: it may be another one since. */
    void forget() {
        server = null;
    }

    Answer get(String path) throws EngineException, InterruptedException {
        return send(request("GET", path), LIMIT);
    }

    Answer delete(String path) throws EngineException, InterruptedException {
        return send(request("DELETE", path), LIMIT);
    }

    Answer post(String path) throws EngineException, InterruptedException {
        return send(request("POST", path), LIMIT);
    }

    Answer post(String path, Map<String, Object> body) throws EngineException, InterruptedException {
        return send(request("POST", path).json(Json.print(body)), LIMIT);
    }

    /** A request to the version of the API that both sides know. */
    Request request(String method, String path) throws EngineException, InterruptedException {
        return Request.of(method, "/v" + server().apiVersion() + path);
    }

    /** Sends a request and reads its whole answer. */
    Answer send(Request request, Duration limit) throws EngineException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled before the engine was asked");
        }
        try (HttpClient.Response response = client.send(request, limit)) {
            return answer(response);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** The same for work that takes long: cancelling it closes the connection. */
    Answer send(Request request, TaskContext context) throws EngineException, InterruptedException {
        context.checkCancelled();
        Thread worker = Thread.currentThread();
        try (Registration cancel = context.onCancel(worker::interrupt)) {
            return send(request, NO_LIMIT);
        } catch (EngineException e) {
            context.checkCancelled();
            throw e;
        }
    }

    /** Sends a request whose answer is a stream; the caller closes it. A refusal is an error. */
    HttpClient.Response stream(Request request, String what) throws EngineException, InterruptedException {
        try {
            HttpClient.Response response = client.send(request, NO_LIMIT);
            if (response.status() >= 400) {
                try (response) {
                    throw answer(response).failure("engine.refused", what);
                }
            }
            return response;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static Answer answer(HttpClient.Response response) throws IOException {
        String text = text(response.body());
        Json json = json(response, text);
        String message = "";
        if (response.status() >= 400) {
            message = json.get("message").text();
            message = message.isEmpty() ? text : message;
            message = message.replaceAll("\\p{Cntrl}+", " ").strip();
            message = message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) : message;
        }
        return new Answer(response.status(), json, message);
    }

    /** The one value that an answer is; what is a stream of them, or none, is read where it is wanted. */
    private static Json json(HttpClient.Response response, String text) throws IOException {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return Json.missing();
        }
        try {
            return Json.parse(text);
        } catch (IOException e) {
            if (response.status() >= 400 || text.contains("}\n{") || text.contains("}\r\n{")) {
                return Json.missing();
            }
            throw e;
        }
    }

    private static String text(InputStream body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 << 10];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            out.write(buffer, 0, n);
            if (out.size() > MOST_ANSWER_BYTES) {
                throw new IOException("the engine's answer is too long");
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private EngineException broken(IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled while the engine was asked");
        }
        return new EngineException(
                "engine.unreachable",
                ErrorKind.FAILED,
                "The engine at " + transport().describe() + " does not answer: " + Lacks.why(e) + ".",
                String.valueOf(e),
                Lacks.remedy(transport(), e),
                e);
    }

    @Override
    public void close() {
        client.close();
    }
}
