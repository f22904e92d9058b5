/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import dev.berth.shell.internal.kit.Texts;
import javax.swing.JComponent;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;

/** What can be done with a tab. */
final class TabMenu {

    private TabMenu() {}

    static JPopupMenu of(Dock dock, JComponent view, boolean neighbours, Runnable close) {
        JPopupMenu menu = new JPopupMenu();
        menu.setName("tab.menu");
        boolean pinned = dock.isPinned(view);
        item(menu, "close", true, close);
        item(menu, "closeOthers", dock.views().size() > 1, () -> dock.closeOthers(view));
        menu.addSeparator();
        item(menu, pinned ? "unpin" : "pin", true, () -> dock.pin(view, !pinned));
        menu.addSeparator();
        item(menu, "splitRight", neighbours, () -> dock.split(view, false));
        item(menu, "splitBelow", neighbours, () -> dock.split(view, true));
        item(menu, dock.isTornOff(view) ? "bringBack" : "tearOff", true, () -> dock.tearOff(view));
        return menu;
    }

    private static void item(JPopupMenu menu, String name, boolean enabled, Runnable run) {
        JMenuItem item = new JMenuItem(Texts.of("tab." + name));
        item.setName("tab." + name);
        item.setEnabled(enabled);
        item.addActionListener(event -> run.run());
        menu.add(item);
    }
}
