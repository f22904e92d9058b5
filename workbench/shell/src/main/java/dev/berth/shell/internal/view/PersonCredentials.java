/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.ServerKey;
import dev.berth.api.ui.edt.Edt;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.swing.JFrame;

/** Credentials that ask the person, who may take all the time there is. */
record PersonCredentials(JFrame frame) implements Credentials {

    @Override
    public Optional<Login> ask(String realm, boolean needUser) throws InterruptedException {
        return answer(() -> LoginDialog.ask(frame, realm, needUser));
    }

    @Override
    public boolean trust(ServerKey key) throws InterruptedException {
        return answer(() -> TrustDialog.ask(frame, key));
    }

    /** Shows a dialog and waits for its answer: minutes, where {@link Edt#callAndWait} takes seconds for a deadlock. */
    private static <T> T answer(Supplier<T> dialog) throws InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Edt.runLater(() -> {
            try {
                answer.complete(dialog.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the dialog failed", e.getCause());
        }
    }
}
