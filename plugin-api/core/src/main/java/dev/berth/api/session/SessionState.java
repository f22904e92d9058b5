/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.session;

/**
 * The states of a session. Allowed transitions: STARTING to RUNNING, FAILED or STOPPED; RUNNING to PAUSED, STOPPING,
 * STOPPED or FAILED; PAUSED to RUNNING or STOPPING; STOPPING to STOPPED; STOPPED or FAILED to STARTING.
 */
public enum SessionState {
    /** On its way to a first picture. */
    STARTING,
    /** Up. */
    RUNNING,
    /** Frozen. */
    PAUSED,
    /** On its way down. */
    STOPPING,
    /** Down, its writable layer kept. */
    STOPPED,
    /** Went down by itself, or never came up; its logs tell. */
    FAILED
}
