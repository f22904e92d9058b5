/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

/** What two names of one file have in common: for locks. */
public record FileKey(long device, long file) {}
