/* SPDX-License-Identifier: Apache-2.0 */
/** SHA-256 by the host's OpenSSL, for whoever in this process digests a lot. */
@NullMarked
package dev.berth.images.internal.digest;

import org.jspecify.annotations.NullMarked;
