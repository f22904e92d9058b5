/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.task.OnEdt;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/**
 * A session's files can be dragged to the other pane, and files of this computer into it. Other programs could not read
 * what is in a session, so nothing is offered to them.
 */
@OnEdt
final class GuestTransfer extends FileDrop {

    /** What is selected in the pane of the session; within this window only. */
    static final DataFlavor SELECTION =
            new DataFlavor(DataFlavor.javaJVMLocalObjectMimeType + ";class=java.util.List", "session files");

    private static final long serialVersionUID = 1L;

    private final transient Supplier<List<Item>> chosen;

    GuestTransfer(Supplier<List<Item>> chosen, Consumer<List<Path>> taker) {
        super(taker);
        this.chosen = chosen;
    }

    @Override
    public int getSourceActions(JComponent component) {
        return COPY;
    }

    @Override
    protected @Nullable Transferable createTransferable(JComponent component) {
        List<Item> items = chosen.get();
        return items.isEmpty() ? null : new HostTransfer.Data(SELECTION, items);
    }
}
