/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.rootfs;

/** What a source can do beyond fetching a fixed tree. */
public enum RootfsFeature {
    /** Resolves and includes packages named in the request. */
    PACKAGES,
    /** Goes on with a download that was broken off. */
    RESUME
}
