/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.workbench;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The workbench's window. A service of Berth's; having it shows nothing. */
@ProviderType
public interface WorkbenchWindow {

    /**
     * Shows the window and opens a tab for each of the named sessions that exist. Returns once the window is painted;
     * a second call brings it to the front. A session that does not run gets a tab that offers to start it.
     *
     * @throws java.awt.HeadlessException if there is no screen
     */
    @OnWorker
    void open(List<String> sessions) throws InterruptedException;

    /**
     * Shows the window with a tab that starts a session of a recipe and shows how that goes; as {@link #open} otherwise.
     *
     * @param recipe id of the recipe
     */
    @OnWorker
    void start(String recipe) throws InterruptedException;

    /**
     * Shows the window with a tab for any display; as {@link #open} otherwise.
     *
     * @param address such as {@code rfb://host:port}, {@code rfb+unix:/path}
     */
    @OnWorker
    void view(String address) throws InterruptedException;

    /** Waits until the person closed the window; returns at once when it is not open. */
    @OnWorker
    void awaitClosed() throws InterruptedException;

    /** Times since the start of the process at which things were first reached, in the order in which they came. */
    @AnyThread
    List<Mark> marks();

    /**
     * A point that start-up reached.
     *
     * @param name stable, for scripts: {@code windowShown}, {@code windowPainted}, {@code firstFrame}
     * @param millis since the process started
     */
    record Mark(String name, long millis) {}
}
