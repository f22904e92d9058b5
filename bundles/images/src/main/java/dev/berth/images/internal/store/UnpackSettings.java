/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.settings.SettingsStore;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits from the settings page {@code images}; keys are those of {@link UnpackLimits}. */
final class UnpackSettings {

    private UnpackSettings() {}

    static UnpackLimits limits(@Nullable SettingsStore settings) {
        UnpackLimits standard = UnpackLimits.DEFAULT;
        if (settings == null) {
            return standard;
        }
        Map<String, Object> page = settings.page("images");
        return new UnpackLimits(
                number(page, "unpack.entries", standard.entries()),
                number(page, "unpack.totalBytes", standard.totalBytes()),
                number(page, "unpack.fileBytes", standard.fileBytes()),
                standard.nameBytes(),
                standard.pathBytes(),
                number(page, "unpack.ratio", standard.ratio()),
                devices(page.get("unpack.devices"), standard.devices()));
    }

    private static long number(Map<String, Object> page, String key, long standard) {
        return page.get(key) instanceof Number number && number.longValue() > 0 ? number.longValue() : standard;
    }

    private static UnpackLimits.Devices devices(@Nullable Object value, UnpackLimits.Devices standard) {
        for (UnpackLimits.Devices choice : UnpackLimits.Devices.values()) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(value)) {
                return choice;
            }
        }
        return standard;
    }
}
