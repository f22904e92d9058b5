/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of a connection that threads of their own work on, and who waits for them to be answered. */
final class InFlight {

    /** One request. */
    static final class Request {
        final int tag;
        /** Guarded by the table, as the next. */
        private boolean answering;

        private @Nullable List<Integer> flushes;

        private Request(int tag) {
            this.tag = tag;
        }
    }

    private final Map<Integer, Request> byTag = new HashMap<>();
    private int count;

    /** Enters a request whose tag no other has. */
    synchronized Request begin(int tag) {
        Request request = new Request(tag);
        byTag.put(tag, request);
        count++;
        return request;
    }

    /** Whether a request has this tag and is not answered yet. */
    synchronized boolean has(int tag) {
        Request there = count == 0 ? null : byTag.get(tag);
        return there != null && !there.answering;
    }

    /** The answer is about to be written, after which the client may use the tag again. */
    synchronized void answering(Request request) {
        request.answering = true;
    }

    /** Ends a request; the flushes that are returned are to be answered now. */
    synchronized List<Integer> end(Request request) {
        byTag.remove(request.tag, request);
        count--;
        notifyAll();
        return request.flushes == null ? List.of() : request.flushes;
    }

    /** Lets a flush be answered after the request that it names; false if that was answered already or never was. */
    synchronized boolean flush(int oldTag, int flushTag) {
        Request there = byTag.get(oldTag);
        if (there == null) {
            return false;
        }
        if (there.flushes == null) {
            there.flushes = new ArrayList<>(1);
        }
        there.flushes.add(flushTag);
        return true;
    }

    /** Whether none is left. */
    synchronized boolean isEmpty() {
        return count == 0;
    }

    /** Waits until none is left. */
    synchronized void awaitNone() {
        boolean interrupted = false;
        while (count > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
