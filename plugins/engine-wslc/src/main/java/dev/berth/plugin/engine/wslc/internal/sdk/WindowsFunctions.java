/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** What is needed of Windows itself. */
final class WindowsFunctions {

    private WindowsFunctions() {}

    /** {@code ole32.dll}. */
    interface Ole32 extends Library {

        /** Makes the thread ready for COM; 0 and 1 are good. */
        int CoInitializeEx(@Nullable Pointer reserved, int model);

        void CoUninitialize();

        void CoTaskMemFree(@Nullable Pointer memory);

        /** Keeps the multithreaded apartment while no thread is in it. */
        int CoIncrementMTAUsage(PointerByReference cookie);
    }

    /** {@code kernel32.dll}. */
    interface Kernel32 extends Library {

        int CloseHandle(Pointer handle);

        int WaitForSingleObject(Pointer handle, int milliseconds);

        int ReadFile(Pointer file, Pointer buffer, int bytes, IntByReference read, @Nullable Pointer overlapped);

        int WriteFile(Pointer file, Pointer buffer, int bytes, IntByReference written, @Nullable Pointer overlapped);
    }
}
