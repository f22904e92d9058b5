/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.settings;

import java.util.List;
import java.util.Objects;

/** One value that a person can set. Keys are unique in their page; titles and help are for a person. */
public sealed interface Setting {

    /** The key in the page's file. */
    String key();

    /** What it is called. */
    String title();

    /** One sentence of help; may be empty. */
    String help();

    /** On or off. */
    record Flag(String key, String title, String help, boolean fallback) implements Setting {
        public Flag {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(help, "help");
        }
    }

    /**
     * A whole number.
     *
     * @param unit for a person: "ms", "MiB"; empty for none
     */
    record Number(String key, String title, String help, long fallback, long minimum, long maximum, String unit)
            implements Setting {
        public Number {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(help, "help");
            Objects.requireNonNull(unit, "unit");
            if (minimum > fallback || fallback > maximum) {
                throw new IllegalArgumentException("the default of " + key + " is out of its range");
            }
        }
    }

    /**
     * A line of text.
     *
     * @param pattern what it must match as a whole; empty for anything
     */
    record Text(String key, String title, String help, String fallback, String pattern) implements Setting {
        public Text {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(help, "help");
            Objects.requireNonNull(fallback, "fallback");
            Objects.requireNonNull(pattern, "pattern");
        }
    }

    /** One of several. */
    record Choice(String key, String title, String help, String fallback, List<Option> options) implements Setting {
        public Choice {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(help, "help");
            options = List.copyOf(options);
            if (options.stream().noneMatch(option -> option.value().equals(fallback))) {
                throw new IllegalArgumentException("the default of " + key + " is not among its options");
            }
        }
    }

    /**
     * One way to choose.
     *
     * @param value as it stands in the file
     */
    record Option(String value, String title) {
        public Option {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(title, "title");
        }
    }
}
