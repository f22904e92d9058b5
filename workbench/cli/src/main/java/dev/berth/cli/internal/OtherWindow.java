/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.ui.workbench.WorkbenchWindow;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.window.WindowDoor;
import dev.berth.platform.window.WindowRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The window that another process of this home shows: it is asked, and this process need not stay. */
final class OtherWindow implements WorkbenchWindow {

    private final BerthHome home;

    OtherWindow(BerthHome home) {
        this.home = home;
    }

    /** Does for another process what it asked for, in a window of this one. */
    static void show(WorkbenchWindow window, WindowRequest request) {
        try {
            switch (request.kind()) {
                case OPEN -> window.open(request.values());
                case START -> window.start(request.values().get(0));
                case VIEW -> window.view(request.values().get(0));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(WindowRequest.Kind kind, List<String> values) {
        try {
            WindowDoor.ask(home, new WindowRequest(kind, values));
        } catch (IOException e) {
            throw new UncheckedIOException("The Berth that shows this home's window went away; start Berth again.", e);
        }
    }

    @Override
    public void open(List<String> sessions) {
        ask(WindowRequest.Kind.OPEN, sessions);
    }

    @Override
    public void start(String recipe) {
        ask(WindowRequest.Kind.START, List.of(recipe));
    }

    @Override
    public void view(String address) {
        ask(WindowRequest.Kind.VIEW, List.of(address));
    }

    /** Does not wait: that the window is there is the other process's affair. */
    @Override
    public void awaitClosed() {}

    /** None: the other process started long ago. */
    @Override
    public List<Mark> marks() {
        return List.of();
    }
}
