/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.sessions.files.GuestFiles;
import java.util.List;

/** The files of a session. */
final class GuestSide implements Side {

    private final GuestFiles files;
    private final String session;

    GuestSide(GuestFiles files, String session) {
        this.files = files;
        this.session = session;
    }

    @Override
    public String home() throws BerthException, InterruptedException {
        return files.home(session, TaskContext.silent());
    }

    @Override
    public List<Item> list(String folder) throws BerthException, InterruptedException {
        return files.list(session, folder, TaskContext.silent()).stream()
                .map(it -> new Item(it.name(), it.folder(), it.size(), it.modified()))
                .toList();
    }

    @Override
    public String parent(String folder) {
        int slash = folder.lastIndexOf('/');
        return slash <= 0 ? "/" : folder.substring(0, slash);
    }

    @Override
    public String child(String folder, String name) {
        return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }
}
