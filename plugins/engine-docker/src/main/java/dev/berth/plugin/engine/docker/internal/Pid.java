/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process id of a command inside its container. The API has no call that signals a command, so a shell says its own
 * id as the first line and then becomes the command; the line is taken out of the output again.
 */
final class Pid {

    private static final String MARK = "berth-pid:";
    private static final int MOST_LINE = 64;
    private static final long WAIT_SECONDS = 10;

    private final CompletableFuture<Optional<Long>> value = new CompletableFuture<>();
    private final byte[] line = new byte[MOST_LINE];
    private int count;
    private boolean done;

    /** The command with the shell before it; the line goes where the caller looks for it. */
    static List<String> wrap(List<String> command, boolean terminal) {
        List<String> wrapped = new java.util.ArrayList<>(
                List.of("/bin/sh", "-c", "echo " + MARK + "$$" + (terminal ? "" : " >&2") + "; exec \"$@\"", "sh"));
        wrapped.addAll(command);
        return wrapped;
    }

    /** Takes bytes of the output that begins with the line; gives what is not of it. */
    byte[] strip(byte[] bytes, int offset, int length) {
        if (done) {
            return java.util.Arrays.copyOfRange(bytes, offset, offset + length);
        }
        int used = 0;
        while (used < length && count < MOST_LINE) {
            byte b = bytes[offset + used++];
            line[count++] = b;
            boolean fits = count > MARK.length() || b == MARK.charAt(count - 1);
            if (b == '\n' && fits) {
                finish(Optional.of(new String(line, MARK.length(), count - MARK.length(), StandardCharsets.US_ASCII)));
                return java.util.Arrays.copyOfRange(bytes, offset + used, offset + length);
            }
            if (!fits) {
                break;
            }
        }
        if (used == length && count < MOST_LINE && mayBecomeLine()) {
            return new byte[0];
        }
        // No such line: everything is output.
        finish(Optional.empty());
        byte[] all = new byte[count + length - used];
        System.arraycopy(line, 0, all, 0, count);
        System.arraycopy(bytes, offset + used, all, count, length - used);
        return all;
    }

    private boolean mayBecomeLine() {
        String text = new String(line, 0, count, StandardCharsets.ISO_8859_1);
        return text.startsWith(MARK) || MARK.startsWith(text);
    }

    private void finish(Optional<String> digits) {
        done = true;
        value.complete(digits.map(String::strip)
                .filter(text -> text.matches("[0-9]{1,10}"))
                .map(Long::valueOf));
    }

    /** No line comes any more; gives the output that was held back. */
    byte[] end() {
        if (done) {
            return new byte[0];
        }
        finish(Optional.empty());
        return java.util.Arrays.copyOf(line, count);
    }

    /** Waits a moment for it. */
    Optional<Long> await() throws InterruptedException {
        try {
            return value.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }
}
