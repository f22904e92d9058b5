/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.edt.Edt;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javax.swing.JComponent;
import javax.swing.TransferHandler;
import org.jspecify.annotations.Nullable;

/** Files of this computer can be dragged out of the pane, to the other and to other programs; a session's into it. */
@OnEdt
final class HostTransfer extends TransferHandler {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<List<Path>> chosen;
    private final transient Runnable taker;

    /**
     * Makes both ways.
     *
     * @param chosen what is dragged
     * @param taker copies what is selected on the other side
     */
    HostTransfer(Supplier<List<Path>> chosen, Runnable taker) {
        this.chosen = chosen;
        this.taker = taker;
    }

    @Override
    public int getSourceActions(JComponent component) {
        return COPY;
    }

    @Override
    protected @Nullable Transferable createTransferable(JComponent component) {
        List<File> files = chosen.get().stream().map(Path::toFile).toList();
        return files.isEmpty() ? null : new Data(DataFlavor.javaFileListFlavor, files);
    }

    @Override
    public boolean canImport(TransferSupport support) {
        return support.isDataFlavorSupported(GuestTransfer.SELECTION);
    }

    @Override
    public boolean importData(TransferSupport support) {
        Edt.runLater(taker);
        return true;
    }

    /** One thing in one flavour. */
    record Data(DataFlavor flavor, Object value) implements Transferable {
        @Override
        public DataFlavor[] getTransferDataFlavors() {
            return new DataFlavor[] {flavor};
        }

        @Override
        public boolean isDataFlavorSupported(DataFlavor asked) {
            return flavor.equals(asked);
        }

        @Override
        public Object getTransferData(DataFlavor asked) throws UnsupportedFlavorException {
            if (!flavor.equals(asked)) {
                throw new UnsupportedFlavorException(asked);
            }
            return value;
        }
    }
}
