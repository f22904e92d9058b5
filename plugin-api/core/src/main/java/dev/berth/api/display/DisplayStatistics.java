/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import java.time.Duration;
import java.util.Objects;

/**
 * Counters of a connection, from its start.
 *
 * @param updates pictures published
 * @param receivedBytes bytes read from the server
 * @param pixels pixels written
 * @param decodeTime time spent decoding, over all threads
 * @param roundTrip the last measured; zero when the protocol cannot measure it
 * @param encoding what most pixels came in lately; for a person
 * @param security how the connection is protected; for a person
 */
public record DisplayStatistics(
        long updates,
        long receivedBytes,
        long pixels,
        Duration decodeTime,
        Duration roundTrip,
        String encoding,
        String security) {

    public DisplayStatistics {
        Objects.requireNonNull(decodeTime, "decodeTime");
        Objects.requireNonNull(roundTrip, "roundTrip");
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(security, "security");
    }
}
