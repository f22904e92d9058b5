/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.docker.internal.transport.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Why an engine is not reached, in a person's words, with what helps. */
final class Lacks {

    private static final String UNIX = "unix://";
    /** As Java says that a program could not be started. */
    private static final Pattern PROGRAM = Pattern.compile("Cannot run program \"([^\"]+)\"");

    private Lacks() {}

    /** A part of a sentence, without its full stop. */
    static String why(IOException e) {
        Matcher program = PROGRAM.matcher(text(e));
        if (program.find()) {
            return "the program " + program.group(1) + " cannot be run here";
        }
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e instanceof NoSuchFileException || message.contains("no such file")) {
            return "nothing listens there";
        }
        if (message.contains("permission denied") && !message.contains("publickey")) {
            return "this user may not use it";
        }
        if (e instanceof ConnectException || message.contains("connection refused")) {
            return "nothing listens there";
        }
        if (e instanceof UnknownHostException) {
            return "no host of that name is known";
        }
        if (e instanceof NoRouteToHostException) {
            return "there is no way to that host";
        }
        if (e instanceof SSLException) {
            return "the protected connection was refused: " + text(e);
        }
        if (message.contains("host key verification failed")) {
            return "its host key is not known to ssh";
        }
        if (message.contains("permission denied (")) {
            return "ssh has no key that it accepts";
        }
        return text(e);
    }

    private static String text(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    static Remedy remedy(Transport transport, IOException e) {
        String where = transport.describe();
        String why = why(e);
        Matcher program = PROGRAM.matcher(text(e));
        if (program.find()) {
            return Remedy.advice("Install " + program.group(1) + ", or correct the address of the engine.");
        }
        if (e instanceof SSLException) {
            return Remedy.advice(
                    "See that ca.pem, cert.pem and key.pem of Docker's configuration are those of this engine.");
        }
        if (where.startsWith(UNIX)) {
            Path socket = Path.of(where.substring(UNIX.length()));
            if (why.startsWith("this user")) {
                return Remedy.advice(
                        "Let this user in: add it to the group that owns " + socket + ", and log in again.");
            }
            if (!Files.exists(socket)) {
                return socket.toString().contains("podman")
                        ? Remedy.advice("Start Podman's service: systemctl enable --now podman.socket")
                        : // No command: who runs containers by another engine misses nothing.
                        Remedy.advice("Install Docker or Podman, or start its service.");
            }
            return Remedy.advice("Start the engine's service: it is installed, but nobody answers.");
        }
        if (where.startsWith("ssh://")) {
            if (why.contains("host key")) {
                return Remedy.advice("Log in once by hand with ssh, and compare the key it shows.");
            }
            if (why.contains("ssh has no key")) {
                return Remedy.advice("Put a key on that host with ssh-copy-id, or load yours with ssh-add.");
            }
            return Remedy.advice("See that ssh reaches that host, and that docker or podman is installed there.");
        }
        return Remedy.advice("See that the engine runs there and that nothing blocks the way.");
    }
}
