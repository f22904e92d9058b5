/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a server said, kept in a file.
 *
 * <p>A recording is what the server sent from ServerInit on (RFC 6143, 7.3.2), byte for byte, but that the pixel format in ServerInit
 * is the one that was in force afterwards. It ends behind a whole message. No fences and no continuous updates are asked for, so that
 * nothing in it waits for an answer. Beside {@code NAME.rfb} stands {@code NAME.rfb.times}: a line for each update, with the
 * milliseconds since the beginning and the offset in the file behind the update, both decimal, with a space between. Other programs
 * that decode such files may assume red in the low byte of a 32-bit little-endian pixel; {@link Recorder} can record so.
 */
@NullMarked
package dev.berth.plugin.display.rfb.internal.recording;

import org.jspecify.annotations.NullMarked;
