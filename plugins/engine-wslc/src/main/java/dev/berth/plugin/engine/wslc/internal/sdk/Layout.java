/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

/**
 * Sizes and offsets of the structures of {@code wslcsdk.h}, in bytes, the same on x64 and arm64. A test compares them with
 * what C compilers make of the declarations.
 */
final class Layout {

    /**
     * What is set aside for each of the three opaque settings structures. Theirs are 72, 104 and 72 bytes in 3.0.1, and the
     * second grew to 136 afterwards; initialisation writes all of it, whatever this program knew when it was built.
     */
    static final int OPAQUE = 512;

    static final int VHD = 32;
    static final int VHD_NAME = 0;
    static final int VHD_BYTES = 8;
    static final int VHD_TYPE = 16;
    static final int VHD_FLAGS = 20;
    static final int VHD_UID = 24;
    static final int VHD_GID = 28;

    static final int CRASH = 32;
    static final int CRASH_PATH = 0;
    static final int CRASH_PROCESS = 8;
    static final int CRASH_PID = 16;
    static final int CRASH_SIGNAL = 20;
    static final int CRASH_TIME = 24;

    static final int PORT = 16;
    static final int PORT_WINDOWS = 0;
    static final int PORT_CONTAINER = 2;
    static final int PORT_PROTOCOL = 4;
    static final int PORT_ADDRESS = 8;

    static final int VOLUME = 24;
    static final int VOLUME_SOURCE = 0;
    static final int VOLUME_TARGET = 8;
    static final int VOLUME_READ_ONLY = 16;

    static final int CALLBACKS = 24;
    static final int CALLBACKS_OUT = 0;
    static final int CALLBACKS_ERROR = 8;
    static final int CALLBACKS_EXIT = 16;

    static final int PROGRESS = 32;
    static final int PROGRESS_ID = 0;
    static final int PROGRESS_STATUS = 8;
    static final int PROGRESS_CURRENT = 16;
    static final int PROGRESS_TOTAL = 24;

    static final int PULL = 32;
    static final int PULL_URI = 0;
    static final int PULL_CALLBACK = 8;
    static final int PULL_CONTEXT = 16;
    static final int PULL_AUTH = 24;

    static final int TRANSFER = 16;
    static final int TRANSFER_CALLBACK = 0;
    static final int TRANSFER_CONTEXT = 8;

    static final int IMAGE = 304;
    static final int IMAGE_NAME = 0;
    static final int IMAGE_NAME_BYTES = 256;
    static final int IMAGE_SHA256 = 256;
    static final int IMAGE_BYTES = 288;
    static final int IMAGE_CREATED = 296;

    static final int TAG = 24;
    static final int TAG_IMAGE = 0;
    static final int TAG_REPOSITORY = 8;
    static final int TAG_TAG = 16;

    static final int PUSH = 32;
    static final int PUSH_IMAGE = 0;
    static final int PUSH_AUTH = 8;
    static final int PUSH_CALLBACK = 16;
    static final int PUSH_CONTEXT = 24;

    static final int VERSION = 12;
    static final int VERSION_MAJOR = 0;
    static final int VERSION_MINOR = 4;
    static final int VERSION_REVISION = 8;

    static final int ADDRESS = 128;
    static final int ADDRESS_FAMILY = 0;
    static final int ADDRESS_IPV4 = 4;
    static final int ADDRESS_IPV6 = 8;
    static final int FAMILY_IPV4 = 2;
    /** Of Windows; Linux has another. */
    static final int FAMILY_IPV6 = 23;

    static final int CONTAINER_ID = 65;

    private Layout() {}
}
