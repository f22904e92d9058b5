/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.sound;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.audio.pulse.internal.PulseAudioBridge;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A tone both ways at once: {@code pacat} plays it in the guest and into the host's microphone, {@code parec} records what the host's
 * device plays and what the guest hears.
 */
public final class Tones {

    private Tones() {}

    /** Takes how many seconds it lasts, and the latency to aim at in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        Duration target = arguments.length > 1
                ? Duration.ofMillis(Integer.parseInt(arguments[1]))
                : AudioSettings.defaults().targetLatency();
        SoundSocket guest = SoundSocket.named("GUEST_SOUND");
        SoundSocket host = SoundSocket.named("HOST_SOUND");
        try (AudioStream sound =
                new PulseAudioBridge().attach(guest, new AudioSettings("", "", true, target), TaskContext.silent())) {
            while (sound.statistics().device().isEmpty()) {
                Thread.sleep(20);
            }
            // The clocks' drift is known after that.
            Thread.sleep(3_000);
            Way play = new Way(guest, "berth", host, "device.monitor", seconds);
            Way speak = new Way(host, "hear", guest, "microphone", seconds);
            while (play.lasts() || speak.lasts()) {
                Thread.sleep(200);
            }
            play.print("guest to host");
            speak.print("microphone");
            System.out.println(sound.statistics());
        }
        System.exit(0);
    }

    /** One direction. */
    private static final class Way {
        private final ToneMeter meter = new ToneMeter();
        private final ToneMeter given = new ToneMeter();
        private final Process player;
        private final Process recorder;
        private final Process before;
        private final Thread hearsBefore;
        private final Thread plays;
        private final Thread hears;

        Way(SoundSocket from, String sink, SoundSocket to, String source, int seconds)
                throws IOException, InterruptedException {
            recorder = pacat(to, "--record", "--device=" + source, "--latency-msec=100");
            hears = start("hears", () -> hear(recorder.getInputStream(), meter));
            // What a player or its server tears is not Berth's doing.
            before = pacat(from, "--record", "--device=" + sink + ".monitor", "--latency-msec=100");
            hearsBefore = start("hears before", () -> hear(before.getInputStream(), given));
            Thread.sleep(1_000);
            // The player itself is not what is measured: it may hold two seconds.
            player = pacat(from, "--playback", "--device=" + sink);
            plays = start("plays", () -> play(player.getOutputStream(), seconds));
        }

        private static Process pacat(SoundSocket server, String... options) throws IOException {
            List<String> command =
                    new ArrayList<>(List.of("pacat", "--raw", "--rate=48000", "--channels=2", "--format=s16le"));
            command.addAll(List.of(options));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("PULSE_SERVER", "unix:" + server.path());
            return builder.start();
        }

        private interface Work {
            void run() throws IOException;
        }

        private static Thread start(String name, Work work) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            work.run();
                        } catch (IOException e) {
                            System.err.println(name + ": " + e);
                        }
                    },
                    name);
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        private static void play(OutputStream to, int seconds) throws IOException {
            try (OutputStream out = new BufferedOutputStream(to)) {
                for (long i = 0; i < seconds * 48_000L; i++) {
                    short sample = ToneMeter.sample(i);
                    for (int channel = 0; channel < 2; channel++) {
                        out.write(sample);
                        out.write(sample >> 8);
                    }
                }
            }
        }

        private static void hear(InputStream from, ToneMeter meter) throws IOException {
            try (InputStream in = new BufferedInputStream(from)) {
                byte[] frame = new byte[4];
                while (in.readNBytes(frame, 0, 4) == 4) {
                    meter.hear((short) (frame[0] & 0xff | frame[1] << 8));
                }
            }
        }

        boolean lasts() {
            return player.isAlive();
        }

        void print(String what) throws InterruptedException {
            plays.join();
            Thread.sleep(500);
            recorder.destroy();
            before.destroy();
            hears.join();
            hearsBefore.join();
            System.out.printf("%-14s %s%n%-14s %s%n", what, meter, "  as given", given);
        }
    }
}
