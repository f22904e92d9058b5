/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.dock.Dock;
import dev.berth.shell.internal.settings.Preferences;
import dev.berth.shell.internal.tab.SessionTab;
import java.awt.GraphicsDevice;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** Remembers tabs, windows and tool windows from one time to the next, for each set-up of monitors. */
@OnEdt
final class LayoutMemory {

    static final String PAGE = "layout";

    private static final int PAUSE_MILLIS = 1500;
    private static final String WELCOME = "welcome";
    private static final String SESSION = "session:";

    private final WorkbenchFrame window;
    private final Dock dock;
    private final ToolWindows tools;
    private final Timer soon = new Timer(PAUSE_MILLIS, event -> save());
    private boolean restored;

    LayoutMemory(WorkbenchFrame window, Dock dock, ToolWindows tools) {
        this.window = window;
        this.dock = dock;
        this.tools = tools;
        soon.setRepeats(false);
        dock.onSelect(view -> soon.restart());
    }

    /** The monitors as they are: their places and sizes. */
    private static String monitors() {
        return Stream.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices())
                .map(GraphicsDevice::getDefaultConfiguration)
                .map(screen -> {
                    Rectangle it = screen.getBounds();
                    return it.width + "x" + it.height + "+" + it.x + "+" + it.y;
                })
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private Map<?, ?> saved() {
        return window.services().settings().page(PAGE).get(monitors()) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Where the window was; empty when that is on no monitor now. */
    Optional<Rectangle> bounds() {
        if (!(saved().get("window") instanceof List<?> list) || list.size() != 4) {
            return Optional.empty();
        }
        int[] numbers = list.stream()
                .mapToInt(value -> value instanceof Number number ? number.intValue() : 0)
                .toArray();
        Rectangle bounds = new Rectangle(numbers[0], numbers[1], numbers[2], numbers[3]);
        Rectangle screen = window.frame().getGraphicsConfiguration().getBounds();
        return bounds.width > 300 && bounds.height > 200 && screen.intersection(bounds).width > 200
                ? Optional.of(bounds)
                : Optional.empty();
    }

    /** Whether the window filled its monitor. */
    boolean maximised() {
        return Boolean.TRUE.equals(saved().get("maximised"));
    }

    /** Opens the tabs again that were open, as far as their sessions are there, and arranges them. */
    void restore() {
        Map<?, ?> saved = saved();
        if (saved.get("tools") instanceof Map<?, ?> map) {
            tools.restore(map);
        }
        List<String> keys = keys(saved.get("tabs"), 0);
        boolean wanted = window.preferences().flag(Preferences.WORKBENCH, "restore", true);
        if (!wanted || keys.stream().noneMatch(key -> key.startsWith(SESSION))) {
            restored = true;
            return;
        }
        window.background()
                .ask(
                        window.services().sessions()::sessions,
                        sessions -> open(saved, keys, sessions),
                        error -> restored = true);
    }

    private void open(Map<?, ?> saved, List<String> keys, List<SessionInfo> sessions) {
        boolean any = false;
        for (String key : keys) {
            for (SessionInfo session : sessions) {
                if (key.equals(SESSION + session.id())) {
                    window.show(session);
                    any = true;
                }
            }
        }
        if (any && saved.get("tabs") instanceof Map<?, ?> map) {
            if (!keys.contains(WELCOME)) {
                window.closeWelcome();
            }
            dock.arrange(
                    map,
                    key -> dock.views().stream()
                            .filter(view -> key.equals(key(view)))
                            .findFirst());
        }
        restored = true;
    }

    private static List<String> keys(@Nullable Object node, int depth) {
        List<String> keys = new ArrayList<>();
        if (depth > 32) {
            return keys;
        }
        if (node instanceof Map<?, ?> map) {
            if (map.get("key") instanceof String key) {
                keys.add(key);
            }
            map.values().forEach(value -> keys.addAll(keys(value, depth + 1)));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> keys.addAll(keys(value, depth + 1)));
        }
        return keys;
    }

    private static String key(JComponent view) {
        if (view instanceof SessionTab tab) {
            return tab.session().map(session -> SESSION + session.id()).orElse("");
        }
        // Other tabs are opened when they are wanted.
        return view instanceof WelcomePanel ? WELCOME : "";
    }

    /** Saves what is, now. */
    void save() {
        if (!restored || !window.frame().isShowing()) {
            return;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        Rectangle it = window.frame().getBounds();
        boolean maximised = (window.frame().getExtendedState() & JFrame.MAXIMIZED_BOTH) == JFrame.MAXIMIZED_BOTH;
        all.put("window", List.of((long) it.x, (long) it.y, (long) it.width, (long) it.height));
        all.put("maximised", maximised);
        all.put("tabs", dock.save(LayoutMemory::key));
        all.put("tools", tools.save());
        window.writer().put(PAGE, monitors(), all);
    }

    /** Saves for the last time. */
    void close() {
        soon.stop();
        save();
    }

    /** Puts everything where it is at the first start. */
    void reset() {
        dock.reset();
        tools.reset();
        save();
    }
}
