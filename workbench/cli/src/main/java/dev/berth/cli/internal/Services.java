/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.error.BerthException;
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
import java.nio.file.Path;
import java.util.List;

/** What the commands work with; each is looked up when it is asked for. */
interface Services {

    SessionManager sessions() throws BerthException;

    ImageStore store() throws BerthException;

    ImageBuilder builder() throws BerthException;

    ImageTransfer transfer() throws BerthException;

    RecipeBook recipes() throws BerthException;

    PluginManager plugins() throws BerthException;

    SoftwareUpdates updates() throws BerthException;

    TaskRunner tasks() throws BerthException;

    List<ContainerEngine> engines();

    List<HostProbe> probes();

    List<FileShareServer> shareServers();

    /** Starts what makes up the window if it is not there yet. */
    WorkbenchWindow window() throws BerthException, InterruptedException;

    /** Takes up the plugins that are built into a folder, and swaps each when it is built again. */
    void followBuild(Path folder) throws BerthException;

    /** A framework property; empty when it is not set. */
    String property(String name);
}
