/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Unpacks a tar archive from standard input: the program that runs in a user namespace. Prints notes, one a line; the
 * reason of a failure goes to standard error. Needs nothing but this bundle and JNA.
 */
public final class UnpackMain {

    /** Exit code when the archive was refused. */
    static final int REFUSED = 65;

    private static final int PIECE = 1 << 20;

    private UnpackMain() {}

    /** @param arguments the folder and the limits */
    public static void main(String[] arguments) throws InterruptedException {
        int status = 0;
        try (FileInputStream in = new FileInputStream(FileDescriptor.in);
                FileChannel channel = in.getChannel()) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
            LayerUnpacker.unpack(
                            () -> {
                                buffer.clear();
                                return channel.read(buffer) < 0 ? null : buffer.flip();
                            },
                            Path.of(arguments[0]),
                            true,
                            UnpackLimits.parse(arguments[1]))
                    .forEach(System.out::println);
            // What follows the archive is read to the end, so that the writer is not stopped short.
            buffer.clear();
            while (channel.read(buffer) >= 0) {
                buffer.clear();
            }
        } catch (UnpackException | dev.berth.images.tar.TarException e) {
            System.err.println(e.getMessage());
            status = REFUSED;
        } catch (IOException | LinkageError e) {
            System.err.println(e.getMessage());
            status = 1;
        }
        System.exit(status);
    }
}
