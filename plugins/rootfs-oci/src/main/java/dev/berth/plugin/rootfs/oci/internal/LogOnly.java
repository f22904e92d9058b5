/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import dev.berth.api.task.Progress;
import dev.berth.api.task.Unit;

/**
 * The log of a progress without its count: layers are counted as they are downloaded, and would be again as the store reads them.
 *
 * @param progress takes the lines
 */
record LogOnly(Progress progress) implements Progress {

    @Override
    public void start(long total, Unit unit, String message) {}

    @Override
    public void add(long amount) {}

    @Override
    public void total(long total) {}

    @Override
    public void message(String message) {}

    @Override
    public void log(String line) {
        progress.log(line);
    }

    @Override
    public Progress child(long weight, String message) {
        return this;
    }
}
