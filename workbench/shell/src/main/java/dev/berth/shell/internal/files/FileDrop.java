/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.edt.Edt;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.TransferHandler;

/** Takes files of this computer that are dropped or pasted: from the Files tool window or from any other program. */
@OnEdt
public class FileDrop extends TransferHandler {

    private static final long serialVersionUID = 1L;

    private final transient Consumer<List<Path>> taker;

    /**
     * Gives files to a taker.
     *
     * @param taker runs after the drop is over, so that it may ask questions
     */
    public FileDrop(Consumer<List<Path>> taker) {
        this.taker = taker;
    }

    @Override
    public boolean canImport(TransferSupport support) {
        if (!support.isDataFlavorSupported(DataFlavor.javaFileListFlavor)) {
            return false;
        }
        if (support.isDrop()) {
            support.setDropAction(COPY);
        }
        return true;
    }

    @Override
    public boolean importData(TransferSupport support) {
        List<Path> files = canImport(support) ? files(support.getTransferable()) : List.of();
        if (!files.isEmpty()) {
            // The program that they come from waits until this returns.
            Edt.runLater(() -> taker.accept(files));
        }
        return !files.isEmpty();
    }

    private static List<Path> files(Transferable transfer) {
        List<Path> files = new ArrayList<>();
        try {
            if (transfer.getTransferData(DataFlavor.javaFileListFlavor) instanceof List<?> list) {
                for (Object file : list) {
                    if (file instanceof File it) {
                        files.add(it.toPath());
                    }
                }
            }
        } catch (UnsupportedFlavorException | IOException e) {
            return List.of();
        }
        return files;
    }
}
