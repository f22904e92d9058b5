/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.shell.internal.kit.Texts;
import java.awt.Point;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JTabbedPane;
import javax.swing.JToolTip;
import javax.swing.ToolTipManager;
import org.jspecify.annotations.Nullable;

/** Tabs on top of each other: one leaf of the arrangement. */
final class TabArea extends JTabbedPane {

    private final transient Function<JComponent, Optional<Icon>> pictures;

    TabArea(BiConsumer<TabArea, Integer> close, Function<JComponent, Optional<Icon>> pictures) {
        super(JTabbedPane.TOP, JTabbedPane.SCROLL_TAB_LAYOUT);
        this.pictures = pictures;
        ToolTipManager.sharedInstance().registerComponent(this);
        setName("tabs");
        setBorder(BorderFactory.createEmptyBorder());
        putClientProperty(FlatClientProperties.TABBED_PANE_TAB_CLOSE_TOOLTIPTEXT, Texts.of("tab.close"));
        putClientProperty(FlatClientProperties.TABBED_PANE_TAB_CLOSE_CALLBACK, (BiConsumer<JTabbedPane, Integer>)
                (pane, index) -> close.accept(this, index));
    }

    /** Tabs that are not in front show what they hide. */
    @Override
    public @Nullable String getToolTipText(MouseEvent event) {
        int index = indexAtLocation(event.getX(), event.getY());
        String own = super.getToolTipText(event);
        boolean hidden = index >= 0 && index != getSelectedIndex();
        return own == null && hidden && picture(index).isPresent() ? getTitleAt(index) : own;
    }

    private Optional<Icon> picture(int index) {
        return pictures.apply((JComponent) getComponentAt(index));
    }

    @Override
    public JToolTip createToolTip() {
        Point pointer = getMousePosition();
        int index = pointer == null ? -1 : indexAtLocation(pointer.x, pointer.y);
        Optional<Icon> picture = index < 0 || index == getSelectedIndex() ? Optional.empty() : picture(index);
        JToolTip tip = picture.<JToolTip>map(PictureTip::new).orElseGet(super::createToolTip);
        tip.setComponent(this);
        return tip;
    }

    List<JComponent> views() {
        List<JComponent> all = new ArrayList<>();
        for (int i = 0; i < getTabCount(); i++) {
            all.add((JComponent) getComponentAt(i));
        }
        return all;
    }

    void put(TabState tab, int index) {
        int at = Math.max(0, Math.min(getTabCount(), index));
        insertTab(tab.title, tab.shownIcon(), tab.view, null, at);
        tab.view.putClientProperty(FlatClientProperties.TABBED_PANE_TAB_CLOSABLE, tab.close != null && !tab.pinned);
    }

    void show(TabState tab) {
        int index = indexOfComponent(tab.view);
        setTitleAt(index, tab.title);
        setIconAt(index, tab.shownIcon());
        tab.view.putClientProperty(FlatClientProperties.TABBED_PANE_TAB_CLOSABLE, tab.close != null && !tab.pinned);
        repaint();
    }
}
