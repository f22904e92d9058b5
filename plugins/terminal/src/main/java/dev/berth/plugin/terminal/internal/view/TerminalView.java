/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.view;

import dev.berth.api.task.OnEdt;
import dev.berth.plugin.terminal.internal.vt.Emulator;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.FocusEvent;
import java.awt.event.FocusListener;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollBar;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** Shows a terminal, takes its keys, and lets text be selected. Looks for changes at most sixty times a second. */
@OnEdt
public final class TerminalView extends JPanel {

    private static final int FRAME_MILLIS = 16;
    private static final int MARGIN = 6;

    private final transient Emulator terminal;
    private final transient Consumer<byte[]> input;
    private final transient BiConsumer<Integer, Integer> onSize;
    private final Screen screen = new Screen();
    private final JScrollBar bar = new JScrollBar(JScrollBar.VERTICAL);
    private final Timer timer = new Timer(FRAME_MILLIS, event -> look());
    private final transient CellPainter painter = new CellPainter();
    private final transient Selection selection = new Selection();
    private int cellWidth = 8;
    private int cellHeight = 16;
    private int ascent = 12;
    private long shown = -1;
    private int bells;
    private boolean following = true;
    private boolean settingBar;

    /**
     * A view.
     *
     * @param input takes what is typed
     * @param onSize hears of another size, in columns and rows
     */
    public TerminalView(Emulator terminal, Font font, Consumer<byte[]> input, BiConsumer<Integer, Integer> onSize) {
        super(new BorderLayout());
        this.terminal = terminal;
        this.input = input;
        this.onSize = onSize;
        setName("terminalView");
        add(screen, BorderLayout.CENTER);
        add(bar, BorderLayout.LINE_END);
        bar.addAdjustmentListener(event -> {
            if (!settingBar) {
                following = bar.getValue() >= bar.getMaximum() - bar.getVisibleAmount();
                screen.repaint();
            }
        });
        font(font);
    }

    /** Draws in another font. */
    public void font(Font font) {
        screen.setFont(font);
        FontMetrics metrics = screen.getFontMetrics(font);
        cellWidth = Math.max(1, metrics.charWidth('W'));
        cellHeight = Math.max(1, metrics.getHeight());
        ascent = metrics.getAscent();
        fit();
        screen.repaint();
    }

    /** What has the keyboard. */
    public JComponent screen() {
        return screen;
    }

    /** Takes text as if it were typed. */
    public void paste(String text) {
        String lines = text.replace("\r\n", "\r").replace('\n', '\r');
        boolean bracketed;
        synchronized (terminal) {
            bracketed = terminal.mode(2004);
        }
        // The end mark must not come from the text itself.
        send(bracketed ? "\033[200~" + lines.replace("\033[201~", "") + "\033[201~" : lines);
    }

    /** The selected text; empty for none. */
    public String selected() {
        synchronized (terminal) {
            return selection.text(terminal);
        }
    }

    private void send(String text) {
        following = true;
        input.accept(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void addNotify() {
        super.addNotify();
        timer.start();
    }

    @Override
    public void removeNotify() {
        timer.stop();
        super.removeNotify();
    }

    private void look() {
        if (!isShowing()) {
            return;
        }
        boolean ring;
        synchronized (terminal) {
            if (terminal.changes() == shown) {
                return;
            }
            shown = terminal.changes();
            ring = terminal.bells() != bells;
            bells = terminal.bells();
            int scrolled = terminal.scrolled();
            settingBar = true;
            int value = following ? scrolled : Math.min(bar.getValue(), scrolled);
            bar.setValues(value, terminal.rows(), 0, scrolled + terminal.rows());
            bar.setBlockIncrement(terminal.rows() - 1);
            settingBar = false;
        }
        if (ring) {
            getToolkit().beep();
        }
        screen.repaint();
    }

    private void fit() {
        int columns = Math.max(2, Math.min(1000, (screen.getWidth() - 2 * MARGIN) / cellWidth));
        int rows = Math.max(2, Math.min(1000, (screen.getHeight() - 2 * MARGIN) / cellHeight));
        if (screen.getWidth() < 4 * cellWidth || screen.getHeight() < 2 * cellHeight) {
            return;
        }
        boolean changed;
        synchronized (terminal) {
            changed = columns != terminal.columns() || rows != terminal.rows();
            terminal.resize(columns, rows);
        }
        if (changed) {
            onSize.accept(columns, rows);
        }
    }

    /** The row at the top of the view: below 0 where what has scrolled off is seen. */
    private int topRow() {
        return following ? 0 : bar.getValue() - terminal.scrolled();
    }

    @Override
    public void updateUI() {
        super.updateUI();
        if (painter != null) {
            painter.forget();
        }
    }

    /** The cells. */
    private final class Screen extends JComponent {
        Screen() {
            setName("terminal");
            setFocusable(true);
            setFocusTraversalKeysEnabled(false);
            enableInputMethods(true);
            setOpaque(true);
            setPreferredSize(new Dimension(640, 200));
            getAccessibleContext().setAccessibleName("Terminal");
            addComponentListener(new ComponentAdapter() {
                @Override
                public void componentResized(ComponentEvent event) {
                    fit();
                }
            });
            addFocusListener(new FocusListener() {
                @Override
                public void focusGained(FocusEvent event) {
                    repaint();
                }

                @Override
                public void focusLost(FocusEvent event) {
                    repaint();
                }
            });
            addKeyListener(new KeyAdapter() {
                @Override
                public void keyPressed(KeyEvent event) {
                    boolean bound = getInputMap().get(KeyStroke.getKeyStrokeForEvent(event)) != null;
                    if (bound || event.isConsumed() || event.isMetaDown()) {
                        return;
                    }
                    String text;
                    synchronized (terminal) {
                        text = Keys.pressed(event, terminal);
                    }
                    boolean ours = event.isShiftDown()
                            && (event.getKeyCode() == KeyEvent.VK_PAGE_UP
                                    || event.getKeyCode() == KeyEvent.VK_PAGE_DOWN);
                    if (ours) {
                        int by = event.getKeyCode() == KeyEvent.VK_PAGE_UP ? -1 : 1;
                        bar.setValue(bar.getValue() + by * bar.getBlockIncrement());
                        event.consume();
                    } else if (text != null) {
                        send(text);
                        event.consume();
                    } else if (event.isControlDown() && !event.isShiftDown() || !event.isActionKey() && plain(event)) {
                        // Typed soon; no menu is to take it before.
                        event.consume();
                    }
                }

                @Override
                public void keyTyped(KeyEvent event) {
                    String text = event.isMetaDown() || shiftedControl(event) ? null : Keys.typed(event);
                    if (text != null) {
                        selection.clear();
                        send(text);
                        event.consume();
                    }
                }
            });
            Mouse mouse = new Mouse();
            addMouseListener(mouse);
            addMouseMotionListener(mouse);
            addMouseWheelListener(mouse);
        }

        private boolean plain(KeyEvent event) {
            return !event.isControlDown() && !event.isAltDown();
        }

        /** Control and Shift together are the window's: copy, paste, the palette. */
        private boolean shiftedControl(KeyEvent event) {
            return event.isControlDown() && event.isShiftDown() && !event.isAltDown();
        }

        @Override
        public AccessibleContext getAccessibleContext() {
            if (accessibleContext == null) {
                accessibleContext = new AccessibleJComponent() {
                    @Override
                    public AccessibleRole getAccessibleRole() {
                        return AccessibleRole.TEXT;
                    }
                };
            }
            return accessibleContext;
        }

        @Override
        protected void paintComponent(Graphics g) {
            Graphics2D graphics = (Graphics2D) g.create();
            try {
                painter.background(graphics, getWidth(), getHeight());
                graphics.translate(MARGIN, MARGIN);
                painter.cells(getFont(), cellWidth, cellHeight, ascent);
                synchronized (terminal) {
                    painter.paint(graphics, terminal, topRow(), selection, isFocusOwner());
                }
            } finally {
                graphics.dispose();
            }
        }
    }

    /** Selects text, turns the wheel, and tells programs of the mouse that ask for it. */
    private final class Mouse extends MouseAdapter {

        private Point cell(MouseEvent event) {
            int column = Math.max(0, Math.min(terminal.columns(), (event.getX() - MARGIN + cellWidth / 2) / cellWidth));
            int row = Math.max(0, Math.min(terminal.rows() - 1, (event.getY() - MARGIN) / cellHeight));
            return new Point(column, row);
        }

        private boolean told(MouseEvent event, int button, boolean press) {
            synchronized (terminal) {
                boolean wanted = terminal.mode(1000) || terminal.mode(1002) || terminal.mode(1003);
                if (!wanted || event.isShiftDown() || !terminal.mode(1006)) {
                    return false;
                }
                int column = Math.max(0, Math.min(terminal.columns() - 1, (event.getX() - MARGIN) / cellWidth));
                int row = cell(event).y;
                send("\033[<" + button + ";" + (column + 1) + ";" + (row + 1) + (press ? "M" : "m"));
                return true;
            }
        }

        @Override
        public void mousePressed(MouseEvent event) {
            screen.requestFocusInWindow();
            if (event.isPopupTrigger() || !SwingUtilities.isLeftMouseButton(event)) {
                return;
            }
            if (told(event, 0, true)) {
                return;
            }
            Point at = cell(event);
            synchronized (terminal) {
                selection.start(at.x, topRow() + at.y + terminal.scrolled(), event.getClickCount(), terminal);
            }
            screen.repaint();
        }

        @Override
        public void mouseDragged(MouseEvent event) {
            if (SwingUtilities.isLeftMouseButton(event) && selection.active()) {
                Point at = cell(event);
                synchronized (terminal) {
                    selection.extend(at.x, topRow() + at.y + terminal.scrolled());
                }
                screen.repaint();
            }
        }

        @Override
        public void mouseReleased(MouseEvent event) {
            if (SwingUtilities.isLeftMouseButton(event)) {
                told(event, 0, false);
            }
        }

        @Override
        public void mouseWheelMoved(java.awt.event.MouseWheelEvent event) {
            int lines = event.getUnitsToScroll();
            if (lines == 0 || told(event, event.getWheelRotation() < 0 ? 64 : 65, true)) {
                return;
            }
            boolean alternate;
            synchronized (terminal) {
                alternate = terminal.alternateScreen();
            }
            if (alternate) {
                // Pagers and editors have no lines that have scrolled off: arrows do what is meant.
                send((lines < 0 ? "\033OA" : "\033OB").repeat(Math.min(10, Math.abs(lines))));
            } else {
                bar.setValue(bar.getValue() + lines);
            }
        }
    }

    /** The colour behind the cells. */
    Color background() {
        return painter.palette().background;
    }
}
