/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.error.BerthException;
import dev.berth.api.image.Digest;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.Progress;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.plugin.display.rfb.internal.client.RfbProtocol;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import dev.berth.sessions.SessionManager;
import dev.berth.sessions.SessionRequest;
import dev.berth.sessions.Snapshot;
import dev.berth.testkit.engine.HostContainer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sessions without containers: the display is a real X server's, the rest is kept in memory. */
public final class SessionsDouble {

    private final XvncPeer display;
    private final Map<String, SessionInfo> sessions = new ConcurrentSkipListMap<>();
    private final List<Consumer<SessionInfo>> listeners = new CopyOnWriteArrayList<>();
    /** A start waits for a permit before it ends, so that a test can look at it. */
    final Semaphore mayFinish = new Semaphore(0);

    private final AtomicLong ticks = new AtomicLong();

    volatile @Nullable BerthException startFails;

    /** Whoever hears of the connection that was joined last; reconnecting brings it back at once. */
    volatile SessionDisplay.@Nullable LinkListener link;

    /** What the last start asked for. */
    volatile @Nullable SessionRequest asked;

    /** The home folder of the user of every session. */
    volatile @Nullable Path home;

    private final Map<String, List<Snapshot>> snapshots = new ConcurrentSkipListMap<>();

    SessionsDouble(XvncPeer display) {
        this.display = display;
    }

    SessionManager manager() {
        return (SessionManager) Proxy.newProxyInstance(
                SessionManager.class.getClassLoader(), new Class<?>[] {SessionManager.class}, (proxy, method, args) -> {
                    Method mine = SessionsDouble.class.getMethod(method.getName(), method.getParameterTypes());
                    try {
                        return mine.invoke(this, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    SessionInfo put(String name, SessionState state) {
        SessionInfo info = new SessionInfo(
                "id-" + name, name, state, "debian-xfce", "runc", "sha256:0", Instant.parse("2026-11-23T03:00:00Z"));
        sessions.put(info.id(), info);
        listeners.forEach(listener -> listener.accept(info));
        return info;
    }

    SessionState state(String name) {
        return find(name).orElseThrow().state();
    }

    public List<SessionInfo> sessions() {
        return List.copyOf(sessions.values());
    }

    public Optional<SessionInfo> find(String idOrName) {
        return sessions.values().stream()
                .filter(info -> info.id().equals(idOrName) || info.name().equals(idOrName))
                .findFirst();
    }

    public Optional<AudioStream> attachAudio(String idOrName, AudioSettings settings, TaskContext context) {
        return Optional.empty();
    }

    public SessionInfo start(SessionRequest request, TaskContext context) throws BerthException, InterruptedException {
        asked = request;
        Progress progress = context.progress();
        progress.start(100, Unit.PARTS, "Looking for the image");
        Thread.sleep(120);
        Progress build = progress.child(80, "Making the image " + request.recipe());
        Thread.sleep(120);
        build.start(100, Unit.PARTS, "Downloading packages");
        Progress download = build.child(100, "Downloading 412 packages");
        download.start(320L << 20, Unit.BYTES, "Downloading 412 packages");
        for (int i = 0; i < 6; i++) {
            download.add(20L << 20);
            progress.log("Get: " + i + " libgtk-3-0 3.24.38-2~deb12u3 [2,741 kB]");
            Thread.sleep(120);
        }
        mayFinish.acquire();
        if (startFails != null) {
            throw startFails;
        }
        download.add(200L << 20);
        progress.message("Waiting for the display");
        return put(request.name().isEmpty() ? request.recipe() + "-1" : request.name(), SessionState.RUNNING);
    }

    public SessionInfo restart(String idOrName, TaskContext context) throws InterruptedException {
        context.progress().message("Starting the container");
        mayFinish.acquire();
        return put(find(idOrName).orElseThrow().name(), SessionState.RUNNING);
    }

    public void stop(String idOrName, Duration grace, TaskContext context) {
        put(find(idOrName).orElseThrow().name(), SessionState.STOPPED);
    }

    public void remove(String idOrName, boolean force, TaskContext context) {
        SessionInfo gone = sessions.remove(find(idOrName).orElseThrow().id());
        listeners.forEach(listener -> listener.accept(gone));
    }

    public void pause(String idOrName, TaskContext context) {
        put(find(idOrName).orElseThrow().name(), SessionState.PAUSED);
    }

    public void resume(String idOrName, TaskContext context) {
        put(find(idOrName).orElseThrow().name(), SessionState.RUNNING);
    }

    public List<Snapshot> snapshots(String idOrName) {
        return List.copyOf(snapshots.getOrDefault(find(idOrName).orElseThrow().id(), List.of()));
    }

    public Snapshot snapshot(String idOrName, String tag, TaskContext context) {
        SessionInfo info = find(idOrName).orElseThrow();
        Snapshot made =
                new Snapshot(tag, Digest.parse("sha256:" + "c".repeat(64)), Instant.parse("2026-11-23T10:15:00Z"));
        snapshots.computeIfAbsent(info.id(), id -> new CopyOnWriteArrayList<>()).add(made);
        listeners.forEach(listener -> listener.accept(info));
        return made;
    }

    public SessionInfo restore(String idOrName, String tag, TaskContext context) {
        return put(find(idOrName).orElseThrow().name(), SessionState.RUNNING);
    }

    public void removeSnapshot(String idOrName, String tag, TaskContext context) {
        SessionInfo info = find(idOrName).orElseThrow();
        snapshots.getOrDefault(info.id(), List.of()).removeIf(it -> it.tag().equals(tag));
        listeners.forEach(listener -> listener.accept(info));
    }

    public SessionInfo copy(String idOrName, String name, boolean ephemeral, TaskContext context) {
        return put(name, SessionState.RUNNING);
    }

    /** Commands of sessions run on this host. */
    public Container container(String idOrName, TaskContext context) {
        return HostContainer.of(Objects.requireNonNull(home), "/usr/bin:/bin");
    }

    public String user(String idOrName) {
        return "user";
    }

    public Map<String, String> environment(String idOrName) {
        return Map.of();
    }

    public String failure(String idOrName) {
        return "The desktop ended with status 1.";
    }

    /** What a session that does the same all the time uses. */
    public ContainerStats stats(String idOrName) {
        long tick = ticks.incrementAndGet();
        return new ContainerStats(
                Instant.now(),
                Duration.ofMillis(tick * 180 + tick % 3 * 90),
                (300L + tick % 7 * 12) << 20,
                0,
                42,
                tick * 40_000,
                tick * 9_000,
                tick * 200_000,
                tick * 90_000);
    }

    /** A log that has ended. */
    public InputStream logs(String idOrName, boolean follow) {
        return new ByteArrayInputStream("dbus: ready\nxfwm4 WARN no compositor\nxfce4-session: up\n".getBytes(UTF_8));
    }

    public SessionDisplay join(String idOrName, FrameBuffer frame, DisplayListener listener, TaskContext context)
            throws BerthException, InterruptedException {
        DisplayConnection connection =
                new RfbProtocol().connect(display, DisplayRequest.defaults(), frame, listener, context);
        return new SessionDisplay() {
            @Override
            public FrameBuffer frame() {
                return frame;
            }

            @Override
            public DisplayConnection connection() {
                return connection;
            }

            @Override
            public Registration onLink(LinkListener added) {
                link = added;
                return () -> {};
            }

            @Override
            public void reconnect() {
                Objects.requireNonNull(link).back();
            }

            @Override
            public void close() {
                connection.close();
            }
        };
    }

    public Registration onChange(Consumer<SessionInfo> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
