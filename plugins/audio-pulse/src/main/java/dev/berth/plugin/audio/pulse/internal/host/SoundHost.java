/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.host;

import dev.berth.plugin.audio.pulse.internal.flow.OutLine;
import dev.berth.plugin.audio.pulse.internal.wire.RecordStream;
import java.io.IOException;
import java.util.List;

/** A way to this host's devices. Calls may block; one thread at a time. */
public interface SoundHost extends AutoCloseable {

    /** How much an open device can hold; how much it does hold is for whoever plays to say. */
    int DEPTH_MILLIS = 200;

    /** Whether it answers now. */
    boolean present() throws InterruptedException;

    /** Names of the devices that play, as they are now. */
    List<String> outputs() throws IOException, InterruptedException;

    /** Names of the devices that hear, as they are now. */
    List<String> inputs() throws IOException, InterruptedException;

    /**
     * Opens a device to play.
     *
     * @param device one of {@link #outputs}; empty for the system's default
     * @throws IOException if there is none, or it is taken
     */
    OutLine openOutput(String device) throws IOException, InterruptedException;

    /** Opens a device to hear, which {@code taker} gets on a thread of the host. */
    Capture openInput(String device, RecordStream.Taker taker) throws IOException, InterruptedException;

    /** Something that hears. */
    interface Capture extends AutoCloseable {
        /** The device's name. */
        String device();

        /** Whether it still hears. */
        boolean alive();

        @Override
        void close();
    }

    @Override
    void close();
}
