/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** What the workbench knows of a command without running it; stands on the component. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface CommandSpec {
    /** Prefix of the service properties. */
    String PREFIX_ = "dev.berth.command.";

    /** Unique, reverse-domain; {@code dev.berth.} is reserved. Remedies and status widgets name commands by it. */
    String id();

    /** For a person. A leading {@code %} makes it a key of the bundle's own {@code OSGI-INF/l10n/bundle.properties}. */
    String title();

    /** A name in the icon theme; empty for none. */
    String icon() default "";

    /** In the form of {@link javax.swing.KeyStroke#getKeyStroke(String)}; {@code menu} stands for the menu shortcut key. */
    String shortcut() default "";

    /** The menu it stands in: {@code session}, {@code view}, {@code tools}, {@code help}; empty for the palette only. */
    String menu() default "tools";

    /** Lower comes first; a separator stands where the hundreds change. */
    int order() default 1000;
}
