/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.recipe;

import dev.berth.api.image.ProvisioningStep;
import java.util.List;
import java.util.Objects;

/**
 * What a desktop is made of.
 *
 * @param id lower-case letters, digits and hyphens: {@code debian-xfce}
 * @param title for a person: "Debian 12 with XFCE"
 * @param icon a name in the icon theme of the workbench; may be empty
 * @param downloadBytes about how much is downloaded the first time; 0 when the recipe does not say
 * @param installedBytes about how large the image is; 0 when the recipe does not say
 */
public record Recipe(
        String id,
        String title,
        String description,
        String icon,
        RecipeBase base,
        List<ProvisioningStep> steps,
        SessionDefaults session,
        long downloadBytes,
        long installedBytes) {

    public Recipe {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(base, "base");
        steps = List.copyOf(steps);
        Objects.requireNonNull(session, "session");
    }
}
