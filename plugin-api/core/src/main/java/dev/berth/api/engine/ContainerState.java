/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

/**
 * The states of a container. Allowed transitions: CREATED to RUNNING or REMOVED; RUNNING to PAUSED or STOPPED; PAUSED to
 * RUNNING or STOPPED; STOPPED to RUNNING or REMOVED.
 */
public enum ContainerState {
    /** Made, never started. */
    CREATED,
    /** Its first process runs. */
    RUNNING,
    /** Frozen. */
    PAUSED,
    /** Its first process has ended; its writable layer is kept. */
    STOPPED,
    /** Gone, with its writable layer. */
    REMOVED
}
