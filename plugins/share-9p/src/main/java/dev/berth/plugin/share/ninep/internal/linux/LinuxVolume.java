/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileKey;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import dev.berth.plugin.share.ninep.internal.volume.Node;
import dev.berth.plugin.share.ninep.internal.volume.Ownership;
import dev.berth.plugin.share.ninep.internal.volume.Volume;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A folder by directory handles. Every look-up is one component below a handle that was itself found so, resolved by
 * the kernel with RESOLVE_BENEATH; links are never followed, and the parent of a folder is the one it was found in, so
 * nothing that clients rename or replace can lead outside.
 */
public final class LinuxVolume implements Volume {

    private final Ownership ownership;
    private final HandleBudget budget;
    private final AtomicInteger openFiles = new AtomicInteger();
    private final int openFileLimit;
    private final boolean root;
    private final LinuxNode rootNode;
    private final boolean beneath;

    private LinuxVolume(Path folder, Ownership ownership, int handleLimit) throws ErrnoException {
        this.ownership = ownership;
        this.budget = new HandleBudget(handleLimit);
        this.openFileLimit = Math.max(16, handleLimit);
        this.root = mayGiveAway();
        Scratch scratch = Scratch.get();
        byte[] path = (folder.toAbsolutePath() + "\0").getBytes(StandardCharsets.UTF_8);
        if (path.length > Scratch.BULK_SIZE) {
            throw ErrnoException.of(Errno.ENAMETOOLONG);
        }
        scratch.memory.put(Scratch.BULK, path);
        int fd = Scratch.check(
                Libc.open(scratch.address(Scratch.BULK), Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_CLOEXEC, 0));
        Statx.call(scratch, fd, scratch.empty(), Libc.AT_EMPTY_PATH);
        this.rootNode = new LinuxNode(
                this, null, new byte[0], fd, FileMode.FOLDER, new FileKey(Statx.device(scratch), Statx.file(scratch)));
        this.beneath = probeOpenat2(scratch, fd);
    }

    /**
     * Opens a folder.
     *
     * @throws UnsupportedOperationException if this host is not one for which system calls are known here
     */
    public static LinuxVolume open(Path folder, Ownership ownership) throws ErrnoException {
        return open(folder, ownership, HandleBudget.defaultLimit());
    }

    /** As {@link #open(Path, Ownership)}, with at most so many handles kept open on files that clients know. */
    public static LinuxVolume open(Path folder, Ownership ownership, int handleLimit) throws ErrnoException {
        if (!supported()) {
            throw new UnsupportedOperationException("not a 64-bit Linux");
        }
        try {
            return new LinuxVolume(folder, ownership, handleLimit);
        } catch (LinkageError e) {
            throw new UnsupportedOperationException("the C library lacks a function: " + e.getMessage(), e);
        }
    }

    /** Whether this host's system calls are known here. */
    public static boolean supported() {
        String architecture = System.getProperty("os.arch", "");
        return System.getProperty("os.name", "").equals("Linux")
                && (architecture.equals("amd64") || architecture.equals("aarch64"));
    }

    private static boolean probeOpenat2(Scratch scratch, int fd) {
        scratch.memory.put(Scratch.BULK, new byte[] {'.', 0});
        long probe = Libc.syscall(Libc.SYS_OPENAT2, fd, scratch.address(Scratch.BULK), scratch.openHow(), 24);
        if (probe >= 0) {
            Libc.close((int) probe);
        }
        return probe >= 0;
    }

    @Override
    public Node root() {
        rootNode.retain();
        return rootNode;
    }

    @Override
    public void enterThread() {
        Scratch.get().enterThread();
    }

    @Override
    public void close() {
        rootNode.release();
    }

    Ownership ownership() {
        return ownership;
    }

    HandleBudget budget() {
        return budget;
    }

    /** Whether this process may give files away. */
    public static boolean mayGiveAway() {
        return Libc.geteuid() == 0;
    }

    /** Whether files can be given away. */
    boolean givesAway() {
        return root && ownership.passThrough();
    }

    /** One number for a file in the volume; files of file systems mounted below the folder are told apart by mixing. */
    long path(long device, long file) {
        long here = rootNode.key().device();
        return device == here ? file : file ^ ((device ^ here) * 0x9e3779b97f4a7c15L);
    }

    /** Opens a handle on one component of a folder, never through a link. The name is in the scratch memory. */
    int openHandle(Scratch scratch, int folder, long name) throws ErrnoException {
        if (beneath) {
            return (int) Scratch.check(Libc.syscall(Libc.SYS_OPENAT2, folder, name, scratch.openHow(), 24));
        }
        // Linux before 5.6, or a sandbox that forbids openat2. One component that is neither dot-dot nor followed
        // cannot leave its folder either.
        return Scratch.check(Libc.openat(folder, name, Libc.O_PATH | Libc.O_NOFOLLOW | Libc.O_CLOEXEC, 0));
    }

    /** Counts a file or folder that a client opens; there is a limit, since descriptors are the whole process'. */
    void countOpen() throws ErrnoException {
        if (openFiles.incrementAndGet() > openFileLimit) {
            openFiles.decrementAndGet();
            throw ErrnoException.of(Errno.EMFILE);
        }
    }

    void uncountOpen() {
        openFiles.decrementAndGet();
    }
}
