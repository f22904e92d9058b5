/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.toolwindow;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** What the workbench knows of a tool window before it is created; stands on the component that is its factory. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ToolWindowSpec {
    /** Prefix of the service properties. */
    String PREFIX_ = "dev.berth.toolwindow.";

    /** Unique, reverse-domain; {@code dev.berth.} is reserved. The layout remembers it. */
    String id();

    /** For a person. A leading {@code %} makes it a key of the bundle's own {@code OSGI-INF/l10n/bundle.properties}. */
    String title();

    /** A name in the icon theme; empty for none. */
    String icon() default "";

    /** Where it stands at first. */
    ToolWindowSide side() default ToolWindowSide.LEFT;

    /** Lower comes first; Berth's own use hundreds. */
    int order() default 1000;

    /** Whether it is there at the first start, or only in the menu. */
    boolean shown() default false;
}
