/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.OnEdt;
import dev.berth.api.task.TaskContext;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.tools.ProblemsPanel;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** The tab that greets: recipes to start, and what is missing as long as no desktop can run. */
@OnEdt
final class WelcomeTab {

    private final WorkbenchFrame window;
    private final SessionModel model;
    private @Nullable WelcomePanel page;

    WelcomeTab(WorkbenchFrame window, SessionModel model) {
        this.window = window;
        this.model = model;
    }

    /** Brings it to the front. */
    void show() {
        if (page == null) {
            WelcomePanel made = new WelcomePanel(
                    window.services().recipes(),
                    window.background(),
                    window.icons(),
                    window::start,
                    window::newSession);
            page = made;
            lookForWhatIsMissing(made);
            window.dock().add(made, Texts.of("welcome.tab"), window.icons().of("welcome"), this::close);
        } else {
            window.dock().select(page);
        }
    }

    private void lookForWhatIsMissing(WelcomePanel made) {
        window.background()
                .ask(
                        () -> window.services().host().look(TaskContext.silent()),
                        report -> {
                            if (!report.ready() && !report.problems().isEmpty()) {
                                made.missing(new ProblemsPanel(new ToolHost(window, model), badge -> {}, again -> {
                                    if (again.ready()) {
                                        made.missing(null);
                                    }
                                }));
                            }
                        },
                        error -> {});
    }

    boolean is(JComponent view) {
        return view.equals(page);
    }

    /** Closes it; one tab is always left. */
    void close() {
        if (page != null) {
            window.dock().remove(page);
            page = null;
        }
        window.keepOneTab();
    }
}
