/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.task.OnWorker;
import dev.berth.api.ui.edt.Edt;
import dev.berth.plugins.PluginInfo;
import dev.berth.plugins.PluginManager;
import dev.berth.shell.internal.kit.Texts;
import java.awt.Component;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.swing.JOptionPane;

/** Asks in a dialog whether a plugin is trusted, and waits for the answer. No is what happens by itself. */
@OnWorker
final class PluginConsent implements PluginManager.Consent {

    private final Component parent;

    PluginConsent(Component parent) {
        this.parent = parent;
    }

    @Override
    public boolean given(PluginInfo plugin, String question) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Edt.runLater(() -> {
            try {
                answer.complete(ask(plugin));
            } catch (RuntimeException failed) {
                answer.completeExceptionally(failed);
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the question could not be asked", e);
        }
    }

    private boolean ask(PluginInfo plugin) {
        String signer = plugin.signed() ? Texts.of("plugins.signedBy", plugin.signer()) : Texts.of("plugins.notSigned");
        Object[] choices = {Texts.of("plugins.trustYes"), Texts.of("button.cancel")};
        int chosen = JOptionPane.showOptionDialog(
                parent,
                Texts.of(
                        "plugins.trustText",
                        plugin.title(),
                        plugin.version(),
                        plugin.name(),
                        signer,
                        plugin.sha256()
                                .substring(0, Math.min(16, plugin.sha256().length()))),
                Texts.of("plugins.trustTitle"),
                JOptionPane.YES_NO_OPTION,
                JOptionPane.WARNING_MESSAGE,
                null,
                choices,
                choices[1]);
        return chosen == 0;
    }
}
