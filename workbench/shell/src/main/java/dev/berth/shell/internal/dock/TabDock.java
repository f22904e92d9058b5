/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import java.awt.AWTEvent;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.AWTEventListener;
import java.awt.event.FocusEvent;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JSplitPane;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** Tabs in areas that split each other, in the main window and in windows of their own. */
public final class TabDock implements Dock, Drag.Dragging {

    private static final Dimension WINDOW = new Dimension(900, 640);

    private final JPanel root = new JPanel(new BorderLayout());
    private final Icons icons;
    private final Map<JComponent, TabState> tabs = new LinkedHashMap<>();
    private final List<DockWindow> windows = new ArrayList<>();
    private final List<Consumer<Optional<JComponent>>> listeners = new ArrayList<>();
    private Function<JComponent, Optional<Icon>> pictures = view -> Optional.empty();
    private TabArea active;
    private boolean changing;

    /** An empty dock. */
    public TabDock(Icons icons) {
        this.icons = icons;
        root.setName("dock");
        active = area();
        root.add(active, BorderLayout.CENTER);
        AWTEventListener focus = event -> {
            if (event.getID() == FocusEvent.FOCUS_GAINED && event.getSource() instanceof Component component) {
                follow(component);
            }
        };
        root.addHierarchyListener(event -> {
            Toolkit.getDefaultToolkit().removeAWTEventListener(focus);
            if (root.isDisplayable()) {
                Toolkit.getDefaultToolkit().addAWTEventListener(focus, AWTEvent.FOCUS_EVENT_MASK);
            }
        });
    }

    private TabArea area() {
        TabArea area = new TabArea(
                (over, index) -> close((JComponent) over.getComponentAt(index)), view -> pictures.apply(view));
        area.addChangeListener(event -> {
            if (!changing) {
                active = area;
                if (area.getSelectedComponent() != null) {
                    // Else the focus stays in another area, and what is done next is done there.
                    area.getSelectedComponent().requestFocusInWindow();
                }
                tell();
            }
        });
        Drag drag = new Drag(area, this);
        area.addMouseListener(drag);
        area.addMouseMotionListener(drag);
        return area;
    }

    private void close(JComponent view) {
        TabState tab = tabs.get(view);
        if (tab != null && tab.close != null) {
            tab.close.run();
        }
    }

    private void follow(Component focused) {
        TabArea over = focused instanceof TabArea itself
                ? itself
                : (TabArea) SwingUtilities.getAncestorOfClass(TabArea.class, focused);
        if (over != null && !over.equals(active) && areas().contains(over)) {
            active = over;
            tell();
        }
    }

    private void tell() {
        for (DockWindow window : windows) {
            Areas.of(window.root).stream()
                    .findFirst()
                    .filter(area -> area.getSelectedIndex() >= 0)
                    .ifPresent(area -> window.setTitle(
                            area.getTitleAt(area.getSelectedIndex()) + " – " + Texts.of("window.title")));
        }
        listeners.forEach(listener -> listener.accept(selected()));
    }

    private List<TabArea> areas() {
        List<TabArea> all = new ArrayList<>(Areas.of(root));
        windows.forEach(window -> all.addAll(Areas.of(window.root)));
        return all;
    }

    private @Nullable TabArea holder(JComponent view) {
        return areas().stream()
                .filter(area -> area.indexOfComponent(view) >= 0)
                .findFirst()
                .orElse(null);
    }

    // ---- tabs

    @Override
    public JComponent component() {
        return root;
    }

    @Override
    public void add(JComponent view, String title, Icon icon, @Nullable Runnable onClose) {
        tabs.put(view, new TabState(view, title, icon, icons.of("pin"), onClose));
        place(view, active, active.getTabCount());
    }

    private void place(JComponent view, TabArea to, int index) {
        TabState tab = tabs.get(view);
        if (tab == null) {
            return;
        }
        changing = true;
        TabArea from = holder(view);
        if (from != null) {
            from.remove(view);
        }
        int first = (int) to.views().stream().filter(this::isPinned).count();
        to.put(tab, tab.pinned ? Math.min(index, first) : Math.max(index, first));
        to.setSelectedComponent(view);
        active = to;
        changing = false;
        tidy();
        tell();
    }

    @Override
    public void update(JComponent view, String title, Icon icon) {
        TabState tab = tabs.get(view);
        TabArea area = holder(view);
        if (tab != null && area != null) {
            tab.title = title;
            tab.icon = icon;
            area.show(tab);
            tell();
        }
    }

    @Override
    public void remove(JComponent view) {
        TabArea area = holder(view);
        tabs.remove(view);
        if (area != null) {
            area.remove(view);
            tidy();
            tell();
        }
    }

    @Override
    public void select(JComponent view) {
        TabArea area = holder(view);
        if (area != null) {
            active = area;
            area.setSelectedComponent(view);
            Window window = SwingUtilities.getWindowAncestor(area);
            if (window instanceof DockWindow) {
                window.toFront();
            }
            tell();
        }
    }

    @Override
    public Optional<JComponent> selected() {
        return Optional.ofNullable((JComponent) active.getSelectedComponent());
    }

    @Override
    public List<JComponent> views() {
        return areas().stream().flatMap(area -> area.views().stream()).toList();
    }

    @Override
    public boolean isPinned(JComponent view) {
        TabState tab = tabs.get(view);
        return tab != null && tab.pinned;
    }

    @Override
    public void pin(JComponent view, boolean pinned) {
        TabState tab = tabs.get(view);
        TabArea area = holder(view);
        if (tab != null && area != null && tab.pinned != pinned) {
            tab.pinned = pinned;
            place(view, area, pinned ? 0 : area.getTabCount());
        }
    }

    @Override
    public void closeOthers(JComponent view) {
        for (JComponent other : views()) {
            if (!other.equals(view) && !isPinned(other)) {
                close(other);
            }
        }
    }

    // ---- areas and windows

    @Override
    public void split(JComponent view, boolean below) {
        TabArea area = holder(view);
        if (area != null && area.getTabCount() > 1) {
            beside(view, area, below ? Drag.Side.BOTTOM : Drag.Side.RIGHT);
        }
    }

    private void beside(JComponent view, TabArea area, Drag.Side side) {
        TabArea fresh = area();
        Areas.split(area, fresh, side);
        place(view, fresh, 0);
    }

    @Override
    public boolean isTornOff(JComponent view) {
        return SwingUtilities.getWindowAncestor(view) instanceof DockWindow;
    }

    @Override
    public void tearOff(JComponent view) {
        TabArea area = holder(view);
        if (area == null) {
            return;
        }
        if (isTornOff(view)) {
            place(view, Areas.of(root).get(0), Integer.MAX_VALUE);
            return;
        }
        Point at = area.isShowing() ? area.getLocationOnScreen() : new Point(80, 80);
        window(view, new Rectangle(at.x + 40, at.y + 40, WINDOW.width, WINDOW.height));
    }

    private DockWindow window(Rectangle bounds) {
        DockWindow window = new DockWindow(root, bounds, this::bringBack);
        windows.add(window);
        return window;
    }

    private void window(JComponent view, Rectangle bounds) {
        DockWindow window = window(bounds);
        TabArea fresh = area();
        window.root.add(fresh, BorderLayout.CENTER);
        place(view, fresh, 0);
        window.setVisible(true);
    }

    private void bringBack(DockWindow window) {
        for (TabArea area : Areas.of(window.root)) {
            for (JComponent view : area.views()) {
                place(view, Areas.of(root).get(0), Integer.MAX_VALUE);
            }
        }
    }

    /** Takes away areas and windows without tabs; the main window keeps one area. */
    private void tidy() {
        for (TabArea area : Areas.of(root)) {
            if (area.getTabCount() == 0 && Areas.of(root).size() > 1) {
                Areas.remove(area);
            }
        }
        for (DockWindow window : List.copyOf(windows)) {
            for (TabArea area : Areas.of(window.root)) {
                if (area.getTabCount() == 0) {
                    Areas.remove(area);
                }
            }
            if (Areas.of(window.root).isEmpty()) {
                windows.remove(window);
                window.dispose();
            }
        }
        if (!areas().contains(active)) {
            active = Areas.of(root).get(0);
        }
    }

    @Override
    public void reset() {
        TabArea main = Areas.of(root).get(0);
        for (JComponent view : views()) {
            if (main.indexOfComponent(view) < 0) {
                place(view, main, Integer.MAX_VALUE);
            }
        }
    }

    @Override
    public boolean owns(Window window) {
        return window instanceof DockWindow own && windows.contains(own);
    }

    @Override
    public void pictures(Function<JComponent, Optional<Icon>> of) {
        pictures = of;
    }

    @Override
    public void dispose() {
        windows.forEach(Window::dispose);
        windows.clear();
    }

    @Override
    public void onSelect(Consumer<Optional<JComponent>> listener) {
        listeners.add(listener);
    }

    // ---- dragging

    @Override
    public @Nullable TabArea areaAt(Point screen) {
        for (TabArea area : areas()) {
            if (area.isShowing() && new Rectangle(area.getLocationOnScreen(), area.getSize()).contains(screen)) {
                return area;
            }
        }
        return null;
    }

    @Override
    public void drop(JComponent view, Drag.Target target) {
        boolean alone = target.area().getTabCount() == 1 && target.area().indexOfComponent(view) == 0;
        if (target.side() == Drag.Side.CENTRE) {
            place(view, target.area(), target.index());
        } else if (!alone) {
            beside(view, target.area(), target.side());
        }
    }

    @Override
    public void dropOutside(JComponent view, Point screen) {
        Window over = SwingUtilities.getWindowAncestor(view);
        // A slip onto the title bar or a tool window is no wish for another window.
        if (over == null || !over.getBounds().contains(screen)) {
            window(view, new Rectangle(screen.x - 40, screen.y - 16, WINDOW.width, WINDOW.height));
        }
    }

    @Override
    public void popup(TabArea area, int index, MouseEvent event) {
        JComponent view = (JComponent) area.getComponentAt(index);
        JPopupMenu menu = TabMenu.of(this, view, area.getTabCount() > 1, () -> close(view));
        menu.show(area, event.getX(), event.getY());
    }

    // ---- remembering

    @Override
    public Map<String, Object> save(Function<JComponent, String> key) {
        Layouts layouts = new Layouts(this::isPinned, key);
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("main", layouts.save((JComponent) root.getComponent(0)));
        List<Object> torn = new ArrayList<>();
        for (DockWindow window : windows) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("bounds", Layouts.bounds(window.getBounds()));
            one.put("content", layouts.save((JComponent) window.root.getComponent(0)));
            torn.add(one);
        }
        saved.put("windows", torn);
        selected().map(key).ifPresent(name -> saved.put("active", name));
        return saved;
    }

    @Override
    public void arrange(Map<?, ?> saved, Function<String, Optional<JComponent>> view) {
        arrange(root, saved.get("main"), view);
        if (saved.get("windows") instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> map) {
                    DockWindow window = window(Layouts.bounds(map.get("bounds"), new Rectangle(WINDOW)));
                    arrange(window.root, map.get("content"), view);
                    tidy();
                    if (windows.contains(window)) {
                        window.setVisible(true);
                    }
                }
            }
        }
        tidy();
        if (saved.get("active") instanceof String name) {
            view.apply(name).ifPresent(this::select);
        }
    }

    private void arrange(JPanel place, @Nullable Object saved, Function<String, Optional<JComponent>> view) {
        List<JComponent> before =
                Areas.of(place).stream().flatMap(area -> area.views().stream()).toList();
        JComponent made = Layouts.make(saved, this::area, (area, tab) -> {
            Optional<JComponent> found = view.apply(tab.key()).filter(tabs::containsKey);
            found.ifPresent(it -> {
                TabState state = tabs.get(it);
                if (state != null) {
                    state.pinned = tab.pinned();
                    changing = true;
                    TabArea from = holder(it);
                    if (from != null) {
                        from.remove(it);
                    }
                    area.put(state, area.getTabCount());
                    if (tab.selected()) {
                        area.setSelectedComponent(it);
                    }
                    changing = false;
                }
            });
            return found.isPresent();
        });
        if (made == null) {
            return;
        }
        place.removeAll();
        place.add(made, BorderLayout.CENTER);
        place.revalidate();
        active = Areas.of(place).get(0);
        for (JComponent left : before) {
            if (holder(left) == null) {
                place(left, active, Integer.MAX_VALUE);
            }
        }
    }

    /** The arrangement of areas: a tree of split panes. */
    static final class Areas {

        private Areas() {}

        static List<TabArea> of(Container place) {
            List<TabArea> found = new ArrayList<>();
            for (Component child : place.getComponents()) {
                if (child instanceof TabArea area) {
                    found.add(area);
                } else if (child instanceof JSplitPane pane) {
                    found.addAll(of(pane));
                }
            }
            return found;
        }

        static JSplitPane pane(boolean below, Component first, Component second, double part) {
            JSplitPane pane = new JSplitPane(
                    below ? JSplitPane.VERTICAL_SPLIT : JSplitPane.HORIZONTAL_SPLIT, true, first, second);
            pane.setBorder(BorderFactory.createEmptyBorder());
            pane.setResizeWeight(part);
            return pane;
        }

        static void split(TabArea area, TabArea fresh, Drag.Side side) {
            boolean below = side == Drag.Side.TOP || side == Drag.Side.BOTTOM;
            boolean first = side == Drag.Side.LEFT || side == Drag.Side.TOP;
            Container parent = area.getParent();
            int location = parent instanceof JSplitPane outer ? outer.getDividerLocation() : 0;
            int size = below ? area.getHeight() : area.getWidth();
            boolean left = parent instanceof JSplitPane outer && area.equals(outer.getLeftComponent());
            parent.remove(area);
            JSplitPane pane = pane(below, first ? fresh : area, first ? area : fresh, 0.5);
            if (parent instanceof JSplitPane outer) {
                if (left) {
                    outer.setLeftComponent(pane);
                } else {
                    outer.setRightComponent(pane);
                }
                outer.setDividerLocation(location);
            } else {
                parent.add(pane, BorderLayout.CENTER);
            }
            pane.setDividerLocation(size / 2);
            parent.revalidate();
        }

        static void remove(TabArea area) {
            Container parent = area.getParent();
            if (!(parent instanceof JSplitPane pane)) {
                if (parent != null) {
                    parent.remove(area);
                }
                return;
            }
            Component other = area.equals(pane.getLeftComponent()) ? pane.getRightComponent() : pane.getLeftComponent();
            Container above = pane.getParent();
            if (above instanceof JSplitPane outer) {
                int location = outer.getDividerLocation();
                if (pane.equals(outer.getLeftComponent())) {
                    outer.setLeftComponent(other);
                } else {
                    outer.setRightComponent(other);
                }
                outer.setDividerLocation(location);
            } else if (above != null) {
                above.remove(pane);
                above.add(other, BorderLayout.CENTER);
            }
            if (above != null) {
                above.revalidate();
                above.repaint();
            }
        }
    }
}
