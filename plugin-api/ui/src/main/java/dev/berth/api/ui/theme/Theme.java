/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.theme;

import java.net.URL;
import java.util.Objects;

/**
 * A theme: colours and metrics of the window, as a properties file in the format of FlatLaf.
 *
 * <p>A bundle contributes a theme by a capability and needs no code: {@code Provide-Capability:
 * dev.berth.theme;id=...;title=...;dark=true;path=theme.properties}, with the attributes {@code id}, {@code title}, {@code dark}
 * ({@code true} or {@code false}) and {@code path}, the entry of the bundle that holds the properties. A theme goes with
 * its bundle. Programs may register a service of this type instead.
 *
 * @param id unique, reverse-domain
 * @param title for a person
 * @param dark whether it is light on dark
 * @param properties where the properties are
 */
public record Theme(String id, String title, boolean dark, URL properties) {

    /** The name space of the capability. */
    public static final String CAPABILITY = "dev.berth.theme";

    public Theme {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(properties, "properties");
    }
}
