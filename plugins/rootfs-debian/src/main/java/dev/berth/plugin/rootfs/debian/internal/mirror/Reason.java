/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Says in a few words why something failed: messages of exceptions are often empty, or only the name of a file. */
public final class Reason {

    private Reason() {}

    /** A phrase to follow a colon, without a full stop. */
    public static String of(Throwable failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "").strip();
        if (failure instanceof HttpTimeoutException) {
            return message.startsWith("no byte") ? message : "the mirror does not answer";
        }
        if (failure instanceof UnknownHostException || failure.getCause() instanceof UnresolvedAddressException) {
            return "the mirror's name cannot be found";
        }
        if (failure instanceof ConnectException && message.isEmpty()) {
            return "nothing answers at the mirror's address";
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (failure instanceof FileSystemException problem && problem.getReason() != null) {
            return problem.getReason() + ": " + problem.getFile();
        }
        if (message.isEmpty()) {
            return failure.getClass().getSimpleName();
        }
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
