/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count grows, over the last seconds. */
final class RateMeter {

    private static final double WINDOW_SECONDS = 4;

    private final Deque<double[]> samples = new ArrayDeque<>();

    /** Takes in a count; one that fell starts anew. Answers units in a second, 0 when unknown. */
    double sample(double seconds, double count) {
        double[] last = samples.peekLast();
        if (last != null && (count < last[1] || seconds < last[0])) {
            samples.clear();
        }
        samples.addLast(new double[] {seconds, count});
        while (samples.size() > 2 && seconds - samples.getFirst()[0] > WINDOW_SECONDS) {
            samples.removeFirst();
        }
        double[] first = samples.getFirst();
        double span = seconds - first[0];
        return span < 0.4 ? 0 : (count - first[1]) / span;
    }

    void reset() {
        samples.clear();
    }
}
