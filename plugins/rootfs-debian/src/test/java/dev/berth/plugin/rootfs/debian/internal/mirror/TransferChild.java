/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import java.nio.file.Path;

/** A process that fetches one file: address, target, size, SHA-256. */
final class TransferChild {

    private TransferChild() {}

    public static void main(String[] args) throws Exception {
        new Transfer(new Http(""), "The file", args[0], Path.of(args[1]), Long.parseLong(args[2]), args[3], n -> {})
                .run();
    }

    static Process start(String address, Path target, long size, String sha256) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TransferChild.class.getName(),
                        address,
                        target.toString(),
                        Long.toString(size),
                        sha256)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
