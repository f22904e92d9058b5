/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.recipe;

import dev.berth.api.task.AnyThread;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that contributes recipes. */
@ConsumerType
public interface RecipeProvider {

    /** The recipes of this provider; asked again whenever the list of recipes is shown. */
    @AnyThread
    List<RecipeDocument> recipes();
}
