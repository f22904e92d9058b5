/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

/**
 * What an archive may ask of the disk. Far above what desktops need, far below what hurts a host.
 *
 * @param entries members in one layer
 * @param totalBytes of all files of one layer together, holes counted
 * @param fileBytes of one file, holes counted
 * @param nameBytes in one component of a path; file systems of Linux end at 255
 * @param pathBytes in a whole path
 * @param ratio how many times larger than the compressed blob a layer may become, once it is above 256 MiB
 * @param devices which device nodes may be in a layer
 */
public record UnpackLimits(
        long entries, long totalBytes, long fileBytes, int nameBytes, int pathBytes, long ratio, Devices devices) {

    /** Which device nodes may be in a layer. Containers get their own in any case. */
    public enum Devices {
        /** None: an archive with one is refused. */
        NONE,
        /** Those that every container has: null, zero, full, random, urandom, tty, console, ptmx. */
        STANDARD,
        /** Any. */
        ALL
    }

    /** Below this size of a layer the ratio does not matter. */
    public static final long RATIO_FLOOR = 256L << 20;

    /** The limits unless the settings say otherwise. */
    public static final UnpackLimits DEFAULT =
            new UnpackLimits(1_000_000, 64L << 30, 32L << 30, 255, 4095, 200, Devices.STANDARD);

    /** As one argument of a command line. */
    public String format() {
        return entries + "," + totalBytes + "," + fileBytes + "," + nameBytes + "," + pathBytes + "," + ratio + ","
                + devices;
    }

    /** Reads what {@link #format} wrote. */
    public static UnpackLimits parse(String text) {
        String[] parts = text.split(",", -1);
        return new UnpackLimits(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]),
                Long.parseLong(parts[5]),
                Devices.valueOf(parts[6]));
    }
}
