/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A rectangle that {@link Workers} are to decode: where it goes, and the bytes it was packed to. Used over and over. */
final class Task {

    static final int DONE = 0;
    static final int READY = 1;
    static final int RUNNING = 2;

    /** Decodes tasks. */
    interface Decoder {
        /**
         * @param runner the number of the thread, below {@link Workers#runners}
         */
        void decode(Task task, RfbInput in, int runner) throws IOException;
    }

    /** Written under the lock of the workers. */
    int state;

    int lane;
    int x;
    int y;
    int w;
    int h;

    /** For the decoder: what it needs to know beside the bytes. */
    int filter;

    int colours;

    private byte[] bytes = new byte[0];
    private RfbInput in = new RfbInput(bytes, 0, 0);
    private int length;
    private @Nullable Decoder decoder;

    /** Sets what is to be done. */
    void set(Decoder with, int newLane, int newX, int newY, int newW, int newH) {
        decoder = with;
        lane = newLane;
        x = newX;
        y = newY;
        w = newW;
        h = newH;
    }

    /** Room for so many packed bytes. */
    byte[] room(int count) {
        if (bytes.length < count) {
            bytes = new byte[Math.max(4096, Integer.highestOneBit(Math.max(1, count - 1)) << 1)];
            in = new RfbInput(bytes, 0, 0);
        }
        length = count;
        return bytes;
    }

    int length() {
        return length;
    }

    boolean overlaps(int otherX, int otherY, int otherW, int otherH) {
        return otherX < x + w && x < otherX + otherW && otherY < y + h && y < otherY + otherH;
    }

    void run(int runner) throws IOException {
        Decoder with = decoder;
        if (with != null) {
            in.rewind(length);
            with.decode(this, in, runner);
        }
    }
}
