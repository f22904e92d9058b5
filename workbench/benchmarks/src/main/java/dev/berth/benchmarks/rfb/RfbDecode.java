/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.rfb;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.berth.plugin.display.rfb.internal.recording.Recording;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decodes recordings and prints what that costs; see the script {@code rfb-decode} beside the sources. */
public final class RfbDecode {

    private static final int[] ENCODINGS = {
        Encodings.RAW,
        Encodings.COPY_RECT,
        Encodings.RRE,
        Encodings.HEXTILE,
        Encodings.ZLIB,
        Encodings.TIGHT,
        Encodings.ZRLE
    };
    private static final Pattern PEER_CPU = Pattern.compile("CPU time: ([0-9.e+-]+) s");

    /** CPU seconds that one measurement lasts at least. */
    private static final double ENOUGH = 0.25;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private int warmUps = 5;
    private int runs = 5;
    private boolean nativeJpeg = true;
    private final int helpers = Runtime.getRuntime().availableProcessors() - 1;
    private @Nullable String peer;

    private RfbDecode() {}

    /** What one pass over a file took. */
    private record Pass(double cpu, double wall, double allocated, Recording recording) {}

    /** Arguments: see the usage. */
    public static void main(String[] args) throws IOException, InterruptedException, NoSuchAlgorithmException {
        RfbDecode bench = new RfbDecode();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--peer" -> bench.peer = args[++i];
                case "--runs" -> bench.runs = Integer.parseInt(args[++i]);
                case "--warm-ups" -> bench.warmUps = Integer.parseInt(args[++i]);
                case "--java-jpeg" -> bench.nativeJpeg = false;
                default -> files.add(Path.of(args[i]));
            }
        }
        if (files.isEmpty()) {
            System.err.println("usage: rfb-decode FILE… [--peer BINARY] [--runs N] [--warm-ups N] [--java-jpeg]");
            System.exit(2);
        }
        bench.run(files);
    }

    private void run(List<Path> files) throws IOException, InterruptedException, NoSuchAlgorithmException {
        System.out.printf(
                "%-24s %7s %8s %8s %8s %8s %8s %8s %9s %8s %6s  %s%n",
                "recording",
                "MB",
                "updates",
                "rects",
                "CPU s",
                "wall s",
                "all wall",
                "speed-up",
                "B/update",
                "peer s",
                "ratio",
                "encodings (share of pixels); SHA-256");
        double logs = 0;
        int compared = 0;
        for (Path file : files) {
            OptionalDouble ratio = one(file);
            if (ratio.isPresent()) {
                logs += Math.log(ratio.getAsDouble());
                compared++;
            }
        }
        if (compared > 0) {
            System.out.printf(Locale.ROOT, "geometric mean of %d ratios: %.3f%n", compared, Math.exp(logs / compared));
        }
    }

    private OptionalDouble one(Path file) throws IOException, InterruptedException, NoSuchAlgorithmException {
        for (int i = 0; i < warmUps; i++) {
            pass(file, 0);
            pass(file, helpers);
        }
        // Each in turn, so that whatever else the machine does hits all alike.
        List<Double> peers = new ArrayList<>();
        Pass[] passes = new Pass[runs];
        Pass[] parallel = new Pass[runs];
        for (int i = 0; i < runs; i++) {
            peerCpu(file, peers);
            passes[i] = pass(file, 0);
            parallel[i] = pass(file, helpers);
        }
        Recording last = passes[runs - 1].recording;
        double cpu = median(Arrays.stream(passes).mapToDouble(Pass::cpu).toArray());
        double wall = median(Arrays.stream(passes).mapToDouble(Pass::wall).toArray());
        double allWall = median(Arrays.stream(parallel).mapToDouble(Pass::wall).toArray());
        if (!Arrays.equals(last.picture(), parallel[runs - 1].recording.picture())) {
            throw new IllegalStateException("one core and all disagree about " + file);
        }
        double allocated =
                median(Arrays.stream(passes).mapToDouble(Pass::allocated).toArray());
        long rectangles = 0;
        long pixels = 0;
        for (int encoding : ENCODINGS) {
            rectangles += last.decoders().rectangles(encoding);
            pixels += last.decoders().pixels(encoding);
        }
        StringBuilder mix = new StringBuilder();
        for (int encoding : ENCODINGS) {
            long share = 100 * last.decoders().pixels(encoding) / Math.max(1, pixels);
            if (share > 0) {
                mix.append(Encodings.name(encoding)).append(' ').append(share).append("% ");
            }
        }
        double theirs =
                peers.isEmpty() ? 0 : median(peers.stream().mapToDouble(d -> d).toArray());
        System.out.printf(
                Locale.ROOT,
                "%-24s %7.1f %8d %8d %8.3f %8.3f %8.3f %8.2f %9.0f %8s %6s  %s; %s%n",
                file.getFileName(),
                Files.size(file) / 1e6,
                last.updates(),
                rectangles,
                cpu,
                wall,
                allWall,
                wall / allWall,
                allocated,
                peers.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", theirs),
                peers.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", cpu / theirs),
                mix.toString().strip(),
                sha256(last.picture()));
        return peers.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(cpu / theirs);
    }

    /** Decodes a file so often that the clock of the process, which ticks every 10 ms, is fine enough; the mean of those. */
    private Pass pass(Path file, int helping) throws IOException {
        long thread = Thread.currentThread().getId();
        double cpu = 0;
        double wall = 0;
        double allocated = 0;
        int count = 0;
        while (true) {
            try (Recording recording = new Recording(file, nativeJpeg, helping)) {
                // The first update brings in classes and buffers; what counts is the steady state.
                while (recording.updates() < 2 && recording.next()) {
                    Thread.onSpinWait();
                }
                long updates = recording.updates();
                long allocatedBefore = threads.getThreadAllocatedBytes(thread);
                long wallBefore = System.nanoTime();
                long cpuBefore = process.getProcessCpuTime();
                recording.play();
                cpu += (process.getProcessCpuTime() - cpuBefore) / 1e9;
                wall += (System.nanoTime() - wallBefore) / 1e9;
                allocated += (double) (threads.getThreadAllocatedBytes(thread) - allocatedBefore)
                        / Math.max(1, recording.updates() - updates);
                count++;
                if (cpu > ENOUGH) {
                    return new Pass(cpu / count, wall / count, allocated / count, recording);
                }
            }
        }
    }

    private void peerCpu(Path file, List<Double> into) throws IOException, InterruptedException {
        if (peer == null) {
            return;
        }
        Process process = new ProcessBuilder(peer, file.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(peer + " failed: " + out);
        }
        Matcher matcher = PEER_CPU.matcher(out);
        if (!matcher.find()) {
            throw new IOException(peer + " printed no CPU time: " + out);
        }
        into.add(Double.parseDouble(matcher.group(1)));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String sha256(int[] rgb) throws NoSuchAlgorithmException {
        ByteBuffer bytes = ByteBuffer.allocate(3 * rgb.length);
        for (int pixel : rgb) {
            bytes.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    }
}
