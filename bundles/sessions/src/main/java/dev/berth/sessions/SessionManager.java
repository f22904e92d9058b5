/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStatistics;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes, finds and ends sessions. A service; safe for many threads and processes. A session is named by its id or its
 * name; a {@link dev.berth.api.error.SessionException} with the code {@code session.unknown} says that there is none.
 */
@ProviderType
@OnWorker
public interface SessionManager {

    /**
     * The engine that a session would be started with.
     *
     * @param id empty for the best that this host has
     */
    ContainerEngine engine(String id, TaskContext context) throws BerthException, InterruptedException;

    /** All sessions of this home, running or not, oldest first, as the engines see them now. */
    List<SessionInfo> sessions() throws BerthException, InterruptedException;

    /** A session by its id or name. */
    Optional<SessionInfo> find(String idOrName) throws BerthException, InterruptedException;

    /**
     * Makes the image if needed, starts a session from it, and returns once its display answers. The stages are told
     * through the context's progress in this order: base, steps, container, display.
     */
    SessionInfo start(SessionRequest request, TaskContext context) throws BerthException, InterruptedException;

    /** Starts a session again that was stopped. */
    SessionInfo restart(String idOrName, TaskContext context) throws BerthException, InterruptedException;

    /** Stops a session; an ephemeral one is gone then. */
    void stop(String idOrName, Duration grace, TaskContext context) throws BerthException, InterruptedException;

    /** Removes a session with all its changes; one that runs only with {@code force}. */
    void remove(String idOrName, boolean force, TaskContext context) throws BerthException, InterruptedException;

    /** Freezes a session. */
    void pause(String idOrName, TaskContext context) throws BerthException, InterruptedException;

    /** Thaws it. */
    void resume(String idOrName, TaskContext context) throws BerthException, InterruptedException;

    /**
     * Keeps a session as it is now: its files, not its memory. It is frozen for that moment if its engine can.
     *
     * @param tag letters, digits, {@code _ . -}; a snapshot of the session that has it is replaced
     */
    Snapshot snapshot(String idOrName, String tag, TaskContext context) throws BerthException, InterruptedException;

    /** The snapshots of a session, oldest first. */
    List<Snapshot> snapshots(String idOrName) throws BerthException, InterruptedException;

    /** Puts a session back to a snapshot and starts it; what changed since is lost. */
    SessionInfo restore(String idOrName, String tag, TaskContext context) throws BerthException, InterruptedException;

    /** Removes a snapshot; refused while a session stands on it. */
    void removeSnapshot(String idOrName, String tag, TaskContext context) throws BerthException, InterruptedException;

    /**
     * Starts a second session from what the first one's files are now, with the same settings; the first goes on.
     *
     * @param name of the new session; empty lets Berth choose
     * @param ephemeral whether all of the new one is thrown away when it stops
     */
    SessionInfo copy(String idOrName, String name, boolean ephemeral, TaskContext context)
            throws BerthException, InterruptedException;

    /** The container of a session that runs. */
    Container container(String idOrName, TaskContext context) throws BerthException, InterruptedException;

    /** The name of the unprivileged user that owns the session's desktop. */
    String user(String idOrName) throws BerthException, InterruptedException;

    /** What a program needs in its environment to find the session's desktop: display, bus, sound. */
    Map<String, String> environment(String idOrName) throws BerthException, InterruptedException;

    /** Why a session is {@link dev.berth.api.session.SessionState#FAILED}, one sentence; empty when it is not. */
    String failure(String idOrName) throws BerthException, InterruptedException;

    /** What a session uses. */
    ContainerStats stats(String idOrName) throws BerthException, InterruptedException;

    /** What the session's first process wrote; see {@link Container#logs}. */
    InputStream logs(String idOrName, boolean follow) throws BerthException, InterruptedException;

    /**
     * Joins the display of a session that runs. Any number of views may be joined at once.
     *
     * @param frame takes the pixels
     * @param listener hears the rest
     */
    SessionDisplay join(String idOrName, FrameBuffer frame, DisplayListener listener, TaskContext context)
            throws BerthException, InterruptedException;

    /**
     * Joins any display by its address: {@code rfb://host:port}, {@code rfb+unix:/path}.
     *
     * @param credentials answers when the server asks
     */
    SessionDisplay view(
            String address,
            dev.berth.api.display.Credentials credentials,
            FrameBuffer frame,
            DisplayListener listener,
            TaskContext context)
            throws BerthException, InterruptedException;

    /**
     * Joins the sound of a session that runs with this host's devices.
     *
     * @return empty when the session has no sound, or nothing here speaks to its sound server
     */
    Optional<AudioStream> attachAudio(String idOrName, AudioSettings settings, TaskContext context)
            throws BerthException, InterruptedException;

    /** The counters of a session's sound, also when another process plays it; at most some seconds old. Empty when nobody does. */
    Optional<AudioStatistics> sound(String idOrName) throws BerthException;

    /** How long the stages of a start took, in the order in which they came. */
    @AnyThread
    List<StageTime> timings(String idOrName);

    /** Tells of each session that appears, changes its state or goes, in this process or another, on a worker thread. */
    @AnyThread
    Registration onChange(Consumer<SessionInfo> listener);

    /**
     * A stage of a start.
     *
     * @param name stable, for scripts: {@code resolve}, {@code build}, {@code container}, {@code display},
     *     {@code firstFrame}
     */
    record StageTime(String name, Duration took) {}
}
