/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.palette;

import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.font.TextAttribute;
import java.text.AttributedString;
import javax.swing.BoxLayout;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;
import javax.swing.UIManager;

/** A row of the palette: icon, title with the found letters marked, detail, and at the end the kind or the shortcut. */
final class PaletteCell extends JPanel implements ListCellRenderer<Palette.Row> {

    private final JLabel icon = new JLabel();
    private final Title title = new Title();
    private final JLabel detail = new JLabel();
    private final JLabel end = new JLabel();

    PaletteCell() {
        super(new BorderLayout(Ui.GRID, 0));
        setBorder(Ui.padding(0.625, 1, 0.625, 1));
        JPanel words = new JPanel();
        words.setOpaque(false);
        words.setLayout(new BoxLayout(words, BoxLayout.X_AXIS));
        words.add(title);
        words.add(Ui.gapAcross(1));
        words.add(detail);
        add(icon, BorderLayout.LINE_START);
        add(words, BorderLayout.CENTER);
        add(end, BorderLayout.LINE_END);
    }

    @Override
    public Component getListCellRendererComponent(
            JList<? extends Palette.Row> list, Palette.Row row, int index, boolean selected, boolean focused) {
        Color text = selected ? list.getSelectionForeground() : list.getForeground();
        Color quiet = selected ? text : UIManager.getColor("Berth.muted.foreground");
        icon.setIcon(row.item().icon());
        title.setFont(list.getFont());
        title.setForeground(text);
        title.set(row.item().title(), row.places());
        detail.setText(row.item().detail());
        detail.setForeground(quiet);
        end.setText(
                row.item().shortcut().isEmpty() ? row.item().kind() : row.item().shortcut());
        end.setForeground(quiet);
        end.setFont(list.getFont().deriveFont(list.getFont().getSize2D() - 1));
        setOpaque(selected);
        setBackground(list.getSelectionBackground());
        getAccessibleContext()
                .setAccessibleName(row.item().kind() + ", " + row.item().title() + " "
                        + row.item().shortcut());
        return this;
    }

    /** Text with some letters in the accent colour. */
    private static final class Title extends JComponent {
        private String text = "";
        private int[] places = new int[0];

        void set(String words, int[] marked) {
            text = words;
            places = marked;
            invalidate();
        }

        @Override
        public java.awt.Dimension getPreferredSize() {
            java.awt.FontMetrics metrics = getFontMetrics(getFont());
            return new java.awt.Dimension(metrics.stringWidth(text) + 4, metrics.getHeight());
        }

        @Override
        public java.awt.Dimension getMinimumSize() {
            return getPreferredSize();
        }

        @Override
        public java.awt.Dimension getMaximumSize() {
            return getPreferredSize();
        }

        @Override
        protected void paintComponent(Graphics g) {
            if (text.isEmpty()) {
                return;
            }
            ((java.awt.Graphics2D) g)
                    .setRenderingHint(
                            java.awt.RenderingHints.KEY_TEXT_ANTIALIASING,
                            java.awt.RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            AttributedString line = new AttributedString(text);
            line.addAttribute(TextAttribute.FONT, getFont());
            line.addAttribute(TextAttribute.FOREGROUND, getForeground());
            Color accent = UIManager.getColor("Component.accentColor");
            for (int place : places) {
                line.addAttribute(TextAttribute.WEIGHT, TextAttribute.WEIGHT_BOLD, place, place + 1);
                if (accent != null) {
                    line.addAttribute(TextAttribute.FOREGROUND, accent, place, place + 1);
                }
            }
            g.drawString(line.getIterator(), 0, g.getFontMetrics(getFont()).getAscent());
        }
    }
}
