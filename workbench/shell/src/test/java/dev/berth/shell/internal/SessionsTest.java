/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.session.SessionState;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.edt.Edt;
import java.awt.event.KeyEvent;
import org.assertj.swing.finder.WindowFinder;
import org.assertj.swing.fixture.DialogFixture;
import org.assertj.swing.fixture.JTreeFixture;
import org.junit.jupiter.api.Test;

/** Sessions as a tree: what they use, their snapshots, and what can be done with both. */
class SessionsTest extends WindowTest {

    @Override
    protected void prepare() throws Exception {
        typeFast();
        // The window speaks what the settings name; keys and names stay.
        settings.update("workbench", java.util.Map.of("language", "de"));
    }

    @Test
    void snapshotsAreTakenPutBackAndRemoved() throws Exception {
        sessions.put("build", SessionState.RUNNING);
        sessions.put("rests", SessionState.STOPPED);
        sessions.snapshot("rests", "before-update", TaskContext.silent());
        await("both", () -> sessionsListed() == 2);
        JTreeFixture tree = window.tree("sessions.tree");
        await("a snapshot", () -> children(tree, 1) == 1);
        await("what it uses", () -> tree.valueAt(0) != null && row(tree, 0).contains("MiB"));
        select(tree, 0);
        press(KeyEvent.VK_SHIFT, KeyEvent.VK_F10);
        await("the menu", () -> sees("session.snapshot"));
        assertThat(window.menuItem("session.pause").target().getText()).isEqualTo("Einfrieren");
        picture("session-menu-light");
        window.menuItem("session.snapshot").click();
        DialogFixture dialog = WindowFinder.findDialog("name.dialog").using(robot);
        dialog.textBox("name.field").setText("so nicht");
        dialog.button("name.yes").requireDisabled();
        dialog.textBox("name.field").setText("clean");
        click(dialog.button("name.yes"));
        await("the new snapshot", () -> children(tree, 0) == 1);
        Edt.runAndWait(() -> tree.target().expandRow(0));
        await("it is shown", () -> row(tree, 1).contains("clean"));
        Edt.runAndWait(() -> tree.target().expandRow(2));
        picture("sessions-tree-light");
        select(tree, 1);
        press(KeyEvent.VK_DELETE);
        click(window.optionPane().buttonWithText("Entfernen"));
        await("it is gone", () -> children(tree, 0) == 0);
    }

    private static void select(JTreeFixture tree, int row) throws InterruptedException {
        Edt.runAndWait(() -> {
            tree.target().requestFocusInWindow();
            tree.target().setSelectionRow(row);
        });
        await("the focus", tree.target()::isFocusOwner);
    }

    private static int children(JTreeFixture tree, int index) {
        return org.assertj.swing.edt.GuiActionRunner.execute(() -> {
            javax.swing.tree.TreeModel rows = tree.target().getModel();
            return rows.getChildCount(rows.getRoot()) <= index
                    ? -1
                    : rows.getChildCount(rows.getChild(rows.getRoot(), index));
        });
    }

    /** What a screen reader says of a row. */
    private static String row(JTreeFixture tree, int row) {
        return org.assertj.swing.edt.GuiActionRunner.execute(() -> {
            javax.swing.JTree it = tree.target();
            javax.swing.tree.TreePath path = it.getPathForRow(row);
            return path == null
                    ? ""
                    : it.getCellRenderer()
                            .getTreeCellRendererComponent(
                                    it, path.getLastPathComponent(), false, false, false, row, false)
                            .getAccessibleContext()
                            .getAccessibleName();
        });
    }
}
