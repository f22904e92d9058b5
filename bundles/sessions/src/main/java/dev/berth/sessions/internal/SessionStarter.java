/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.engine.Resources;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.SessionException;
import dev.berth.api.image.Digest;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.SessionDefaults;
import dev.berth.api.share.PreparedShare;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.images.ImageBuilder;
import dev.berth.images.ImageStore;
import dev.berth.images.StoredImage;
import dev.berth.platform.home.HomeLock;
import dev.berth.sessions.SessionRequest;
import dev.berth.sessions.internal.SessionRecord.Launch;
import dev.berth.sessions.internal.SessionRecord.Phase;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from a recipe to a session whose display answers. */
final class SessionStarter {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStarter.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    /** On a machine under heavy load a display server takes some ten seconds; the guest itself gives up after thirty. */
    private static final Duration DISPLAY_LIMIT = Duration.ofSeconds(60);

    /** Far above what a desktop uses, far below what would take the host down. */
    private static final long PROCESSES = 8192;

    private static final long BUILD_WEIGHT = 80;
    private static final long CONTAINER_WEIGHT = 5;
    private static final long DISPLAY_WEIGHT = 15;

    private final SessionFiles files;
    private final ImageStore store;
    private final ImageBuilder builder;
    private final Shares shares;

    SessionStarter(SessionFiles files, ImageStore store, ImageBuilder builder, Shares shares) {
        this.files = files;
        this.store = store;
        this.builder = builder;
        this.shares = shares;
    }

    /** What a new session is made from. */
    @FunctionalInterface
    interface Origin {

        /** Finds or makes the image for a session that has a name now. */
        Digest image(SessionRecord record, TaskContext context)
                throws BerthException, IOException, InterruptedException;
    }

    /** Makes a session from its recipe's image and starts it; nothing of it is left when that fails early. */
    SessionRecord start(SessionRequest request, Recipe recipe, Engines.Usable engine, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Stages stages = new Stages();
        Origin origin =
                (record, inner) -> image(recipe, engine.engine(), stages, inner).digest();
        return start(request, recipe, engine, origin, stages, context);
    }

    /** Makes a session from an image that {@code origin} gives, with what the recipe says of sessions, and starts it. */
    SessionRecord start(
            SessionRequest request, Recipe recipe, Engines.Usable engine, Origin origin, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        return start(request, recipe, engine, origin, new Stages(), context);
    }

    /** When this throws before the session's container has run, nothing of it is left. */
    private SessionRecord start(
            SessionRequest request,
            Recipe recipe,
            Engines.Usable engine,
            Origin origin,
            Stages stages,
            TaskContext context)
            throws BerthException, IOException, InterruptedException {
        context.progress().start(BUILD_WEIGHT + CONTAINER_WEIGHT + DISPLAY_WEIGHT, Unit.PARTS, "Looking for the image");
        SessionRecord record = reserve(request, recipe, engine.engine().id(), context);
        try (SessionFiles.Hold ignored = files.hold(record)) {
            boolean kept = false;
            try {
                Digest image = origin.image(record, context);
                record = record.withImage(image.toString());
                files.write(record);
                Container container = create(record, recipe, image, engine, context);
                kept = true;
                return run(record, container, stages, context);
            } catch (InterruptedException e) {
                discard(record, engine.engine());
                throw e;
            } finally {
                if (!kept) {
                    files.delete(record.id());
                }
            }
        }
    }

    /** Starts the container of a session that was stopped. */
    SessionRecord restart(SessionRecord record, Container container, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Stages stages = new Stages();
        context.progress().start(CONTAINER_WEIGHT + DISPLAY_WEIGHT, Unit.PARTS, "Starting the container");
        SessionRecord starting = record.with(Phase.STARTING);
        files.write(starting);
        try {
            return run(starting, container, stages, context);
        } catch (InterruptedException e) {
            Thread.interrupted();
            container.stop(Duration.ZERO, TaskContext.silent());
            files.write(record.with(Phase.DOWN));
            throw e;
        }
    }

    /** Makes a session's container anew from an image, in place of {@code old}, and starts it. */
    SessionRecord replace(
            SessionRecord record,
            Optional<Container> old,
            Recipe recipe,
            Engines.Usable engine,
            Digest image,
            TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Stages stages = new Stages();
        context.progress().start(CONTAINER_WEIGHT + DISPLAY_WEIGHT, Unit.PARTS, "Unpacking the image");
        try (ImageStore.OpenImage open = store.open(image)) {
            // What can fail for want of space or rights, while there still is something to go back to.
            engine.engine().load(open, context.with(context.progress().child(0, "Unpacking the image")));
        }
        SessionRecord starting = record.withImage(image.toString()).with(Phase.STARTING);
        if (old.isPresent()) {
            old.get().stop(Duration.ZERO, context);
            shares.close(record.id());
            old.get().remove(context);
        }
        files.write(starting);
        files.prepare(record.id());
        return run(starting, create(starting, recipe, image, engine, context), stages, context);
    }

    private SessionRecord reserve(SessionRequest request, Recipe recipe, String engine, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        if (!request.name().isEmpty() && !NAME.matcher(request.name()).matches()) {
            throw new SessionException(
                    "session.name",
                    ErrorKind.INVALID,
                    "A session cannot be named " + request.name() + ".",
                    "",
                    Remedy.advice("Use letters, digits, hyphens, dots and underscores."),
                    null);
        }
        try (HomeLock ignored = HomeLock.acquire(files.namesLock(), () -> {}, context)) {
            Set<String> taken = files.all().stream()
                    .flatMap(other -> java.util.stream.Stream.of(other.name(), other.id()))
                    .collect(Collectors.toSet());
            String name = request.name();
            for (int n = 1; name.isEmpty(); n++) {
                String candidate = recipe.id() + "-" + n;
                name = taken.contains(candidate) ? "" : candidate;
            }
            if (taken.contains(name)) {
                throw new SessionException(
                        "session.exists",
                        ErrorKind.INVALID,
                        "There is a session named " + name + " already.",
                        "",
                        Remedy.advice("Choose another name, or remove it with berth session rm " + name + "."),
                        null);
            }
            String id = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
            SessionDefaults defaults = recipe.session();
            SessionRecord record = new SessionRecord(
                    id,
                    name,
                    request.recipe(),
                    engine,
                    "",
                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                    request.ephemeral(),
                    defaults.user(),
                    defaults.display(),
                    defaults.sound(),
                    request.shares(),
                    Launch.of(request),
                    Phase.STARTING,
                    "",
                    List.of());
            files.create(id);
            files.write(record);
            return record;
        }
    }

    private StoredImage image(Recipe recipe, ContainerEngine engine, Stages stages, TaskContext context)
            throws BerthException, InterruptedException {
        Optional<StoredImage> existing = builder.existing(recipe);
        stages.end("resolve");
        if (existing.isPresent()) {
            context.progress().add(BUILD_WEIGHT);
            return existing.get();
        }
        TaskContext part = context.with(context.progress().child(BUILD_WEIGHT, "Making the image " + recipe.id()));
        StoredImage image = builder.build(recipe, engine, false, part);
        stages.end("build");
        return image;
    }

    private Container create(
            SessionRecord record, Recipe recipe, Digest digest, Engines.Usable usable, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        context.progress().message("Making the container");
        ContainerEngine engine = usable.engine();
        if (GuestScript.asksForSystemd(recipe.session()) && !usable.report().can(EngineCapability.SYSTEMD)) {
            throw new SessionException(
                    "session.systemd",
                    ErrorKind.MISSING,
                    "The recipe " + recipe.id() + " asks for systemd, which " + engine.title()
                            + " cannot run as the first process here.",
                    "",
                    Remedy.advice("Run Berth as root on a host with control groups, or set \"init\": \"plain\" in a"
                            + " recipe that extends this one."),
                    null);
        }
        EngineImage image;
        Container container;
        try (ImageStore.OpenImage open = store.open(digest)) {
            image = engine.load(open, context.with(context.progress().child(CONTAINER_WEIGHT, "Unpacking the image")));
            SessionDefaults defaults = recipe.session();
            Launch launch = record.launch();
            int width = launch.width() > 0 ? launch.width() : defaults.width();
            int height = launch.height() > 0 ? launch.height() : defaults.height();
            GuestScript.install(files.runFolder(record.id()));
            ContainerSpec.Builder spec =
                    ContainerSpec.builder(record.id(), image, files.folder(record.id()), files.runFolder(record.id()));
            GuestScript.configure(spec, defaults, record.name(), width, height);
            spec.hostname(hostname(record.name()));
            spec.resources(new Resources(
                    launch.memoryBytes() > 0 ? launch.memoryBytes() : defaults.memoryBytes(),
                    launch.cpus() > 0 ? launch.cpus() : defaults.cpus(),
                    PROCESSES));
            spec.network(launch.network());
            for (PortMapping port : launch.ports()) {
                spec.port(port);
            }
            spec.label("dev.berth.session", record.name());
            spec.label("dev.berth.recipe", record.recipe());
            for (PreparedShare share : shares.prepare(record, usable.report().capabilities(), context)) {
                share.mounts().forEach(spec::mount);
            }
            container = engine.create(spec.build(), context);
        } catch (BerthException | IOException | InterruptedException | RuntimeException e) {
            shares.close(record.id());
            throw e;
        }
        return container;
    }

    /** A host name has letters, digits and hyphens only (RFC 1123). */
    private static String hostname(String name) {
        String plain = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
        plain = plain.replaceAll("-+$", "");
        return plain.isEmpty() ? "berth" : plain;
    }

    private SessionRecord run(SessionRecord record, Container container, Stages stages, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        try {
            context.progress().message("Starting the container");
            GuestScript.install(files.runFolder(record.id()));
            container.start(context);
            stages.end("container");
            shares.attach(record.id(), container, context);
            context.progress().message("Waiting for the display");
            awaitDisplay(record, container, context);
            stages.end("display");
            context.progress().add(DISPLAY_WEIGHT);
        } catch (BerthException e) {
            container.stop(Duration.ZERO, TaskContext.silent());
            shares.close(record.id());
            files.write(record.with(Phase.FAILED, e.summary()).withTimings(stages.times()));
            throw e;
        }
        SessionRecord up = record.with(Phase.UP).withTimings(stages.times());
        files.write(up);
        return up;
    }

    private void awaitDisplay(SessionRecord record, Container container, TaskContext context)
            throws BerthException, InterruptedException {
        long deadline = System.nanoTime() + DISPLAY_LIMIT.toNanos();
        long stateAt = System.nanoTime() + 500_000_000;
        while (true) {
            context.checkCancelled();
            BerthException last;
            try (ByteChannel channel = container.endpoint(GuestScript.DISPLAY).open(context)) {
                if (channel.isOpen()) {
                    return;
                }
                throw failed(record, container, "The display closed the connection.", null);
            } catch (SessionException e) {
                throw e;
            } catch (BerthException e) {
                last = e;
            } catch (IOException e) {
                // Only closing failed: it answered.
                return;
            }
            long now = System.nanoTime();
            if (now > stateAt) {
                stateAt = now + 500_000_000;
                if (container.state() == ContainerState.STOPPED) {
                    throw failed(record, container, "The session ended before its display came up.", last);
                }
            }
            if (now > deadline) {
                throw failed(
                        record,
                        container,
                        "The display did not come up within " + DISPLAY_LIMIT.toSeconds() + " seconds.",
                        last);
            }
            Thread.sleep(10);
        }
    }

    private static SessionException failed(
            SessionRecord record,
            Container container,
            String otherwise,
            @org.jspecify.annotations.Nullable BerthException cause)
            throws InterruptedException {
        String log = GuestScript.logTail(container);
        return new SessionException(
                "session.display",
                ErrorKind.FAILED,
                GuestScript.failure(log).orElse(otherwise),
                GuestScript.lastLines(log, 15),
                Remedy.advice("berth session logs " + record.name() + " shows what went on inside."),
                cause);
    }

    /** Takes away what a cancelled start made. */
    private void discard(SessionRecord record, ContainerEngine engine) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            shares.close(record.id());
            Optional<Container> container = engine.find(record.id(), TaskContext.silent());
            if (container.isPresent()) {
                container.get().remove(TaskContext.silent());
            }
            files.delete(record.id());
        } catch (BerthException e) {
            LOG.warn("What a cancelled start left is not all gone; it is cleaned up when the session is removed", e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
