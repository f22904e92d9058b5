/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.files;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Looks at and copies files of sessions that run, as the desktop's user and by commands that every guest has. A session
 * is named by its id or its name; folders of the guest are absolute paths. A service; safe for many threads.
 *
 * <p>A copy appears whole or not at all: it is made beside its place under a hidden name and moved there at its end.
 * What is there already is replaced file by file, and folders are merged; a file never takes the place of a folder, nor
 * a folder that of a file. Progress counts bytes.
 */
@ProviderType
@OnWorker
public interface GuestFiles {

    /** The home folder of the desktop's user. */
    String home(String session, TaskContext context) throws BerthException, InterruptedException;

    /** The folder whose files lie on the desktop; made if it is missing. */
    String desktop(String session, TaskContext context) throws BerthException, InterruptedException;

    /** What lies in a folder, in no order. */
    List<GuestFile> list(String session, String folder, TaskContext context)
            throws BerthException, InterruptedException;

    /**
     * Copies files and folders of this host into a folder of the guest. Links within folders stay links; sockets, FIFOs
     * and devices are left out.
     *
     * @param files what is copied, and what each is called there
     * @return how many entries were left out
     */
    int copyIn(String session, Map<Path, String> files, String folder, TaskContext context)
            throws BerthException, InterruptedException;

    /**
     * Copies files and folders of the guest into a folder of this host. Nothing that the guest sends is written, or
     * leads, outside of {@code target}: links that do, and what is neither file, folder nor link, are left out.
     *
     * @param files names in {@code folder}, and what each is called here
     * @return how many entries were left out
     */
    int copyOut(String session, String folder, Map<String, String> files, Path target, TaskContext context)
            throws BerthException, InterruptedException;
}
