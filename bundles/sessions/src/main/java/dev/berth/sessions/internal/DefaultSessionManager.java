/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.audio.AudioBridge;
import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStatistics;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayProtocol;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.SessionException;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.share.FileShareProvider;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.images.ImageBuilder;
import dev.berth.images.ImageStore;
import dev.berth.images.RecipeBook;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import dev.berth.sessions.SessionManager;
import dev.berth.sessions.SessionRequest;
import dev.berth.sessions.Snapshot;
import dev.berth.sessions.internal.SessionRecord.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The sessions of a Berth home. */
@Component(service = SessionManager.class)
public final class DefaultSessionManager implements SessionManager {

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    private volatile List<ContainerEngine> engines = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    private volatile List<DisplayProtocol> protocols = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    private volatile List<FileShareProvider> shareProviders = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    private volatile List<AudioBridge> audioBridges = List.of();

    private final SettingsStore settings;
    private final RecipeBook recipes;
    private final SessionFiles files;
    private final SessionStates states;
    private final SessionStarter starter;
    private final Shares shares;
    private final Snapshots snapshots;
    private final SessionChanges changes;
    private final Displays displays;

    /** For the framework. */
    @Activate
    public DefaultSessionManager(
            @Reference BerthHome home,
            @Reference RecipeBook recipes,
            @Reference ImageStore store,
            @Reference ImageBuilder builder,
            @Reference SettingsStore settings) {
        this.settings = settings;
        this.recipes = recipes;
        files = new SessionFiles(home);
        states = new SessionStates(files, () -> engines);
        shares = new Shares(() -> shareProviders);
        snapshots = new Snapshots(files, store);
        starter = new SessionStarter(files, store, builder, shares);
        changes = new SessionChanges(this::sessions);
        displays = new Displays(() -> protocols, settings);
    }

    /** For tests, which have no framework to bind services. */
    void bind(List<ContainerEngine> engineServices, List<DisplayProtocol> displayServices) {
        engines = List.copyOf(engineServices);
        protocols = List.copyOf(displayServices);
    }

    /** For the framework. */
    @Deactivate
    void stop() {
        changes.close();
        shares.closeAll();
    }

    @Override
    public ContainerEngine engine(String id, TaskContext context) throws BerthException, InterruptedException {
        return choose(id, context).engine();
    }

    private Engines.Usable choose(String wanted, TaskContext context) throws BerthException, InterruptedException {
        String preferred = settings.page("engines").get("preferred") instanceof String id ? id : "";
        return Engines.choose(engines, wanted, preferred, context);
    }

    @Override
    public List<SessionInfo> sessions() throws BerthException, InterruptedException {
        try {
            List<SessionInfo> all = new ArrayList<>();
            for (SessionRecord record : files.all()) {
                states.look(record).ifPresent(all::add);
            }
            return all;
        } catch (IOException e) {
            throw Errors.files(e);
        }
    }

    @Override
    public Optional<SessionInfo> find(String idOrName) throws BerthException, InterruptedException {
        Optional<SessionRecord> record = lookUp(idOrName);
        return record.isEmpty() ? Optional.empty() : states.look(record.get());
    }

    @Override
    public SessionInfo start(SessionRequest request, TaskContext context) throws BerthException, InterruptedException {
        Recipe recipe = recipe(request.recipe());
        DisplayAddress.protocol(recipe.session().display(), protocols);
        Engines.Usable engine = choose(request.engine(), context);
        try {
            return starter.start(request, recipe, engine, context).info(SessionState.RUNNING);
        } catch (IOException e) {
            throw Errors.files(e);
        } finally {
            changes.kick();
        }
    }

    private SessionException unknownRecipe(String id) {
        List<String> known = recipes.recipes().stream().map(Recipe::id).toList();
        return new SessionException(
                "recipe.unknown",
                ErrorKind.INVALID,
                "There is no recipe named " + id + ".",
                "known: " + known,
                Remedy.advice("Use one of: " + String.join(", ", known)),
                null);
    }

    @Override
    public SessionInfo restart(String idOrName, TaskContext context) throws BerthException, InterruptedException {
        SessionRecord found = record(idOrName);
        try (SessionFiles.Hold ignored = files.hold(found)) {
            SessionRecord record = reread(found);
            Container container = states.container(record, context).orElseThrow(() -> gone(record));
            ContainerState state = container.state();
            if (state == ContainerState.RUNNING || state == ContainerState.PAUSED) {
                throw new SessionException(
                        "session.running",
                        ErrorKind.INVALID,
                        "The session " + record.name() + " runs already.",
                        "",
                        Remedy.NONE,
                        null);
            }
            if (!record.shares().isEmpty()) {
                Engines.Usable engine = Engines.choose(engines, record.engine(), "", context);
                shares.prepare(record, engine.report().capabilities(), context);
            }
            return starter.restart(record, container, context).info(SessionState.RUNNING);
        } catch (IOException e) {
            throw Errors.files(e);
        } finally {
            changes.kick();
        }
    }

    private static SessionException gone(SessionRecord record) {
        return new SessionException(
                "session.gone",
                ErrorKind.FAILED,
                "The container of the session " + record.name() + " is gone.",
                "",
                Remedy.advice("Remove the session with berth session rm " + record.name() + "."),
                null);
    }

    @Override
    public void stop(String idOrName, Duration grace, TaskContext context) throws BerthException, InterruptedException {
        SessionRecord found = record(idOrName);
        try (SessionFiles.Hold ignored = files.hold(found)) {
            SessionRecord record = reread(found);
            files.write(record.with(Phase.STOPPING));
            changes.kick();
            Optional<Container> container = states.container(record, context);
            if (container.isPresent()) {
                container.get().stop(grace, context);
            }
            shares.close(record.id());
            if (record.ephemeral()) {
                if (container.isPresent()) {
                    container.get().remove(context);
                }
                files.delete(record.id());
                snapshots.removeAll(record, context);
            } else {
                files.write(record.with(Phase.DOWN));
            }
        } catch (IOException e) {
            throw Errors.files(e);
        } finally {
            changes.kick();
        }
    }

    @Override
    public void remove(String idOrName, boolean force, TaskContext context)
            throws BerthException, InterruptedException {
        SessionRecord found = record(idOrName);
        try (SessionFiles.Hold ignored = files.hold(found)) {
            SessionRecord record = reread(found);
            Optional<Container> container = states.container(record, context);
            if (container.isPresent()) {
                ContainerState state = container.get().state();
                if (!force && (state == ContainerState.RUNNING || state == ContainerState.PAUSED)) {
                    throw new SessionException(
                            "session.running",
                            ErrorKind.INVALID,
                            "The session " + record.name() + " runs.",
                            "",
                            Remedy.advice("Stop it first, or remove it with --force."),
                            null);
                }
                container.get().remove(context);
            }
            shares.close(record.id());
            files.delete(record.id());
            snapshots.removeAll(record, context);
        } catch (IOException e) {
            throw Errors.files(e);
        } finally {
            changes.kick();
        }
    }

    @Override
    public void pause(String idOrName, TaskContext context) throws BerthException, InterruptedException {
        container(idOrName, context).pause();
        changes.kick();
    }

    @Override
    public void resume(String idOrName, TaskContext context) throws BerthException, InterruptedException {
        container(idOrName, context).resume();
        changes.kick();
    }

    @Override
    public Snapshot snapshot(String idOrName, String tag, TaskContext context)
            throws BerthException, InterruptedException {
        SessionRecord found = record(idOrName);
        try (SessionFiles.Hold ignored = files.hold(found)) {
            SessionRecord record = reread(found);
            Container container = states.container(record, context).orElseThrow(() -> gone(record));
            return snapshots.take(record, container, record, tag, context);
        } catch (IOException e) {
            throw Errors.files(e);
        }
    }

    @Override
    public List<Snapshot> snapshots(String idOrName) throws BerthException, InterruptedException {
        return snapshots.of(record(idOrName));
    }

    @Override
    public void removeSnapshot(String idOrName, String tag, TaskContext context)
            throws BerthException, InterruptedException {
        snapshots.remove(record(idOrName), tag, context);
    }

    @Override
    public SessionInfo restore(String idOrName, String tag, TaskContext context)
            throws BerthException, InterruptedException {
        SessionRecord found = record(idOrName);
        Snapshot snapshot = snapshots.find(found, tag);
        Recipe recipe = recipe(found.recipe());
        Engines.Usable engine = Engines.choose(engines, found.engine(), "", context);
        try (SessionFiles.Hold ignored = files.hold(found)) {
            SessionRecord record = reread(found);
            Optional<Container> old = states.container(record, context);
            return starter.replace(record, old, recipe, engine, snapshot.image(), context)
                    .info(SessionState.RUNNING);
        } catch (IOException e) {
            throw Errors.files(e);
        } finally {
            changes.kick();
        }
    }

    @Override
    public SessionInfo copy(String idOrName, String name, boolean ephemeral, TaskContext context)
            throws BerthException, InterruptedException {
        SessionRecord source = record(idOrName);
        Recipe recipe = recipe(source.recipe());
        Engines.Usable engine = Engines.choose(engines, source.engine(), "", context);
        SessionStarter.Origin origin = (copy, inner) -> {
            try (SessionFiles.Hold ignored = files.hold(source)) {
                Container container = states.container(source, inner).orElseThrow(() -> gone(source));
                return snapshots
                        .take(source, container, copy, Snapshots.ORIGIN, inner)
                        .image();
            }
        };
        try {
            return starter.start(source.request(name, ephemeral), recipe, engine, origin, context)
                    .info(SessionState.RUNNING);
        } catch (IOException e) {
            throw Errors.files(e);
        } finally {
            changes.kick();
        }
    }

    private Recipe recipe(String id) throws BerthException, InterruptedException {
        return recipes.find(id).orElseThrow(() -> unknownRecipe(id));
    }

    @Override
    public Container container(String idOrName, TaskContext context) throws BerthException, InterruptedException {
        return running(record(idOrName), context);
    }

    private Container running(SessionRecord record, TaskContext context) throws BerthException, InterruptedException {
        Container container = states.container(record, context).orElseThrow(() -> Errors.notRunning(record));
        ContainerState state = container.state();
        if (state != ContainerState.RUNNING && state != ContainerState.PAUSED) {
            throw Errors.notRunning(record);
        }
        return container;
    }

    @Override
    public String user(String idOrName) throws BerthException, InterruptedException {
        return record(idOrName).user();
    }

    @Override
    public Map<String, String> environment(String idOrName) throws BerthException, InterruptedException {
        record(idOrName);
        return GuestScript.desktopEnvironment();
    }

    @Override
    public String failure(String idOrName) throws BerthException, InterruptedException {
        SessionRecord record = record(idOrName);
        Optional<SessionInfo> info = states.look(record);
        return info.isPresent() && info.get().state() == SessionState.FAILED
                ? reread(record).failure()
                : "";
    }

    @Override
    public ContainerStats stats(String idOrName) throws BerthException, InterruptedException {
        return container(idOrName, TaskContext.silent()).stats();
    }

    @Override
    public InputStream logs(String idOrName, boolean follow) throws BerthException, InterruptedException {
        SessionRecord record = record(idOrName);
        Container container = states.container(record, TaskContext.silent()).orElseThrow(() -> gone(record));
        return container.logs(follow);
    }

    @Override
    public SessionDisplay join(String idOrName, FrameBuffer frame, DisplayListener listener, TaskContext context)
            throws BerthException, InterruptedException {
        SessionRecord record = record(idOrName);
        Container first = running(record, context);
        if (!record.shares().isEmpty() && !shares.has(record.id())) {
            Engines.Usable engine = Engines.choose(engines, record.engine(), "", context);
            shares.prepare(record, engine.report().capabilities(), context);
            shares.attach(record.id(), first, context);
        }
        return displays.of(record, inner -> running(record, inner), frame, listener, context);
    }

    @Override
    public SessionDisplay view(
            String address, Credentials credentials, FrameBuffer frame, DisplayListener listener, TaskContext context)
            throws BerthException, InterruptedException {
        return displays.at(address, credentials, frame, listener, context);
    }

    @Override
    public Optional<AudioStream> attachAudio(String idOrName, AudioSettings settings, TaskContext context)
            throws BerthException, InterruptedException {
        SessionRecord record = record(idOrName);
        Optional<AudioBridge> bridge = audioBridges.stream()
                .filter(candidate -> candidate.scheme().equals("pulse"))
                .findFirst();
        if (bridge.isEmpty() || record.sound().equals("none")) {
            return Optional.empty();
        }
        AudioStream joined =
                bridge.get().attach(running(record, context).endpoint(GuestScript.SOUND), settings, context);
        return Optional.of(new SoundReport(joined, files.folder(record.id())));
    }

    @Override
    public Optional<AudioStatistics> sound(String idOrName) throws BerthException {
        try {
            return SoundReport.read(files.folder(record(idOrName).id()));
        } catch (IOException e) {
            throw Errors.files(e);
        }
    }

    @Override
    public List<StageTime> timings(String idOrName) {
        try {
            return lookUp(idOrName).map(SessionRecord::timings).orElse(List.of());
        } catch (BerthException e) {
            return List.of();
        }
    }

    @Override
    public Registration onChange(Consumer<SessionInfo> listener) {
        return changes.listen(listener);
    }

    private SessionRecord record(String idOrName) throws SessionException {
        return lookUp(idOrName).orElseThrow(() -> Errors.unknown(idOrName));
    }

    private Optional<SessionRecord> lookUp(String idOrName) throws SessionException {
        try {
            return files.all().stream()
                    .filter(record ->
                            record.id().equals(idOrName) || record.name().equals(idOrName))
                    .findFirst();
        } catch (IOException e) {
            throw Errors.files(e);
        }
    }

    private SessionRecord reread(SessionRecord record) throws SessionException {
        try {
            return files.read(record.id()).orElseThrow(() -> Errors.unknown(record.name()));
        } catch (IOException e) {
            throw Errors.files(e);
        }
    }
}
