/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What the window told since it opened, the newest first; only so many are kept. */
@OnEdt
public final class Notices {

    private static final int KEPT = 200;

    private final Deque<Notice> all = new ArrayDeque<>();
    private final List<Consumer<Notice>> listeners = new CopyOnWriteArrayList<>();

    /** Tells something. */
    public void add(Notice notice) {
        all.addFirst(notice);
        if (all.size() > KEPT) {
            all.removeLast();
        }
        listeners.forEach(listener -> listener.accept(notice));
    }

    /** All that are kept, the newest first. */
    public List<Notice> all() {
        return List.copyOf(all);
    }

    /** Forgets all. */
    public void clear() {
        all.clear();
    }

    /** Hears of each new one, on the event thread. */
    public Registration onNew(Consumer<Notice> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
