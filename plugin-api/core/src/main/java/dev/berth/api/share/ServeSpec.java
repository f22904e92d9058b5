/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.share;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A host folder to be served outside of any session.
 *
 * @param folder an existing folder
 * @param readOnly whether every change is refused
 */
public record ServeSpec(Path folder, ListenAddress listen, boolean readOnly) {

    public ServeSpec {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(listen, "listen");
    }
}
