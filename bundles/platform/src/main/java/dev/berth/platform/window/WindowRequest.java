/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.window;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a window is asked to show.
 *
 * @param values names of sessions for {@link Kind#OPEN}, one recipe for {@link Kind#START}, one address for
 *     {@link Kind#VIEW}
 */
public record WindowRequest(Kind kind, List<String> values) {

    /** What is to be shown. */
    public enum Kind {
        /** The window itself, and tabs of sessions. */
        OPEN,
        /** A tab that starts a session of a recipe. */
        START,
        /** A tab of any display. */
        VIEW
    }

    /** More than anybody opens at once; what claims more is not ours. */
    private static final int MOST = 1000;

    private static final int MAGIC = 0x42455254;

    public WindowRequest {
        Objects.requireNonNull(kind, "kind");
        values = List.copyOf(values);
        if (kind != Kind.OPEN && values.size() != 1) {
            throw new IllegalArgumentException(kind + " takes one value, not " + values.size());
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeUTF(kind.name());
        out.writeInt(values.size());
        for (String value : values) {
            out.writeUTF(value);
        }
        out.flush();
    }

    static WindowRequest read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a request");
        }
        String kind = in.readUTF();
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("a request for " + count + " tabs");
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(in.readUTF());
        }
        try {
            return new WindowRequest(Kind.valueOf(kind), values);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a request: " + kind, e);
        }
    }
}
