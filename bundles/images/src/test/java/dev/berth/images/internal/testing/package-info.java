/* SPDX-License-Identifier: Apache-2.0 */
/** What the tests of this bundle share. */
package dev.berth.images.internal.testing;
