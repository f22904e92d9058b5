/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.ShareException;
import dev.berth.api.share.FileShareProvider;
import dev.berth.api.share.PreparedShare;
import dev.berth.api.share.ShareSpec;
import dev.berth.api.task.TaskContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The shares of the sessions that this process has prepared. */
final class Shares {

    private final Supplier<List<FileShareProvider>> providers;
    private final Map<String, List<PreparedShare>> prepared = new ConcurrentHashMap<>();

    Shares(Supplier<List<FileShareProvider>> providers) {
        this.providers = providers;
    }

    /** Prepares all shares of a session, or none. */
    List<PreparedShare> prepare(SessionRecord record, Set<EngineCapability> engine, TaskContext context)
            throws ShareException, InterruptedException {
        if (record.shares().isEmpty()) {
            return List.of();
        }
        FileShareProvider provider = providers.get().stream()
                .filter(candidate -> candidate.suits(engine) > 0)
                .max(Comparator.comparingInt(candidate -> candidate.suits(engine)))
                .orElseThrow(() -> new ShareException(
                        "share.provider",
                        ErrorKind.MISSING,
                        "No plugin can share folders with this engine.",
                        "",
                        Remedy.advice("Start the session without --share, or install a share plugin."),
                        null));
        close(record.id());
        List<PreparedShare> done = new ArrayList<>();
        boolean complete = false;
        try {
            for (ShareSpec spec : record.shares()) {
                done.add(provider.prepare(spec, context));
            }
            complete = true;
        } finally {
            if (!complete) {
                done.forEach(PreparedShare::close);
            }
        }
        prepared.put(record.id(), List.copyOf(done));
        return done;
    }

    void attach(String id, Container container, TaskContext context) throws ShareException, InterruptedException {
        for (PreparedShare share : prepared.getOrDefault(id, List.of())) {
            share.attach(container, context);
        }
    }

    /** Whether this process has prepared the session's shares. */
    boolean has(String id) {
        return prepared.containsKey(id);
    }

    void close(String id) {
        List<PreparedShare> shares = prepared.remove(id);
        if (shares != null) {
            shares.forEach(PreparedShare::close);
        }
    }

    void closeAll() {
        for (String id : List.copyOf(prepared.keySet())) {
            close(id);
        }
    }
}
