/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import java.awt.Component;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.swing.JComponent;
import javax.swing.JSplitPane;
import org.jspecify.annotations.Nullable;

/** Arrangements as plain maps and lists, for a settings file; what comes from the file is believed of nothing. */
final class Layouts {

    private static final int DEEPEST = 16;
    private static final double LEAST = 0.05;

    private final Predicate<JComponent> pinned;
    private final Function<JComponent, String> key;

    /** A tab as it was saved. */
    record SavedTab(String key, boolean pinned, boolean selected) {}

    Layouts(Predicate<JComponent> pinned, Function<JComponent, String> key) {
        this.pinned = pinned;
        this.key = key;
    }

    Map<String, Object> save(Component node) {
        Map<String, Object> saved = new LinkedHashMap<>();
        if (node instanceof JSplitPane pane) {
            boolean below = pane.getOrientation() == JSplitPane.VERTICAL_SPLIT;
            int size = below ? pane.getHeight() : pane.getWidth();
            saved.put("split", below ? "below" : "beside");
            saved.put("part", size <= 0 ? 0.5 : (double) pane.getDividerLocation() / size);
            saved.put("first", save(pane.getLeftComponent()));
            saved.put("second", save(pane.getRightComponent()));
        } else if (node instanceof TabArea area) {
            List<Object> tabs = new ArrayList<>();
            for (JComponent view : area.views()) {
                String name = key.apply(view);
                if (!name.isEmpty()) {
                    Map<String, Object> tab = new LinkedHashMap<>();
                    tab.put("key", name);
                    tab.put("pinned", pinned.test(view));
                    tab.put("selected", view.equals(area.getSelectedComponent()));
                    tabs.add(tab);
                }
            }
            saved.put("tabs", tabs);
        }
        return saved;
    }

    /** Makes the areas and fills them; null when nothing comes of it. */
    static @Nullable JComponent make(
            @Nullable Object saved, Supplier<TabArea> areas, BiPredicate<TabArea, SavedTab> fill) {
        return make(saved, areas, fill, 0);
    }

    private static @Nullable JComponent make(
            @Nullable Object saved, Supplier<TabArea> areas, BiPredicate<TabArea, SavedTab> fill, int depth) {
        if (!(saved instanceof Map<?, ?> map) || depth > DEEPEST) {
            return null;
        }
        if (map.get("tabs") instanceof List<?> tabs) {
            TabArea area = areas.get();
            boolean any = false;
            for (Object tab : tabs) {
                if (tab instanceof Map<?, ?> values && values.get("key") instanceof String name) {
                    any |= fill.test(
                            area,
                            new SavedTab(
                                    name,
                                    Boolean.TRUE.equals(values.get("pinned")),
                                    Boolean.TRUE.equals(values.get("selected"))));
                }
            }
            return any ? area : null;
        }
        JComponent first = make(map.get("first"), areas, fill, depth + 1);
        JComponent second = make(map.get("second"), areas, fill, depth + 1);
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        double part = map.get("part") instanceof Number number ? number.doubleValue() : 0.5;
        double sane = Math.max(LEAST, Math.min(1 - LEAST, part));
        JSplitPane pane = TabDock.Areas.pane("below".equals(map.get("split")), first, second, sane);
        // A part of what the pane will be once it is laid out.
        pane.addComponentListener(new java.awt.event.ComponentAdapter() {
            @Override
            public void componentResized(java.awt.event.ComponentEvent event) {
                pane.removeComponentListener(this);
                pane.setDividerLocation(sane);
                pane.setResizeWeight(0.5);
            }
        });
        return pane;
    }

    static List<Object> bounds(Rectangle bounds) {
        return List.of((long) bounds.x, (long) bounds.y, (long) bounds.width, (long) bounds.height);
    }

    static Rectangle bounds(@Nullable Object saved, Rectangle fallback) {
        if (saved instanceof List<?> list
                && list.size() == 4
                && list.get(0) instanceof Number x
                && list.get(1) instanceof Number y
                && list.get(2) instanceof Number width
                && list.get(3) instanceof Number height
                && width.intValue() > 100
                && height.intValue() > 100
                && width.intValue() < 20_000
                && height.intValue() < 20_000) {
            return new Rectangle(x.intValue(), y.intValue(), width.intValue(), height.intValue());
        }
        return fallback;
    }
}
