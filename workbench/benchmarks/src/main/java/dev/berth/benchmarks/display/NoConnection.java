/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.display;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayFeature;
import dev.berth.api.display.DisplayInput;
import dev.berth.api.display.DisplayStatistics;
import dev.berth.api.display.KeyInput;
import dev.berth.api.display.PointerInput;
import dev.berth.api.display.WheelInput;
import java.time.Duration;
import java.util.Set;

/** Where the picture is made here, nobody takes input. */
final class NoConnection implements DisplayConnection, DisplayInput {

    @Override
    public DisplayInput input() {
        return this;
    }

    @Override
    public Set<DisplayFeature> features() {
        return Set.of();
    }

    @Override
    public void requestSize(int width, int height) {}

    @Override
    public void offerClipboard(ClipboardOffer offer) {}

    @Override
    public void visible(boolean visible) {}

    @Override
    public DisplayStatistics statistics() {
        return new DisplayStatistics(0, 0, 0, Duration.ZERO, Duration.ZERO, "", "");
    }

    @Override
    public void key(KeyInput key) {}

    @Override
    public void pointer(PointerInput pointer) {}

    @Override
    public void wheel(WheelInput wheel) {}

    @Override
    public void releaseAll() {}

    @Override
    public void close() {}
}
