/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.RecipeException;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ImageContent;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.task.Progress;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.images.internal.store.LocalImageStore;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a command in a container made from the layers so far, and takes what it changed as the next layer. */
final class BuildContainer {

    private static final Logger LOG = LoggerFactory.getLogger(BuildContainer.class);
    private static final Pattern ID = Pattern.compile("build-([a-z0-9-]+)-[0-9a-f]{8}");
    private static final int LAST_LINES = 20;
    private static final int LINE_LIMIT = 2000;
    private static final long POLL_MILLIS = 20;
    /** Long on a busy host, and only waited for when something else has gone wrong. */
    private static final long EXIT_CODE_MILLIS = 10_000;

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final BerthHome home;
    private final LocalImageStore store;
    private final ContainerEngine engine;
    private final String recipe;

    BuildContainer(BerthHome home, LocalImageStore store, ContainerEngine engine, String recipe) {
        this.home = home;
        this.store = store;
        this.engine = engine;
        this.recipe = recipe;
    }

    /** The recipe that a build container is of; empty if the id is none of a build container. */
    static Optional<String> recipe(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private Path folder(String id) {
        return folders(home).resolve(id);
    }

    /** Where the folders of build containers are, by container id. */
    static Path folders(BerthHome home) {
        return home.cache().resolve("build");
    }

    /** Runs the command; the layer is committed to {@code writing}. */
    LayerInfo run(
            BuildCommand command,
            ImageContent image,
            ImageConfig config,
            LocalImageStore.Writing writing,
            TaskContext context)
            throws BerthException, InterruptedException {
        EngineImage loaded = engine.load(image, context);
        String id = "build-" + recipe + "-" + UUID.randomUUID().toString().substring(0, 8);
        Path folder = folder(id);
        try {
            home.ensure(folder.resolve("run"));
            return run(spec(id, loaded, folder, command, config), command, writing, context);
        } catch (IOException e) {
            throw new RecipeException("recipe.build", "The build container cannot be prepared: " + e.getMessage(), e);
        } finally {
            deleteFolder(folder);
        }
    }

    private ContainerSpec spec(String id, EngineImage loaded, Path folder, BuildCommand command, ImageConfig config) {
        return ContainerSpec.builder(id, loaded, folder, folder.resolve("run"))
                .command(command.command())
                .environment("PATH", PATH)
                .environment("HOME", "/root")
                .environment("DEBIAN_FRONTEND", "noninteractive")
                .environment(config.environment())
                .environment(command.environment())
                .user("0:0")
                .workingFolder("/")
                .hostname("build")
                .network(command.network() ? NetworkSpec.OUTGOING : NetworkSpec.NONE)
                .label("dev.berth.build", recipe)
                .build();
    }

    private LayerInfo run(
            ContainerSpec spec, BuildCommand command, LocalImageStore.Writing writing, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Container container = engine.create(spec, context);
        try {
            container.start(context);
            Deque<String> last = follow(container, context);
            int status = exitCode(container, context);
            if (status != 0) {
                throw failed(command, status, last);
            }
            context.progress().message(command.title() + ": keeping the layer");
            try (LayerOutput layer = writing.writer().newLayer(command.title(), context)) {
                container.exportChanges(layer, context);
                return layer.commit();
            }
        } finally {
            remove(container);
        }
    }

    /** Passes the output on until the container ends; returns its last lines. */
    private static Deque<String> follow(Container container, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Deque<String> last = new ArrayDeque<>();
        Progress progress = context.progress();
        try (InputStream logs = container.logs(true);
                Registration closing = context.onCancel(logs);
                BufferedReader lines = new BufferedReader(new InputStreamReader(logs, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.length() > LINE_LIMIT ? line.substring(0, LINE_LIMIT) : line;
                if (text.isBlank()) {
                    continue;
                }
                progress.log(text);
                last.addLast(text);
                if (last.size() > LAST_LINES) {
                    last.removeFirst();
                }
                context.checkCancelled();
            }
        } catch (IOException e) {
            context.checkCancelled();
            throw e;
        }
        context.checkCancelled();
        return last;
    }

    private static int exitCode(Container container, TaskContext context) throws BerthException, InterruptedException {
        // The output may end a moment before the engine has seen the end of the process.
        for (ContainerState state = container.state();
                state == ContainerState.RUNNING || state == ContainerState.PAUSED;
                state = container.state()) {
            context.checkCancelled();
            Thread.sleep(POLL_MILLIS);
        }
        OptionalInt code = container.exitCode();
        // Nor need the engine have noted how it ended when the process is gone.
        for (long waited = 0; code.isEmpty() && waited < EXIT_CODE_MILLIS; waited += POLL_MILLIS) {
            context.checkCancelled();
            Thread.sleep(POLL_MILLIS);
            code = container.exitCode();
        }
        if (code.isEmpty()) {
            throw new RecipeException("recipe.build", "The build container ended, but nobody knows how.", null);
        }
        return code.getAsInt();
    }

    private static RecipeException failed(BuildCommand command, int status, Deque<String> last) {
        return new RecipeException(
                "recipe.step.failed",
                ErrorKind.FAILED,
                "The step \"" + command.title() + "\" failed with exit code " + status
                        + (last.isEmpty() ? "." : ": " + last.getLast()),
                String.join("\n", last),
                Remedy.advice("Steps before it are kept; the next build goes on here."),
                null);
    }

    /** Also after a cancel, which must leave no container. */
    private static void remove(Container container) {
        boolean interrupted = Thread.interrupted();
        try {
            container.remove(TaskContext.silent());
        } catch (BerthException e) {
            LOG.warn("Cannot remove the build container {}: {}", container.id(), e.detail(), e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void deleteFolder(Path folder) {
        try {
            AtomicFiles.deleteTree(folder);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}", folder, e);
        }
    }
}
