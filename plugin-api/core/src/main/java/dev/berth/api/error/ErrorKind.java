/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.error;

/** Which of the documented ways an operation failed; decides the exit code of the command line. */
public enum ErrorKind {
    /** The operation was tried and failed. Exit code 1. */
    FAILED,
    /** What the caller gave makes no sense: a malformed recipe, an unknown name. Exit code 2. */
    INVALID,
    /** Something is missing on this host; the remedy says how to install it. Exit code 3. */
    MISSING
}
