/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostProbe;
import dev.berth.api.share.FileShareServer;
import dev.berth.api.ui.workbench.WorkbenchWindow;
import dev.berth.images.ImageBuilder;
import dev.berth.images.ImageStore;
import dev.berth.images.ImageTransfer;
import dev.berth.images.RecipeBook;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.task.TaskRunner;
import dev.berth.platform.window.WindowDoor;
import dev.berth.plugins.PluginManager;
import dev.berth.sessions.SessionManager;
import dev.berth.updates.SoftwareUpdates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.ComponentContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services that the component runtime found. */
final class ComponentServices implements Services {

    /** The window's bundles are started by then; its service follows at once, or never. */
    private static final long WINDOW_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(ComponentServices.class);

    private final ComponentContext context;

    ComponentServices(ComponentContext context) {
        this.context = context;
    }

    private <T> T need(String reference, Class<T> type) throws BerthException {
        Object service = context.locateService(reference);
        if (service == null) {
            throw new BerthException(
                    "berth.incomplete",
                    ErrorKind.FAILED,
                    "A part of Berth is not there: " + type.getSimpleName() + ".",
                    "",
                    Remedy.advice("Look into logs/berth.log below the Berth home, or install Berth again."),
                    null);
        }
        return type.cast(service);
    }

    private <T> List<T> all(String reference, Class<T> type) {
        List<T> found = new ArrayList<>();
        Object[] services = context.locateServices(reference);
        if (services != null) {
            for (Object service : services) {
                found.add(type.cast(service));
            }
        }
        return found;
    }

    @Override
    public SessionManager sessions() throws BerthException {
        return need(Cli.SESSIONS, SessionManager.class);
    }

    @Override
    public ImageStore store() throws BerthException {
        return need(Cli.STORE, ImageStore.class);
    }

    @Override
    public ImageBuilder builder() throws BerthException {
        return need(Cli.BUILDER, ImageBuilder.class);
    }

    @Override
    public ImageTransfer transfer() throws BerthException {
        return need(Cli.TRANSFER, ImageTransfer.class);
    }

    @Override
    public RecipeBook recipes() throws BerthException {
        return need(Cli.RECIPES, RecipeBook.class);
    }

    @Override
    public PluginManager plugins() throws BerthException {
        return need(Cli.PLUGINS, PluginManager.class);
    }

    @Override
    public SoftwareUpdates updates() throws BerthException {
        return need(Cli.UPDATES, SoftwareUpdates.class);
    }

    @Override
    @SuppressWarnings("unchecked") // The property says what it takes.
    public void followBuild(Path folder) throws BerthException {
        ((Consumer<Path>) need(Cli.PLUGIN_FOLDERS, Consumer.class)).accept(folder);
    }

    @Override
    public TaskRunner tasks() throws BerthException {
        return need(Cli.TASKS, TaskRunner.class);
    }

    @Override
    public List<ContainerEngine> engines() {
        return all(Cli.ENGINES, ContainerEngine.class);
    }

    @Override
    public List<HostProbe> probes() {
        return all(Cli.PROBES, HostProbe.class);
    }

    @Override
    public List<FileShareServer> shareServers() {
        return all(Cli.SHARE_SERVERS, FileShareServer.class);
    }

    @Override
    public WorkbenchWindow window() throws BerthException, InterruptedException {
        BerthHome home = new BerthHome(Path.of(property(BerthHome.PROPERTY)));
        Optional<WindowDoor> door = Optional.empty();
        try {
            door = WindowDoor.claim(home);
            if (door.isEmpty()) {
                return new OtherWindow(home);
            }
        } catch (IOException e) {
            LOG.warn("A second start of Berth will not find this window", e);
        }
        WorkbenchWindow window = ownWindow();
        door.ifPresent(claimed -> claimed.listen(request -> OtherWindow.show(window, request)));
        return window;
    }

    private WorkbenchWindow ownWindow() throws BerthException, InterruptedException {
        Object starter = context.locateService(Cli.WINDOW_LEVEL);
        if (starter instanceof Runnable runnable) {
            runnable.run();
        }
        long deadline = System.nanoTime() + WINDOW_MILLIS * 1_000_000;
        while (context.locateService(Cli.WINDOW) == null && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        return need(Cli.WINDOW, WorkbenchWindow.class);
    }

    @Override
    public String property(String name) {
        return Objects.requireNonNullElse(context.getBundleContext().getProperty(name), "");
    }
}
