/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.rootfs.debian.internal.archive.ArchiveException;
import dev.berth.plugin.rootfs.debian.internal.archive.DebFile;
import dev.berth.plugin.rootfs.debian.internal.archive.TarEntry;
import dev.berth.plugin.rootfs.debian.internal.archive.TarReader;
import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;
import dev.berth.plugin.rootfs.debian.internal.mirror.Reason;
import dev.berth.plugin.rootfs.debian.internal.mirror.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns packages into one tar stream: several are unpacked at a time, each as soon as it has arrived, and their entries
 * are written in a fixed order, so that the same packages give the same bytes.
 */
public final class LayerBuilder {

    /** The folder in the tree that holds the script and the plan until they have run. */
    private static final String SETUP = "var/lib/berth-setup/";

    /** The command that brings the tree to life; run it as root in a container of the tree, without a network. */
    public static final List<String> SETUP_COMMAND = List.of("/bin/sh", "/" + SETUP + "setup.sh");

    /** Users and groups as base-passwd would make them: nothing can run in the tree before they are there. */
    private static final Map<String, String> MASTERS = Map.of(
            "usr/share/base-passwd/passwd.master", "etc/passwd",
            "usr/share/base-passwd/group.master", "etc/group");

    private static final long MAX_BUDGET = 256L << 20;
    private static final int MAX_THREADS = 8;
    private static final int MAX_LIBRARY_ENTRIES = 1000;
    private static final int MAX_LIBRARY_BYTES = 16 << 20;

    private final String architecture;
    private final List<DebPackage> order;
    private final Set<String> automatic;
    private final long time;
    private final Map<String, ByteArrayOutputStream> masters = new TreeMap<>();
    private final List<DebPackage> left = new ArrayList<>();
    private @Nullable DebPackage quiet;
    private final Map<String, byte[]> extra = new LinkedHashMap<>();
    private Excludes excludes = Excludes.parse("");

    /**
     * @param order all packages, in the order in which they are written; dependencies first where that matters
     * @param automatic names of those that nobody asked for
     * @param time of generated files, in seconds since the epoch
     */
    public LayerBuilder(String architecture, List<DebPackage> order, Set<String> automatic, long time) {
        this.architecture = architecture;
        this.order = List.copyOf(order);
        this.automatic = Set.copyOf(automatic);
        this.time = time;
    }

    /** Leaves files of packages out. */
    public void exclude(Excludes files) {
        excludes = files;
    }

    /** Adds a file that no package owns, unless a package brings one of the same path. */
    public void file(String path, byte[] content) {
        extra.put(path, content);
    }

    /**
     * Has the setup run with a library that makes {@code fsync} do nothing: half of the time of configuring packages goes
     * into waiting for a disk, for the sake of a tree that is thrown away if anything goes wrong. The library is taken
     * out of a package that is not installed, and is gone when the setup has run.
     *
     * @param library a package that has {@code libeatmydata.so}
     */
    public void withoutSync(DebPackage library) {
        quiet = library;
    }

    /** Leaves a package to dpkg: its archive is put beside the setup script, and unpacked when its turn comes. */
    public void leave(DebPackage source) {
        left.add(source);
    }

    /**
     * Writes the layer.
     *
     * @param files gives the archive of a package when it has arrived
     * @param written is told how many packages have been written
     * @throws DivertedException if a package can only be unpacked by dpkg; give it to {@link #leave} and begin again
     */
    public void write(
            OutputStream out, Function<DebPackage, Future<Path>> files, IntConsumer written, TaskContext context)
            throws RootfsException, DivertedException, InterruptedException {
        masters.clear();
        int threads = Math.max(2, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "berth-rootfs-debian-unpack");
            thread.setDaemon(true);
            return thread;
        });
        UnpackBudget budget =
                new UnpackBudget(Math.min(MAX_BUDGET, Runtime.getRuntime().maxMemory() / 6));
        try (Registration cancel = context.onCancel(workers::shutdownNow)) {
            List<PackageStream> streams = new ArrayList<>();
            for (DebPackage source : order) {
                if (left.contains(source)) {
                    continue;
                }
                PackageStream stream = new PackageStream(source, streams.size(), budget, excludes);
                streams.add(stream);
                workers.execute(() -> stream.run(files.apply(source)));
            }
            merge(new LayerStream(out), streams, files, budget, written, context);
        } catch (RejectedExecutionException e) {
            throw cancelled();
        } catch (RootfsException e) {
            // Threads that were ended by a cancel fail in many ways; none of them is the cause.
            if (workers.isShutdown() || Thread.interrupted()) {
                throw cancelled();
            }
            throw e;
        } finally {
            workers.shutdownNow();
        }
    }

    private static InterruptedException cancelled() {
        return new InterruptedException("cancelled");
    }

    private void merge(
            OutputStream out,
            List<PackageStream> streams,
            Function<DebPackage, Future<Path>> files,
            UnpackBudget budget,
            IntConsumer written,
            TaskContext context)
            throws RootfsException, DivertedException, InterruptedException {
        TreeWriter tree = new TreeWriter(out, time);
        List<Unpacked> unpacked = new ArrayList<>();
        DebPackage current = null;
        try {
            mergedUsr(tree);
            for (int place = 0; place < streams.size(); place++) {
                context.checkCancelled();
                budget.turn(place);
                current = streams.get(place).source();
                tree.begin(current);
                unpacked.add(copy(streams.get(place), tree));
                written.accept(place + 1);
            }
            for (DebPackage source : left) {
                current = source;
                unpacked.add(addArchive(tree, files.apply(source).get(), source));
            }
            current = null;
            for (Map.Entry<String, byte[]> file : extra.entrySet()) {
                tree.file(file.getKey(), 0644, file.getValue());
            }
            for (Map.Entry<String, ByteArrayOutputStream> file : masters.entrySet()) {
                tree.file(file.getKey(), 0644, file.getValue().toByteArray());
            }
            DpkgDatabase.write(tree, unpacked, automatic, architecture);
            tree.file(SETUP + "setup.sh", 0755, script());
            if (quiet != null) {
                current = quiet;
                addLibrary(tree, files.apply(quiet).get(), quiet);
                current = null;
            }
            tree.file(SETUP + "plan", 0644, SetupPlan.of(unpacked));
            tree.finish();
        } catch (RootfsException | DivertedException | InterruptedException e) {
            throw e;
        } catch (LayerStream.LayerException e) {
            throw new RootfsException(
                    "rootfs.layer.failed", "The layer could not be written: " + Reason.of(e) + ".", e.getCause());
        } catch (ArchiveException e) {
            throw hostile(current, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RootfsException cause ? cause : failed(current, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw failed(current, e);
        }
    }

    private Unpacked copy(PackageStream stream, TreeWriter tree) throws Exception {
        Unpacked unpacked = null;
        MessageDigest sum = null;
        String path = "";
        ByteArrayOutputStream master = null;
        boolean wanted = false;
        while (true) {
            PackageStream.Part part = stream.take();
            if (part instanceof PackageStream.Control control) {
                unpacked = new Unpacked(stream.source(), control.files(), false);
                if (unpacked.diverts()) {
                    tree.diverts();
                }
                continue;
            }
            if (unpacked == null) {
                throw new ArchiveException("no control part");
            }
            if (part instanceof PackageStream.Content content) {
                if (wanted) {
                    tree.content(content.bytes(), content.length());
                }
                if (sum != null) {
                    sum.update(content.bytes(), 0, content.length());
                }
                if (master != null) {
                    master.write(content.bytes(), 0, content.length());
                }
                continue;
            }
            if (sum != null) {
                unpacked.sum(path, HexFormat.of().formatHex(sum.digest()));
                sum = null;
            }
            if (part instanceof PackageStream.Entry entry) {
                TarEntry head = entry.head();
                wanted = tree.entry(head);
                path = head.path();
                master = MASTERS.containsKey(path) ? master(MASTERS.get(path)) : null;
                if (head.kind() == TarEntry.Kind.FILE && unpacked.wantsSum(path)) {
                    sum = md5();
                }
            } else {
                return unpacked;
            }
        }
    }

    private ByteArrayOutputStream master(String path) {
        return masters.computeIfAbsent(path, key -> new ByteArrayOutputStream());
    }

    /** dpkg's database records files by MD5; nothing depends on its strength. */
    private static MessageDigest md5() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("MD5");
    }

    private static byte[] checked(Path archive, DebPackage source) throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        if (!Sha256.of(bytes).equals(source.sha256())) {
            throw PackageStream.changed(archive, null);
        }
        return bytes;
    }

    private static Unpacked addArchive(TreeWriter tree, Path archive, DebPackage source) throws IOException {
        byte[] bytes = checked(archive, source);
        tree.file(SETUP + SetupPlan.archive(source), 0644, bytes);
        try (DebFile deb = new DebFile(new ByteArrayInputStream(bytes))) {
            return new Unpacked(source, deb.control(), true);
        }
    }

    private static void addLibrary(TreeWriter tree, Path archive, DebPackage source) throws IOException {
        byte[] bytes = checked(archive, source);
        try (DebFile deb = new DebFile(new ByteArrayInputStream(bytes))) {
            deb.control();
            try (InputStream data = deb.data()) {
                TarReader tar = new TarReader(data, MAX_LIBRARY_ENTRIES, MAX_LIBRARY_BYTES);
                for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                    if (entry.kind() == TarEntry.Kind.FILE && entry.path().contains("/libeatmydata.so")) {
                        tree.file(SETUP + "nosync.so", 0644, tar.content(entry));
                        return;
                    }
                }
            }
        }
    }

    /**
     * Debian and Ubuntu keep programs and libraries under /usr alone; the links must be there before the first package
     * that still writes through them.
     */
    private void mergedUsr(TreeWriter tree) throws IOException {
        tree.folder("usr");
        List<String> names = new ArrayList<>(List.of("bin", "lib", "sbin"));
        if (Set.of("amd64", "ppc64el", "loong64").contains(architecture)) {
            names.add("lib64");
        }
        for (String name : names) {
            tree.folder("usr/" + name);
            tree.link(name, "usr/" + name);
        }
    }

    private static byte[] script() throws IOException {
        try (InputStream in = LayerBuilder.class.getResourceAsStream("setup.sh")) {
            if (in == null) {
                throw new IOException("setup.sh is missing from the plugin");
            }
            return in.readAllBytes();
        }
    }

    private static RootfsException hostile(@Nullable DebPackage source, IOException e) {
        return new RootfsException(
                "rootfs.package.refused",
                ErrorKind.FAILED,
                "The package " + (source == null ? "" : source.name() + " ") + "was refused: " + e.getMessage() + ".",
                source == null ? "" : source.address(),
                Remedy.NONE,
                e);
    }

    private static RootfsException failed(@Nullable DebPackage source, Exception e) {
        String what = source == null
                ? "The root file system could not be written: "
                : "The package " + source.name() + " could not be unpacked: ";
        return new RootfsException(
                "rootfs.unpack.failed",
                ErrorKind.FAILED,
                what + Reason.of(e) + ".",
                (source == null ? "" : source.address() + ": ") + e,
                Remedy.NONE,
                e);
    }
}
