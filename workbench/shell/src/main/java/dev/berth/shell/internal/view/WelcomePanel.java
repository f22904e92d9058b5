/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.recipe.Recipe;
import dev.berth.api.task.OnEdt;
import dev.berth.images.RecipeBook;
import dev.berth.shell.internal.kit.CardGrid;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.kit.WideColumn;
import dev.berth.shell.internal.model.Background;
import java.awt.BorderLayout;
import java.awt.Component;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ScrollPaneConstants;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** The first tab: what can be started, as cards. */
@OnEdt
final class WelcomePanel extends JPanel {

    private final transient RecipeBook book;
    private final transient Background background;
    private final transient Icons icons;
    private final transient Consumer<Recipe> onStart;
    private final transient Consumer<String> onChoose;
    private final JPanel missing = new JPanel(new BorderLayout());
    private final JPanel cards = new JPanel(new CardGrid(RecipeCard.WIDTH, 2 * Ui.GRID));
    private final WideColumn column = new WideColumn();

    WelcomePanel(
            RecipeBook book, Background background, Icons icons, Consumer<Recipe> onStart, Consumer<String> onChoose) {
        super(new BorderLayout());
        this.book = book;
        this.background = background;
        this.icons = icons;
        this.onStart = onStart;
        this.onChoose = onChoose;
        setName("welcome");
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        column.setBorder(Ui.padding(5, 5, 5, 5));
        column.add(Ui.label("welcome.title", Texts.of("welcome.title"), "h00"));
        column.add(Ui.gapDown(1));
        column.add(Ui.muted(Ui.label("welcome.subtitle", Texts.of("welcome.subtitle"), "large")));
        column.add(Ui.gapDown(4));
        missing.setName("welcome.missing");
        missing.setAlignmentX(Component.LEFT_ALIGNMENT);
        missing.setVisible(false);
        column.add(missing);
        cards.setName("welcome.cards");
        cards.setOpaque(false);
        cards.setAlignmentX(Component.LEFT_ALIGNMENT);
        column.add(cards);
        JScrollPane scroll = new JScrollPane(column);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.setHorizontalScrollBarPolicy(ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.getVerticalScrollBar().setUnitIncrement(24);
        add(scroll, BorderLayout.CENTER);
        paintBackground();
        refresh();
    }

    /** Shows what has to be there before a desktop can run; null takes it away. */
    void missing(@Nullable JComponent what) {
        missing.removeAll();
        missing.setVisible(what != null);
        if (what != null) {
            what.setBorder(BorderFactory.createCompoundBorder(
                    BorderFactory.createLineBorder(UIManager.getColor("Berth.card.border")), Ui.padding(1, 0, 1, 0)));
            missing.setBorder(Ui.padding(0, 0, 3, 0));
            missing.setOpaque(false);
            missing.add(what, BorderLayout.CENTER);
        }
        revalidate();
        repaint();
    }

    /** Asks for the recipes anew. */
    void refresh() {
        background.ask(book::recipes, this::fill, error -> fill(List.of()));
    }

    private void fill(List<Recipe> recipes) {
        cards.removeAll();
        for (Recipe recipe : recipes) {
            cards.add(new RecipeCard(recipe, icons, () -> onStart.accept(recipe), () -> onChoose.accept(recipe.id())));
        }
        if (recipes.isEmpty()) {
            JLabel none = Ui.muted(Ui.label("welcome.none", Texts.of("welcome.none"), "large"));
            none.setIcon(icons.of("info"));
            cards.add(none);
        }
        cards.revalidate();
        cards.repaint();
    }

    private void paintBackground() {
        column.setBackground(UIManager.getColor("Berth.content.background"));
    }

    @Override
    public void updateUI() {
        super.updateUI();
        if (column != null) {
            paintBackground();
        }
    }
}
