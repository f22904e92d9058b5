/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal.files;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.SessionException;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.sessions.SessionManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs scripts in a guest as the desktop's user. */
final class GuestShell {

    /** A listing of some hundred thousand files; a guest may send anything. */
    private static final int MOST_OUTPUT = 64 << 20;

    private static final int MOST_WORDS = 4096;
    private static final int LAST_WORDS_MILLIS = 1000;

    private final Container container;
    private final String user;
    private final Map<String, String> environment = new HashMap<>();

    GuestShell(SessionManager sessions, String session, TaskContext context)
            throws BerthException, InterruptedException {
        container = sessions.container(session, context);
        user = sessions.user(session);
        environment.putAll(sessions.environment(session));
        environment.put("LC_ALL", "C.UTF-8");
    }

    /** Talks with a running command. */
    interface Talk<T> {
        T with(ContainerProcess process) throws IOException, InterruptedException, BerthException;
    }

    /**
     * Runs a POSIX shell script with arguments from {@code $1} on.
     *
     * @return what it wrote
     */
    byte[] run(TaskContext context, String script, String... arguments) throws BerthException, InterruptedException {
        return talk(context, script, List.of(arguments), process -> {
            process.stdin().close();
            byte[] output = process.stdout().readNBytes(MOST_OUTPUT + 1);
            if (output.length > MOST_OUTPUT) {
                throw new IOException("more than " + MOST_OUTPUT + " bytes");
            }
            return output;
        });
    }

    /** As {@link #run}; cancelling ends the command. */
    <T> T talk(TaskContext context, String script, List<String> arguments, Talk<T> talk)
            throws BerthException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "berth"));
        command.addAll(arguments);
        ExecSpec spec = new ExecSpec(command, environment, user, "/", Optional.empty());
        try (ContainerProcess process = container.exec(spec, context);
                Registration ignored = context.onCancel(process)) {
            Words words = new Words(process.stderr());
            words.start();
            @Nullable T result = null;
            @Nullable IOException broken = null;
            try {
                result = talk.with(process);
            } catch (IOException e) {
                broken = e;
                quietlyClose(process.stdin());
            }
            if (broken != null) {
                // If the command ended first it says why; if it still runs nobody will hear more of it.
                words.join(LAST_WORDS_MILLIS);
                process.close();
            }
            int code = process.waitFor();
            words.join();
            context.checkCancelled();
            if (code != 0 || broken != null) {
                throw failure(words.text(), code, broken);
            }
            return Objects.requireNonNull(result);
        }
    }

    private static SessionException failure(String words, int code, @Nullable IOException why) {
        String last = words.isEmpty() ? "" : words.substring(words.lastIndexOf('\n') + 1);
        String reason = !last.isEmpty() ? last : why != null ? String.valueOf(why.getMessage()) : "status " + code;
        return new SessionException("session.files", "The files could not be reached: " + reason, why);
    }

    private static void quietlyClose(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // It is broken already.
        }
    }

    /** Reads what a command complains of, so that it does not stall. */
    private static final class Words extends Thread {
        private final InputStream from;
        private final StringBuffer text = new StringBuffer();

        Words(InputStream from) {
            super("berth-files-errors");
            setDaemon(true);
            this.from = from;
        }

        @Override
        public void run() {
            byte[] piece = new byte[1024];
            try (InputStream in = from) {
                int n;
                while ((n = in.read(piece)) >= 0) {
                    if (text.length() < MOST_WORDS) {
                        text.append(new String(piece, 0, n, StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                // What was said until now is all there is.
            }
        }

        String text() {
            StringBuilder shown = new StringBuilder();
            text.toString()
                    .strip()
                    .codePoints()
                    .forEach(c -> shown.appendCodePoint(c != '\n' && Character.isISOControl(c) ? 0xFFFD : c));
            return shown.toString();
        }
    }
}
