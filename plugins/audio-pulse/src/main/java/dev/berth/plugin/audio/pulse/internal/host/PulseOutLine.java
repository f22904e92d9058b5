/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.host;

import dev.berth.plugin.audio.pulse.internal.flow.OutLine;
import dev.berth.plugin.audio.pulse.internal.wire.PlaybackStream;
import java.io.IOException;

/** A stream of a sound server as a line: of this host, or a guest's. */
public record PulseOutLine(PlaybackStream stream, String device) implements OutLine {

    @Override
    public int depth() {
        return stream.capacity();
    }

    @Override
    public long played() {
        return stream.played();
    }

    @Override
    public boolean alive() {
        return stream.alive();
    }

    @Override
    public void write(byte[] sound, int length) throws IOException {
        stream.write(sound, 0, length);
    }

    @Override
    public void close() {
        stream.close();
    }
}
