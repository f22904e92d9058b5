/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.session;

import dev.berth.api.engine.Container;
import dev.berth.api.error.SessionException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.Registration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The sessions of this Berth home, for plugins: a terminal, a meter, an agent. A service of Berth's. */
@ProviderType
@OnWorker
public interface SessionDirectory {

    /** All sessions, running or not, oldest first. */
    List<SessionInfo> sessions() throws SessionException, InterruptedException;

    /** A session by its id or name. */
    Optional<SessionInfo> find(String idOrName) throws SessionException, InterruptedException;

    /**
     * The container of a session that runs.
     *
     * @throws SessionException if there is no such session or it does not run
     */
    Container container(String idOrName) throws SessionException, InterruptedException;

    /** The name of the unprivileged user that owns the session's desktop. */
    String user(String idOrName) throws SessionException, InterruptedException;

    /** What a program needs in its environment to find the session's desktop: display, bus, sound. */
    Map<String, String> environment(String idOrName) throws SessionException, InterruptedException;

    /** Tells of each session that appears, changes its state or goes, on a worker thread. */
    Registration onChange(Consumer<SessionInfo> listener);
}
