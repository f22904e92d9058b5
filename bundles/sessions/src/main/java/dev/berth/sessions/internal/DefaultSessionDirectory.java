/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.SessionException;
import dev.berth.api.session.SessionDirectory;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.sessions.SessionManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What plugins may see of the sessions. */
@Component(service = SessionDirectory.class)
public final class DefaultSessionDirectory implements SessionDirectory {

    private final SessionManager sessions;

    /** For the framework. */
    @Activate
    public DefaultSessionDirectory(@Reference SessionManager sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<SessionInfo> sessions() throws SessionException, InterruptedException {
        try {
            return sessions.sessions();
        } catch (BerthException e) {
            throw Errors.wrap(e);
        }
    }

    @Override
    public Optional<SessionInfo> find(String idOrName) throws SessionException, InterruptedException {
        try {
            return sessions.find(idOrName);
        } catch (BerthException e) {
            throw Errors.wrap(e);
        }
    }

    @Override
    public Container container(String idOrName) throws SessionException, InterruptedException {
        try {
            return sessions.container(idOrName, TaskContext.silent());
        } catch (BerthException e) {
            throw Errors.wrap(e);
        }
    }

    @Override
    public String user(String idOrName) throws SessionException, InterruptedException {
        try {
            return sessions.user(idOrName);
        } catch (BerthException e) {
            throw Errors.wrap(e);
        }
    }

    @Override
    public Map<String, String> environment(String idOrName) throws SessionException, InterruptedException {
        try {
            return sessions.environment(idOrName);
        } catch (BerthException e) {
            throw Errors.wrap(e);
        }
    }

    @Override
    public Registration onChange(Consumer<SessionInfo> listener) {
        return sessions.onChange(listener);
    }
}
