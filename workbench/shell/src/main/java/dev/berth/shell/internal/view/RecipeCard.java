/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Amounts;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;

/** A recipe on the Welcome page. */
@OnEdt
final class RecipeCard extends JPanel {

    static final int WIDTH = 320;
    private static final int INSET = 16;
    private static final int PICTURE_HEIGHT = 120;
    private static final int TEXT_LINES = 3;

    RecipeCard(Recipe recipe, Icons icons, Runnable onStart, Runnable onChoose) {
        super(new BorderLayout());
        setName("recipe." + recipe.id());
        getAccessibleContext().setAccessibleName(recipe.title());
        hover(false);
        JPanel column = new JPanel();
        column.setOpaque(false);
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        JLabel picture = new JLabel(new RecipePicture(recipe.id(), WIDTH - 2 * INSET, PICTURE_HEIGHT));
        picture.setAlignmentX(Component.LEFT_ALIGNMENT);
        column.add(picture);
        column.add(Ui.gapDown(2));
        column.add(Ui.label("recipe.title", recipe.title(), "h3"));
        column.add(Ui.gapDown(0.5));
        JTextArea text = Ui.muted(Ui.paragraph("recipe.text", recipe.description()));
        int line = text.getFontMetrics(text.getFont()).getHeight();
        Dimension room = new Dimension(WIDTH - 2 * INSET, line * TEXT_LINES);
        text.setPreferredSize(room);
        text.setMinimumSize(room);
        text.setMaximumSize(room);
        column.add(text);
        column.add(Ui.gapDown(2));
        add(column, BorderLayout.CENTER);
        add(foot(recipe, icons, onStart, onChoose), BorderLayout.SOUTH);
        addMouseListener(new MouseAdapter() {
            @Override
            public void mouseEntered(MouseEvent event) {
                hover(true);
            }

            @Override
            public void mouseExited(MouseEvent event) {
                hover(contains(event.getPoint()));
            }
        });
    }

    private static JPanel foot(Recipe recipe, Icons icons, Runnable onStart, Runnable onChoose) {
        JPanel foot = new JPanel(new BorderLayout());
        foot.setOpaque(false);
        JPanel facts = new JPanel(new FlowLayout(FlowLayout.LEADING, 0, 6));
        facts.setOpaque(false);
        if (recipe.downloadBytes() > 0) {
            facts.add(fact("recipe.download", "download", Amounts.bytes(recipe.downloadBytes()), icons));
        }
        if (recipe.installedBytes() > 0) {
            facts.add(Ui.gapAcross(1.5));
            facts.add(fact("recipe.size", "disk", Amounts.bytes(recipe.installedBytes()), icons));
        }
        foot.add(facts, BorderLayout.CENTER);
        JButton start = Ui.primary(Ui.button("recipe.start." + recipe.id(), Texts.of("button.start"), onStart));
        start.getAccessibleContext().setAccessibleName(Texts.of("recipe.startAccessible", recipe.title()));
        JPanel buttons = new JPanel();
        buttons.setLayout(new BoxLayout(buttons, BoxLayout.X_AXIS));
        buttons.setOpaque(false);
        buttons.add(Ui.iconButton(
                "recipe.choose." + recipe.id(), Texts.of("recipe.choose"), icons.of("settings"), onChoose));
        buttons.add(Ui.gapAcross(0.5));
        buttons.add(start);
        foot.add(buttons, BorderLayout.EAST);
        return foot;
    }

    private static JLabel fact(String name, String icon, String text, Icons icons) {
        JLabel label = Ui.muted(new JLabel(text, icons.of(icon), JLabel.LEADING));
        label.setName(name);
        label.setToolTipText(Texts.of(name));
        label.setIconTextGap(Ui.GRID / 2);
        return label;
    }

    private void hover(boolean on) {
        String style = on ? "hover" : "";
        putClientProperty(
                FlatClientProperties.STYLE,
                "arc:12;background:$Berth.card." + (style.isEmpty() ? "background" : "hoverBackground")
                        + ";border:16,16,16,16,$Berth.card." + (style.isEmpty() ? "border" : "hoverBorder") + ",1,12");
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(WIDTH, super.getPreferredSize().height);
    }
}
