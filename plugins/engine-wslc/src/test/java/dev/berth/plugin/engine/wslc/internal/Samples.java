/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal;

import dev.berth.plugin.engine.wslc.internal.text.Decoded;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The files of {@code samples}: outputs of WSL in their encodings, and approved texts. */
public final class Samples {

    private Samples() {}

    /** The bytes as they would come from the command. */
    public static byte[] bytes(String name) throws Exception {
        try (InputStream in = Samples.class.getResourceAsStream("samples/" + name)) {
            if (in == null) {
                throw new AssertionError("no sample " + name);
            }
            return in.readAllBytes();
        }
    }

    /** The text, decoded by the code under test. */
    public static String text(String name) throws Exception {
        return Decoded.text(bytes(name));
    }

    /** An approved text. */
    public static String approved(String name) throws Exception {
        try (InputStream in = Samples.class.getResourceAsStream("approved/" + name)) {
            if (in == null) {
                throw new AssertionError("no approved text " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
