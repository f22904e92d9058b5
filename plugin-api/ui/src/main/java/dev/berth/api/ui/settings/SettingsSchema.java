/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.settings;

import java.util.List;
import java.util.Objects;

/**
 * A page of settings.
 *
 * @param page the page's file name without its ending: letters, digits, dots and hyphens
 * @param title for a person
 * @param order lower comes first; Berth's own use hundreds
 */
public record SettingsSchema(String page, String title, int order, List<Setting> settings) {

    public SettingsSchema {
        Objects.requireNonNull(title, "title");
        settings = List.copyOf(settings);
        if (!page.matches("[A-Za-z0-9.-]+")) {
            throw new IllegalArgumentException("bad page name: " + page);
        }
    }
}
