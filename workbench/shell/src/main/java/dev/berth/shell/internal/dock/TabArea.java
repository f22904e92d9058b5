/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.shell.internal.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JTabbedPane;

/** Tabs on top of each other: one leaf of the arrangement. */
final class TabArea extends JTabbedPane {

    TabArea(BiConsumer<TabArea, Integer> close) {
        super(JTabbedPane.TOP, JTabbedPane.SCROLL_TAB_LAYOUT);
        setName("tabs");
        setBorder(BorderFactory.createEmptyBorder());
        putClientProperty(FlatClientProperties.TABBED_PANE_TAB_CLOSE_TOOLTIPTEXT, Texts.of("tab.close"));
        putClientProperty(FlatClientProperties.TABBED_PANE_TAB_CLOSE_CALLBACK, (BiConsumer<JTabbedPane, Integer>)
                (pane, index) -> close.accept(this, index));
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
