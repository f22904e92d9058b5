/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

/** Sizes of the file system behind a volume, in blocks of {@code blockSize} bytes. */
public record Space(
        long blockSize, long blocks, long free, long available, long files, long freeFiles, long id, int nameLength) {}
