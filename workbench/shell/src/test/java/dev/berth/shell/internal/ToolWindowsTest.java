/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.api.host.HostProbe;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.TaskContext;
import java.awt.Toolkit;
import java.awt.datatransfer.DataFlavor;
import java.awt.event.KeyEvent;
import java.nio.file.Files;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.JList;
import org.assertj.swing.edt.GuiActionRunner;
import org.junit.jupiter.api.Test;

/** The tool windows: each opens by its key, shows what there is, and does what it offers. */
class ToolWindowsTest extends WindowTest {

    @Override
    protected void prepare() throws Exception {
        typeFast();
        Files.writeString(
                folder.resolve("berth.log"),
                "08:00:00 INFO  [main] Berth starts\n"
                        + "08:00:01 WARN  [main] a plugin is slow\n"
                        + "08:00:02 INFO  [main] up\n");
        host.add(new HostProbe() {
            @Override
            public String plugin() {
                return "engine-runc";
            }

            @Override
            public List<HostCheck> check(TaskContext context) {
                return List.of(
                        HostCheck.ok("kernel", "6.1"),
                        new HostCheck(
                                "runc",
                                HostCheck.Status.MISSING,
                                "No program that runs containers is installed.",
                                Remedy.installPackages("runc")),
                        new HostCheck(
                                "passt",
                                HostCheck.Status.LIMITED,
                                "Sessions have no network of their own without it.",
                                Remedy.installPackages("passt")));
            }
        });
    }

    @Test
    void logImagesMetricsAndProblemsShowWhatThereIs() throws Exception {
        await("what is missing, on the Welcome page", () -> sees("problem.runc"));
        picture("first-run-light");
        sessions.put("experiment", SessionState.RUNNING);
        workbench.open(List.of("experiment"));
        awaitFocus(desktop());
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_ALT, KeyEvent.VK_SHIFT, KeyEvent.VK_G);
        await("the keyboard is the window's", () -> !desktop().isFocusOwner());

        press(KeyEvent.VK_ALT, KeyEvent.VK_4);
        await("the session's log", () -> lines().contains("xfce4-session: up"));
        javax.swing.JComboBox<?> sources = window.comboBox("log.sources").target();
        int own = java.util.Arrays.asList(window.comboBox("log.sources").contents())
                .indexOf("Berth");
        GuiActionRunner.execute(() -> sources.setSelectedIndex(own));
        await("Berth's log", () -> lines().contains("08:00:02 INFO  [main] up"));
        Files.writeString(
                folder.resolve("berth.log"),
                "08:00:03 ERROR [main] on purpose\n",
                java.nio.file.StandardOpenOption.APPEND);
        await("what was written later", () -> lines().contains("08:00:03 ERROR [main] on purpose"));
        picture("log-light");
        window.textBox("log.filter").enterText("purpose");
        await("one line", () -> lines().equals(List.of("08:00:03 ERROR [main] on purpose")));
        click(window.button("log.copy"));
        await("the line on the clipboard", () -> copied().equals("08:00:03 ERROR [main] on purpose"));

        click(window.toggleButton("stripe.dev.berth.problems"));
        await("the tool window", () -> sees("toolwindow.dev.berth.problems"));
        await("two problems", () -> sees("problem.runc") && sees("problem.passt") && !sees("problem.kernel"));
        picture("problems-light");

        click(window.toggleButton("stripe.dev.berth.images"));
        await("two images", () -> window.table("images.table").rowCount() == 2);
        picture("images-light");
        click(window.button("images.prune"));
        await(
                "the question",
                () -> !robot.finder()
                        .findAll(c -> c instanceof javax.swing.JButton button
                                && "Delete 96 MiB".equals(button.getText())
                                && c.isShowing())
                        .isEmpty());
        robot.click(robot.finder()
                .find(c -> c instanceof javax.swing.JButton button
                        && "Delete 96 MiB".equals(button.getText())
                        && c.isShowing()));
        await("cleaned up", () -> window.label("images.total").text().contains("0 B of downloads"));

        click(window.toggleButton("stripe.dev.berth.metrics"));
        await(
                "processor and pictures",
                () -> told("plot.cpu").contains("%") && told("plot.memory").contains("MiB"));
        picture("metrics-light");
    }

    private static String copied() {
        try {
            return String.valueOf(
                    Toolkit.getDefaultToolkit().getSystemClipboard().getData(DataFlavor.stringFlavor));
        } catch (java.awt.datatransfer.UnsupportedFlavorException | java.io.IOException e) {
            // Still what was there before.
            return "";
        }
    }

    private String told(String plot) {
        return robot.finder().findAll(c -> plot.equals(c.getName()) && c.isShowing()).stream()
                .map(c -> ((JComponent) c).getAccessibleContext().getAccessibleDescription())
                .filter(text -> text != null)
                .findFirst()
                .orElse("");
    }

    private List<String> lines() {
        JList<?> list = (JList<?>) robot.finder().findByName("log.lines");
        return java.util.stream.IntStream.range(0, list.getModel().getSize())
                .mapToObj(i -> String.valueOf(list.getModel().getElementAt(i)))
                .toList();
    }
}
