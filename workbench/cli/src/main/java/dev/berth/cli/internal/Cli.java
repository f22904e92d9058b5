/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.host.HostProbe;
import dev.berth.api.share.FileShareServer;
import dev.berth.api.ui.workbench.WorkbenchWindow;
import dev.berth.images.ImageBuilder;
import dev.berth.images.ImageStore;
import dev.berth.images.ImageTransfer;
import dev.berth.images.RecipeBook;
import dev.berth.platform.task.TaskRunner;
import dev.berth.plugins.PluginManager;
import dev.berth.sessions.SessionManager;
import dev.berth.updates.SoftwareUpdates;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The application that the launcher runs: takes the arguments from the framework property {@code berth.args} and returns the
 * exit code. Services are looked up when a command needs them, so that none pays for what it does not use; each is optional,
 * so that a missing one is an error in plain words and not a command line that never appears.
 */
@Component(
        service = Callable.class,
        property = "berth.main:Boolean=true",
        reference = {
            @Reference(
                    name = Cli.SESSIONS,
                    service = SessionManager.class,
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.STORE,
                    service = ImageStore.class,
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.BUILDER,
                    service = ImageBuilder.class,
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.TRANSFER,
                    service = ImageTransfer.class,
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.RECIPES,
                    service = RecipeBook.class,
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.PLUGINS,
                    service = PluginManager.class,
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.UPDATES,
                    service = SoftwareUpdates.class,
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.PLUGIN_FOLDERS,
                    service = Consumer.class,
                    target = "(berth.plugin.folder=true)",
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.TASKS,
                    service = TaskRunner.class,
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.ENGINES,
                    service = ContainerEngine.class,
                    cardinality = ReferenceCardinality.MULTIPLE,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.PROBES,
                    service = HostProbe.class,
                    cardinality = ReferenceCardinality.MULTIPLE,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.SHARE_SERVERS,
                    service = FileShareServer.class,
                    cardinality = ReferenceCardinality.MULTIPLE,
                    policy = ReferencePolicy.DYNAMIC),
            @Reference(
                    name = Cli.WINDOW,
                    service = WorkbenchWindow.class,
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC,
                    policyOption = ReferencePolicyOption.GREEDY),
            @Reference(
                    name = Cli.WINDOW_LEVEL,
                    service = Runnable.class,
                    target = "(berth.window=true)",
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policy = ReferencePolicy.DYNAMIC)
        })
public final class Cli implements Callable<Integer> {

    static final String SESSIONS = "sessions";
    static final String STORE = "store";
    static final String BUILDER = "builder";
    static final String TRANSFER = "transfer";
    static final String RECIPES = "recipes";
    static final String PLUGINS = "plugins";
    static final String UPDATES = "updates";
    static final String PLUGIN_FOLDERS = "pluginFolders";
    static final String TASKS = "tasks";
    static final String ENGINES = "engines";
    static final String PROBES = "probes";
    static final String SHARE_SERVERS = "shareServers";
    static final String WINDOW = "window";
    static final String WINDOW_LEVEL = "windowLevel";

    private final ComponentContext context;

    /** For the framework. */
    @Activate
    public Cli(ComponentContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String json = Objects.requireNonNullElse(context.getBundleContext().getProperty("berth.args"), "[]");
        // Output is UTF-8 whatever the locale says, as is all that Berth reads and writes.
        try (PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
                PrintStream err =
                        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)) {
            Console console = new Console(out, err, System.in, Terminal.isTerminal(2));
            return new Commands(new ComponentServices(context), console).run(Json.readStrings(json));
        }
    }
}
