/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import java.util.List;

/** The files of one computer. Folders are named by their whole path. */
interface Side {

    /** Where to begin. */
    @OnWorker
    String home() throws BerthException, InterruptedException;

    /** What lies in a folder. */
    @OnWorker
    List<Item> list(String folder) throws BerthException, InterruptedException;

    /** The folder above; the same at the top. */
    @AnyThread
    String parent(String folder);

    /** A folder or file within a folder. */
    @AnyThread
    String child(String folder, String name);
}
