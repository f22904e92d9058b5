/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.session.SessionState;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.event.KeyEvent;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.swing.JButton;
import javax.swing.JTable;
import javax.swing.TransferHandler;
import org.assertj.swing.core.MouseButton;
import org.assertj.swing.edt.GuiActionRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files go to a session and back: by keys, by the mouse, and dropped on its desktop. */
class FilesTest extends WindowTest {

    private final String home = System.getProperty("user.home");

    @Override
    protected void prepare() throws Exception {
        typeFast();
        Path here = Files.createDirectory(folder.resolve("here"));
        Path there = Files.createDirectory(folder.resolve("there"));
        Files.writeString(here.resolve("notes.txt"), "new");
        Files.createDirectory(here.resolve("plans"));
        Files.writeString(here.resolve("plans/map"), "x".repeat(70_000));
        Files.writeString(there.resolve("letter"), "from inside");
        System.setProperty("user.home", here.toString());
        sessions.home = there;
    }

    @AfterEach
    void restoreHome() {
        System.setProperty("user.home", home);
    }

    @Test
    void filesGoBothWays() throws Exception {
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        sessions.put("experiment", SessionState.RUNNING);
        workbench.open(List.of("experiment"));
        awaitFocus(desktop());
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_ALT, KeyEvent.VK_SHIFT, KeyEvent.VK_G);
        await("the keyboard is the window's", () -> !desktop().isFocusOwner());
        press(KeyEvent.VK_ALT, KeyEvent.VK_8);
        await(
                "both sides",
                () -> names("files.host").contains("notes.txt")
                        && names("files.guest").contains("letter"));

        choose("files.host", "plans");
        press(KeyEvent.VK_F5);
        await("the folder in the session", () -> names("files.guest").equals(List.of("plans", "letter")));
        assertThat(there.resolve("plans/map")).hasSize(70_000);
        picture("files-light");

        choose("files.guest", "letter");
        press(KeyEvent.VK_F5);
        await("the letter here", () -> names("files.host").contains("letter"));
        assertThat(here.resolve("letter")).hasContent("from inside");

        drag("files.host", "notes.txt", "files.guest");
        await("the notes in the session", () -> Files.exists(there.resolve("notes.txt")));
        await("the notes listed", () -> names("files.guest").contains("notes.txt"));
        Files.writeString(there.resolve("notes.txt"), "old");
        choose("files.host", "notes.txt");
        press(KeyEvent.VK_F5);
        await("the question", () -> sees("files.conflict"));
        picture("files-conflict-light");
        GuiActionRunner.execute(() -> ((JButton) robot.finder().findByName("files.keepBoth", true)).doClick());
        await("both", () -> names("files.guest").contains("notes (2).txt"));
        assertThat(there.resolve("notes.txt")).hasContent("old");
        assertThat(there.resolve("notes (2).txt")).hasContent("new");

        choose("files.guest", "plans");
        press(KeyEvent.VK_ENTER);
        await("in the folder", () -> names("files.guest").equals(List.of("map")));
        drag("files.guest", "map", "files.host");
        await("the map here", () -> names("files.host").contains("map"));
        choose("files.guest", "map");
        press(KeyEvent.VK_BACK_SPACE);
        await("out of the folder", () -> chosen("files.guest").equals(List.of("plans")));

        GuiActionRunner.execute(() -> {
            TransferHandler handler = desktop().getTransferHandler();
            return handler.importData(new TransferHandler.TransferSupport(
                    desktop(), new Dropped(here.resolve("notes.txt").toFile())));
        });
        await("on the desktop", () -> Files.exists(there.resolve("Desktop/notes.txt")));
    }

    private JTable table(String pane) {
        return (JTable) robot.finder().findByName(pane + ".table", true);
    }

    private List<String> names(String pane) {
        return GuiActionRunner.execute(() -> IntStream.range(0, table(pane).getRowCount())
                .mapToObj(row -> String.valueOf(table(pane).getValueAt(row, 0)))
                .toList());
    }

    private List<String> chosen(String pane) {
        return GuiActionRunner.execute(() -> IntStream.of(table(pane).getSelectedRows())
                .mapToObj(row -> String.valueOf(table(pane).getValueAt(row, 0)))
                .toList());
    }

    private void choose(String pane, String name) {
        int row = names(pane).indexOf(name);
        GuiActionRunner.execute(() -> {
            table(pane).requestFocusInWindow();
            table(pane).setRowSelectionInterval(row, row);
            table(pane).scrollRectToVisible(table(pane).getCellRect(row, 0, true));
        });
        await("the focus", () -> table(pane).isFocusOwner());
    }

    /** By real events of the X server. */
    private void drag(String pane, String name, String to) {
        choose(pane, name);
        JTable from = table(pane);
        Rectangle cell = GuiActionRunner.execute(() -> from.getCellRect(from.getSelectedRow(), 0, true));
        Point grip = new Point(cell.x + 30, cell.y + cell.height / 2);
        robot.pressMouse(from, grip, MouseButton.LEFT_BUTTON);
        for (int i = 1; i <= 8; i++) {
            robot.moveMouse(from, grip.x + 4 * i, grip.y);
        }
        JTable target = table(to);
        robot.moveMouse(target, new Point(60, target.getVisibleRect().y + 20));
        robot.moveMouse(target, new Point(64, target.getVisibleRect().y + 22));
        robot.waitForIdle();
        robot.releaseMouse(MouseButton.LEFT_BUTTON);
        robot.waitForIdle();
    }

    private record Dropped(File file) implements Transferable {
        @Override
        public DataFlavor[] getTransferDataFlavors() {
            return new DataFlavor[] {DataFlavor.javaFileListFlavor};
        }

        @Override
        public boolean isDataFlavorSupported(DataFlavor flavor) {
            return flavor.isFlavorJavaFileListType();
        }

        @Override
        public Object getTransferData(DataFlavor flavor) {
            return List.of(file);
        }
    }
}
