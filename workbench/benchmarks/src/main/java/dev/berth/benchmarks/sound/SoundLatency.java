/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.sound;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.audio.pulse.internal.PulseAudioBridge;
import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;
import dev.berth.plugin.audio.pulse.internal.wire.PlaybackStream;
import dev.berth.plugin.audio.pulse.internal.wire.PulseConnection;
import dev.berth.plugin.audio.pulse.internal.wire.RecordStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * From an application's write to the host's device: clicks that an application plays, and when what the device plays has them. Then how
 * long the first sound takes of a stream that was just opened. Before it the same application on the host's own server, without Berth.
 */
public final class SoundLatency {

    /** What the application lets its server hold, as a game would: the server takes it 10 ms at a time. */
    private static final int APPLICATION_MILLIS = 20;

    private static final int OPENINGS = 60;

    private SoundLatency() {}

    /** Takes the number of clicks, and the latency to aim at in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        int clicks = Integer.parseInt(arguments[0]);
        AudioSettings settings = AudioSettings.defaults();
        if (arguments.length > 1) {
            settings = new AudioSettings("", "", false, Duration.ofMillis(Integer.parseInt(arguments[1])));
        }
        SoundSocket guest = SoundSocket.named("GUEST_SOUND");
        SoundSocket host = SoundSocket.named("HOST_SOUND");
        try (ClickEar ear = ClickEar.on(host, "device.monitor")) {
            measure("without Berth", host, ear, clicks);
            try (AudioStream sound = new PulseAudioBridge().attach(guest, settings, TaskContext.silent())) {
                while (sound.statistics().device().isEmpty()) {
                    Thread.sleep(20);
                }
                measure("guest to host", guest, ear, clicks);
                System.out.println(sound.statistics());
                open("first sound", guest, ear);
                System.out.println(sound.statistics());
            }
        }
        System.exit(0);
    }

    private static void measure(String what, SoundSocket server, ClickEar ear, int clicks)
            throws IOException, InterruptedException {
        double[] millis = new double[clicks];
        int heard = 0;
        Random random = new Random(4);
        try (PulseConnection connection = server.connect("application");
                Application application = new Application(connection)) {
            application.play(PcmFormat.RATE * 5, false);
            for (int i = 0; i < clicks; i++) {
                ear.forget();
                long written = application.play(PcmFormat.frames(2), true);
                long came = ear.await(() -> application.play(PcmFormat.frames(2), false));
                if (came != 0) {
                    millis[heard++] = (came - written) / 1e6;
                }
                application.play(PcmFormat.frames(50 + random.nextInt(40)), false);
            }
        }
        print(what, Arrays.copyOf(millis, heard), clicks);
    }

    private static void open(String what, SoundSocket server, ClickEar ear) throws IOException, InterruptedException {
        double[] millis = new double[OPENINGS];
        int heard = 0;
        Random random = new Random(5);
        try (PulseConnection connection = server.connect("application")) {
            for (int i = 0; i < OPENINGS; i++) {
                ear.forget();
                long before = System.nanoTime();
                try (Application application = new Application(connection)) {
                    application.play(PcmFormat.frames(2), true);
                    long came = ear.await(() -> application.play(PcmFormat.frames(2), false));
                    if (came != 0) {
                        millis[heard++] = (came - before) / 1e6;
                    }
                }
                Thread.sleep(300 + random.nextInt(50));
            }
        }
        print(what, Arrays.copyOf(millis, heard), OPENINGS);
    }

    private static void print(String what, double[] millis, int of) {
        Arrays.sort(millis);
        if (millis.length == 0) {
            System.out.println(what + ": nothing heard");
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%-14s median %5.1f ms, 99th percentile %5.1f ms, longest %5.1f ms; %d of %d heard%n",
                what,
                millis[millis.length / 2],
                millis[(int) (millis.length * 0.99)],
                millis[millis.length - 1],
                millis.length,
                of);
    }

    /** Plays clicks, and between them a noise too low to hear, so that no silence is there to be shortened. */
    private static final class Application implements AutoCloseable {
        private static final short LOUD = 20_000;

        private final PlaybackStream stream;
        private final Random noise = new Random(6);
        private long written;

        Application(PulseConnection connection) throws IOException, InterruptedException {
            stream = PlaybackStream.open(connection, "", "clicks", APPLICATION_MILLIS);
        }

        /** Writes as soon as the server takes it; returns when the first of it was written. */
        long play(int frames, boolean click) throws IOException, InterruptedException {
            byte[] sound = new byte[frames * PcmFormat.FRAME];
            for (int i = 0; i < frames; i++) {
                int sample = click ? i % 24 < 12 ? LOUD : -LOUD : noise.nextInt(3) - 1;
                sound[i * 4] = (byte) sample;
                sound[i * 4 + 1] = (byte) (sample >> 8);
                sound[i * 4 + 2] = (byte) sample;
                sound[i * 4 + 3] = (byte) (sample >> 8);
            }
            long first = 0;
            for (int at = 0; at < sound.length; ) {
                // Small parts, as a player's decoder gives them.
                int room = (int) (stream.capacity() - (written - stream.played()));
                int part = Math.min(sound.length - at, Math.min(room, PcmFormat.frames(2)) * PcmFormat.FRAME);
                if (part <= 0) {
                    Thread.sleep(1);
                    continue;
                }
                if (at == 0) {
                    first = System.nanoTime();
                }
                stream.write(sound, at, part);
                written += part / PcmFormat.FRAME;
                at += part;
            }
            return first;
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    /** Hears clicks in what a device plays. */
    private record ClickEar(PulseConnection connection, RecordStream stream, Heard heard) implements AutoCloseable {

        private static final int THRESHOLD = 6_000;
        private static final long LONGEST = 500_000_000L;

        /** What keeps an application going meanwhile. */
        private interface Meanwhile {
            void run() throws IOException, InterruptedException;
        }

        /** When the last click came. */
        private static final class Heard {
            private volatile long at;
        }

        static ClickEar on(SoundSocket server, String source) throws IOException, InterruptedException {
            PulseConnection connection = server.connect("ear");
            Heard heard = new Heard();
            RecordStream stream = RecordStream.open(connection, source, "ear", 5, frames -> {
                long now = System.nanoTime();
                int count = frames.remaining() / PcmFormat.FRAME;
                for (int i = 0; heard.at == 0 && i < count; i++) {
                    int at = frames.position() + i * PcmFormat.FRAME;
                    int sample = (short) (frames.get(at) & 0xff | frames.get(at + 1) << 8);
                    if (Math.abs(sample) > THRESHOLD) {
                        // The device gets a block at once: the last frame of it now, as the first.
                        heard.at = now;
                    }
                }
            });
            return new ClickEar(connection, stream, heard);
        }

        void forget() {
            heard.at = 0;
        }

        /** Waits for a click; 0 if none comes. */
        long await(Meanwhile meanwhile) throws IOException, InterruptedException {
            long end = System.nanoTime() + LONGEST;
            while (heard.at == 0) {
                if (System.nanoTime() > end) {
                    return 0;
                }
                meanwhile.run();
            }
            return heard.at;
        }

        @Override
        public void close() {
            stream.close();
            connection.close();
        }
    }
}
