/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.create;

import com.formdev.flatlaf.util.UIScale;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.task.OnEdt;
import dev.berth.sessions.SessionRequest;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Line;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.kit.WideColumn;
import dev.berth.shell.internal.model.Background;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Rectangle;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.ScrollPaneConstants;

/** Asks what a new session is to be. Not modal: the window goes on beside it. */
@OnEdt
public final class NewSessionDialog {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 640;

    private final JDialog dialog;
    private final NewSessionForm form;
    private final JButton start;
    private final Starter starter;

    /** Takes the request. */
    @FunctionalInterface
    public interface Starter {
        /**
         * Starts a session.
         *
         * @param title of its tab until it has a name
         */
        void start(SessionRequest request, String title);
    }

    /**
     * Makes the dialog without showing it.
     *
     * @param taken names that sessions have
     */
    public NewSessionDialog(
            JFrame owner, Background background, Icons icons, Supplier<Set<String>> taken, Starter starter) {
        this.starter = starter;
        dialog = new JDialog(owner, Texts.of("new.title"), false);
        dialog.setName("new.dialog");
        start = Ui.primary(Ui.button("new.start", Texts.of("button.start"), this::start));
        form = new NewSessionForm(background, icons, taken, this::changed);
        WideColumn column = new WideColumn();
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        column.setBorder(Ui.padding(3, 3, 2, 3));
        column.add(form);
        JScrollPane scroll = new JScrollPane(column);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.setHorizontalScrollBarPolicy(ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.getVerticalScrollBar().setUnitIncrement(16);
        JPanel foot = new JPanel(new FlowLayout(FlowLayout.TRAILING, Ui.GRID, 0));
        foot.setBorder(BorderFactory.createCompoundBorder(new Line(1, 0, 0, 0), Ui.padding(1.5, 2, 1.5, 2)));
        foot.add(Ui.button("new.cancel", Texts.of("button.cancel"), dialog::dispose));
        foot.add(start);
        dialog.add(scroll, BorderLayout.CENTER);
        dialog.add(foot, BorderLayout.SOUTH);
        dialog.getRootPane().setDefaultButton(start);
        dialog.getRootPane()
                .registerKeyboardAction(
                        event -> dialog.dispose(), KeyStroke.getKeyStroke("ESCAPE"), JComponent.WHEN_IN_FOCUSED_WINDOW);
    }

    /** Shows the dialog for a recipe; an empty id chooses the first. */
    public void open(List<Recipe> recipes, String chosen) {
        form.recipes(recipes, chosen);
        Rectangle screen = dialog.getOwner().getGraphicsConfiguration().getBounds();
        dialog.pack();
        int height =
                Math.min(screen.height * 9 / 10, Math.max(dialog.getPreferredSize().height, UIScale.scale(HEIGHT)));
        dialog.setSize(Math.min(screen.width, UIScale.scale(WIDTH)), height);
        dialog.setMinimumSize(new Dimension(UIScale.scale(400), UIScale.scale(320)));
        dialog.setLocationRelativeTo(dialog.getOwner());
        dialog.setVisible(true);
    }

    private void changed() {
        start.setEnabled(form.request().isPresent());
    }

    private void start() {
        form.request().ifPresent(request -> {
            dialog.dispose();
            starter.start(request, form.title());
        });
    }
}
