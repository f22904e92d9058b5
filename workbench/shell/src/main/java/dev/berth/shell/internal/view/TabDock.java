/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.shell.internal.kit.Texts;
import java.awt.AWTEvent;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Toolkit;
import java.awt.event.AWTEventListener;
import java.awt.event.FocusEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** Tabs on one side, or on two beside each other. */
final class TabDock implements Dock {

    private final JPanel root = new JPanel(new BorderLayout());
    private final JTabbedPane first = pane("tabs");
    private final JTabbedPane second = pane("tabs.second");
    private final Map<JComponent, Runnable> closers = new HashMap<>();
    private final List<Consumer<Optional<JComponent>>> listeners = new ArrayList<>();
    private JTabbedPane active = first;

    TabDock() {
        root.setName("dock");
        root.add(first, BorderLayout.CENTER);
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

    private JTabbedPane pane(String name) {
        JTabbedPane pane = new JTabbedPane(JTabbedPane.TOP, JTabbedPane.SCROLL_TAB_LAYOUT);
        pane.setName(name);
        pane.setBorder(BorderFactory.createEmptyBorder());
        pane.putClientProperty(FlatClientProperties.TABBED_PANE_TAB_CLOSE_TOOLTIPTEXT, Texts.of("tab.close"));
        pane.putClientProperty(
                FlatClientProperties.TABBED_PANE_TAB_CLOSE_CALLBACK, (BiConsumer<JTabbedPane, Integer>) this::close);
        pane.addChangeListener(event -> tell());
        return pane;
    }

    private void close(JTabbedPane pane, int index) {
        if (pane.getComponentAt(index) instanceof JComponent view) {
            Runnable closer = closers.get(view);
            if (closer != null) {
                closer.run();
            }
        }
    }

    private void follow(Component focused) {
        JTabbedPane over = (JTabbedPane) SwingUtilities.getAncestorOfClass(JTabbedPane.class, focused);
        if (over != null && !over.equals(active) && (over.equals(first) || over.equals(second))) {
            active = over;
            tell();
        }
    }

    private void tell() {
        listeners.forEach(listener -> listener.accept(selected()));
    }

    @Override
    public JComponent component() {
        return root;
    }

    @Override
    public void add(JComponent view, String title, Icon icon, @Nullable Runnable onClose) {
        if (onClose != null) {
            closers.put(view, onClose);
        }
        view.putClientProperty(FlatClientProperties.TABBED_PANE_TAB_CLOSABLE, onClose != null);
        active.addTab(title, icon, view);
        active.setSelectedComponent(view);
    }

    @Override
    public void update(JComponent view, String title, Icon icon) {
        JTabbedPane pane = holder(view);
        if (pane != null) {
            int index = pane.indexOfComponent(view);
            pane.setTitleAt(index, title);
            pane.setIconAt(index, icon);
            tell();
        }
    }

    @Override
    public void remove(JComponent view) {
        closers.remove(view);
        JTabbedPane pane = holder(view);
        if (pane != null) {
            pane.remove(view);
            joinIfEmpty();
            tell();
        }
    }

    @Override
    public void select(JComponent view) {
        JTabbedPane pane = holder(view);
        if (pane != null) {
            active = pane;
            pane.setSelectedComponent(view);
            tell();
        }
    }

    @Override
    public Optional<JComponent> selected() {
        return Optional.ofNullable((JComponent) active.getSelectedComponent());
    }

    @Override
    public List<JComponent> views() {
        List<JComponent> all = new ArrayList<>();
        for (JTabbedPane pane : List.of(first, second)) {
            for (int i = 0; i < pane.getTabCount(); i++) {
                all.add((JComponent) pane.getComponentAt(i));
            }
        }
        return all;
    }

    @Override
    public void split() {
        JComponent view = (JComponent) active.getSelectedComponent();
        if (view == null || first.getTabCount() + second.getTabCount() < 2) {
            return;
        }
        JTabbedPane from = active;
        JTabbedPane to = from.equals(first) ? second : first;
        int index = from.indexOfComponent(view);
        String title = from.getTitleAt(index);
        Icon icon = from.getIconAt(index);
        from.remove(view);
        if (second.getParent() == null) {
            root.removeAll();
            JSplitPane both = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, true, first, second);
            both.setBorder(BorderFactory.createEmptyBorder());
            both.setResizeWeight(0.5);
            root.add(both, BorderLayout.CENTER);
            both.setDividerLocation(root.getWidth() / 2);
        }
        to.addTab(title, icon, view);
        to.setSelectedComponent(view);
        active = to;
        joinIfEmpty();
        root.revalidate();
        root.repaint();
        tell();
    }

    private void joinIfEmpty() {
        if (second.getParent() == null || first.getTabCount() > 0 && second.getTabCount() > 0) {
            return;
        }
        while (second.getTabCount() > 0) {
            first.addTab(second.getTitleAt(0), second.getIconAt(0), second.getComponentAt(0));
        }
        root.removeAll();
        second.getParent().remove(second);
        root.add(first, BorderLayout.CENTER);
        active = first;
        root.revalidate();
        root.repaint();
    }

    @Override
    public void onSelect(Consumer<Optional<JComponent>> listener) {
        listeners.add(listener);
    }

    private @Nullable JTabbedPane holder(JComponent view) {
        if (first.indexOfComponent(view) >= 0) {
            return first;
        }
        return second.indexOfComponent(view) >= 0 ? second : null;
    }
}
