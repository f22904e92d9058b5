/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.host;

import dev.berth.plugin.audio.pulse.internal.flow.OutLine;
import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;
import dev.berth.plugin.audio.pulse.internal.wire.RecordStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;
import javax.sound.sampled.spi.MixerProvider;

/** Devices through {@code javax.sound.sampled}: DirectSound on Windows, Core Audio on macOS, ALSA on Linux. */
public final class JavaSoundHost implements SoundHost {

    /** Berth's format for Java Sound. */
    static final AudioFormat FORMAT =
            new AudioFormat(PcmFormat.RATE, 16, PcmFormat.CHANNELS, /* signed */ true, /* bigEndian */ false);

    @Override
    public boolean present() {
        return true;
    }

    @Override
    public List<String> outputs() {
        return names(new DataLine.Info(SourceDataLine.class, FORMAT));
    }

    @Override
    public List<String> inputs() {
        return names(new DataLine.Info(TargetDataLine.class, FORMAT));
    }

    private static List<String> names(Line.Info kind) {
        List<String> names = new ArrayList<>();
        for (Mixer mixer : mixers()) {
            if (mixer.isLineSupported(kind)) {
                names.add(mixer.getMixerInfo().getName());
            }
        }
        return names;
    }

    /**
     * The mixers as they are now. AudioSystem keeps its list for a minute; providers that are made anew look again, and
     * that is how a device that was plugged in is seen.
     */
    private static List<Mixer> mixers() {
        List<Mixer> mixers = new ArrayList<>();
        try {
            for (MixerProvider provider :
                    ServiceLoader.load(MixerProvider.class, ClassLoader.getPlatformClassLoader())) {
                for (Mixer.Info info : provider.getMixerInfo()) {
                    mixers.add(provider.getMixer(info));
                }
            }
        } catch (ServiceConfigurationError | IllegalArgumentException e) {
            // A JVM without sound, or a device that went meanwhile: what was found until then is what there is.
            return mixers;
        }
        return mixers;
    }

    private static Line find(Line.Info kind, String device) throws IOException {
        try {
            for (Mixer mixer : mixers()) {
                // The first mixer that can is the default one.
                boolean wanted =
                        device.isEmpty() || mixer.getMixerInfo().getName().equals(device);
                if (wanted && mixer.isLineSupported(kind)) {
                    return mixer.getLine(kind);
                }
            }
        } catch (LineUnavailableException | IllegalArgumentException e) {
            throw new IOException("the device " + device + " cannot be opened", e);
        }
        throw new IOException(device.isEmpty() ? "no device" : "no device named " + device);
    }

    @Override
    public OutLine openOutput(String device) throws IOException {
        SourceDataLine line = (SourceDataLine) find(new DataLine.Info(SourceDataLine.class, FORMAT), device);
        try {
            line.open(FORMAT, PcmFormat.frames(DEPTH_MILLIS) * PcmFormat.FRAME);
            line.start();
        } catch (LineUnavailableException | IllegalArgumentException | IllegalStateException e) {
            line.close();
            throw new IOException("the device " + device + " cannot be opened", e);
        }
        return new JavaOutLine(line, device.isEmpty() ? "default" : device);
    }

    @Override
    public Capture openInput(String device, RecordStream.Taker taker) throws IOException {
        TargetDataLine line = (TargetDataLine) find(new DataLine.Info(TargetDataLine.class, FORMAT), device);
        try {
            line.open(FORMAT, PcmFormat.frames(100) * PcmFormat.FRAME);
            line.start();
        } catch (LineUnavailableException | IllegalArgumentException | IllegalStateException e) {
            line.close();
            throw new IOException("the device " + device + " cannot be opened", e);
        }
        return new JavaCapture(line, device.isEmpty() ? "default" : device, taker);
    }

    @Override
    public void close() {}

    private record JavaOutLine(SourceDataLine line, String device) implements OutLine {

        @Override
        public int depth() {
            return line.getBufferSize() / PcmFormat.FRAME;
        }

        @Override
        public long played() {
            return line.getLongFramePosition();
        }

        @Override
        public boolean alive() {
            return line.isOpen();
        }

        @Override
        public void write(byte[] sound, int length) throws IOException {
            if (line.write(sound, 0, length) < length) {
                throw new IOException("the device takes no more");
            }
        }

        @Override
        public void close() {
            line.close();
        }
    }
}
