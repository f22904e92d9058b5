/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;

/**
 * Two packages have the same file, and the script of one moves the file of the other out of the way before it is unpacked
 * (dpkg-divert(1)). Only dpkg can do that.
 */
public final class DivertedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient DebPackage diverter;

    DivertedException(DebPackage diverter) {
        super(diverter + " diverts files");
        this.diverter = diverter;
    }

    /** The package that has to be left to dpkg. */
    public DebPackage diverter() {
        return diverter;
    }
}
