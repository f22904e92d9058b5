/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of the commands of WSL. {@code wsl.exe} writes UTF-16 in little-endian order without a mark, or UTF-8 when it was
 * asked to and is new enough; {@code wslc.exe} writes UTF-8; either may be cut in the middle of a character. Lines end with
 * CR LF, sometimes with CR CR LF.
 */
public final class Decoded {

    private Decoded() {}

    /** A whole output; what is left of a character that was cut off at its end is dropped. */
    public static String text(byte[] bytes) {
        Charset charset = charset(bytes);
        int skip = markLength(bytes, charset);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        // Not the end of input, as far as the decoder is told: an unfinished character stays behind.
        decoder.decode(ByteBuffer.wrap(bytes, skip, bytes.length - skip), out, false);
        String text = out.flip().toString().replaceAll("\r+\n", "\n");
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** The encoding of an output, told by its bytes. */
    static Charset charset(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        for (byte b : bytes) {
            if (b == 0) {
                // No text has a zero in UTF-8; in UTF-16 each blank and each end of a line has one.
                return StandardCharsets.UTF_16LE;
            }
        }
        return isUtf8(bytes) || bytes.length % 2 != 0 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE;
    }

    private static int markLength(byte[] bytes, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_16LE)) {
            return bytes.length >= 2 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe ? 2 : 0;
        }
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf
                ? 3
                : 0;
    }

    private static boolean isUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return !decoder.decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length + 1), false)
                .isError();
    }
}
