/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.host.HostProbe;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.command.Command;
import dev.berth.api.ui.settings.SettingsPage;
import dev.berth.api.ui.status.StatusWidget;
import dev.berth.api.ui.theme.Theme;
import dev.berth.api.ui.toolwindow.ToolWindowFactory;
import dev.berth.api.ui.workbench.WorkbenchWindow;
import dev.berth.images.ImageStore;
import dev.berth.images.RecipeBook;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.platform.task.TaskRunner;
import dev.berth.plugins.PluginManager;
import dev.berth.sessions.SessionManager;
import dev.berth.sessions.files.GuestFiles;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Themes;
import dev.berth.shell.internal.model.Contributed;
import dev.berth.shell.internal.model.HostChecks;
import dev.berth.shell.internal.model.ShellServices;
import dev.berth.shell.internal.model.ToolWindowEntry;
import dev.berth.shell.internal.view.Workbench;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The window as a service, and the contributions of plugins on their way into it. */
@Component(service = WorkbenchWindow.class)
public final class ShellWindow implements WorkbenchWindow {

    private final Icons icons = new Icons();
    private final Themes themes = new Themes();
    private final Contributed contributed = new Contributed();
    private final HostChecks host = new HostChecks();
    private final Map<ServiceReference<?>, Registration> registered = new ConcurrentHashMap<>();
    private final ContributedBundles bundles;
    private final Contributions contributions;
    private final Workbench workbench;

    /** Gathers contributions; shows nothing. */
    @Activate
    public ShellWindow(
            BundleContext context,
            @Reference SessionManager sessions,
            @Reference GuestFiles files,
            @Reference RecipeBook recipes,
            @Reference TaskRunner tasks,
            @Reference SettingsStore settings,
            @Reference ImageStore images,
            @Reference PluginManager plugins,
            @Reference BerthHome home) {
        contributed.conduct().origin(new PluginOrigin(context, home.plugins())::of);
        bundles = new ContributedBundles(context, themes, icons);
        contributions = new Contributions(context, contributed.commands());
        workbench = new Workbench(
                new ShellServices(
                        sessions,
                        files,
                        recipes,
                        tasks,
                        settings,
                        images,
                        host,
                        plugins,
                        home.root().resolve("logs").resolve("berth.log")),
                icons,
                themes,
                contributed,
                SystemTone::isDark);
        bundles.open();
    }

    @Deactivate
    void deactivate() {
        workbench.dispose();
        bundles.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCommand(ServiceReference<Command> reference) {
        registered.put(reference, contributions.command(reference));
    }

    void removeCommand(ServiceReference<Command> reference) {
        unregister(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addToolWindow(ServiceReference<ToolWindowFactory> reference) {
        ToolWindowEntry entry = contributions.toolWindow(reference);
        workbench.addToolWindow(entry);
        registered.put(reference, () -> workbench.removeToolWindow(entry));
    }

    void removeToolWindow(ServiceReference<ToolWindowFactory> reference) {
        unregister(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTheme(Theme theme) {
        themes.add(theme);
    }

    void removeTheme(Theme theme) {
        themes.remove(theme);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSettingsPage(ServiceReference<SettingsPage> reference) {
        SettingsPage page = contributions.settingsPage(reference);
        registered.put(reference, contributed.pages().add(page, contributions.ownerOf(reference)));
    }

    void removeSettingsPage(ServiceReference<SettingsPage> reference) {
        unregister(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addStatusWidget(ServiceReference<StatusWidget> reference, StatusWidget widget) {
        registered.put(reference, contributed.status().add(widget, contributions.ownerOf(reference)));
    }

    void removeStatusWidget(ServiceReference<StatusWidget> reference) {
        unregister(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addEngine(ContainerEngine engine) {
        host.add(engine);
    }

    void removeEngine(ContainerEngine engine) {
        host.remove(engine);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProbe(HostProbe probe) {
        host.add(probe);
    }

    void removeProbe(HostProbe probe) {
        host.remove(probe);
    }

    private void unregister(ServiceReference<?> reference) {
        Registration registration = registered.remove(reference);
        if (registration != null) {
            registration.close();
        }
    }

    @Override
    public void open(List<String> sessions) throws InterruptedException {
        workbench.open(sessions);
    }

    @Override
    public void start(String recipe) throws InterruptedException {
        workbench.start(recipe);
    }

    @Override
    public void view(String address) throws InterruptedException {
        workbench.view(address);
    }

    @Override
    public void awaitClosed() throws InterruptedException {
        workbench.awaitClosed();
    }

    @Override
    public List<Mark> marks() {
        return workbench.marks();
    }
}
