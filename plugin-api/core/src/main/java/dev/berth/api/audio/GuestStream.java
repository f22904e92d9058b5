/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.audio;

import java.util.Objects;

/**
 * What one of a guest's applications plays.
 *
 * @param id the guest's number of it
 * @param application the application's name, as it gave it; untrusted
 * @param title what it plays, as it gave it; untrusted, may be empty
 * @param volume 1.0 leaves it as it is; more where the guest made it louder
 * @param muted whether the guest silences it
 * @param level its loudest sample of late, 0.0 to 1.0
 */
public record GuestStream(long id, String application, String title, double volume, boolean muted, double level) {

    public GuestStream {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(title, "title");
    }
}
