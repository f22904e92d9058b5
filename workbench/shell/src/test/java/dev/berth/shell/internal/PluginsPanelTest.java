/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.ui.edt.Edt;
import dev.berth.plugins.InstalledPlugin.State;
import java.awt.Component;
import java.awt.Container;
import javax.swing.JButton;
import javax.swing.JTextField;
import org.junit.jupiter.api.Test;

/** The tool window of plugins: what there is, and all that can be done with it. */
class PluginsPanelTest extends WindowTest {

    private static final String CLOCK = "org.example.clock";

    @Override
    protected void prepare() {
        typeFast();
        plugins.put(
                PluginsDouble.info(CLOCK, "1.0.0", "Clock", "Shows what time it is in the guest.", "CN=Example Ltd"),
                State.RUNNING,
                "",
                false);
        plugins.put(
                PluginsDouble.info("org.example.lost", "2.3.1", "Lost", "Needs what is not here.", ""),
                State.FAILED,
                "it needs the package dev.berth.api.display 1.3, and this Berth has 1.2: update Berth.",
                true);
    }

    @Test
    void pluginsAreShownInstalledUpdatedSwitchedAndRemoved() throws Exception {
        click(window.toggleButton("stripe.dev.berth.plugins"));
        await("both", () -> sees("plugin." + CLOCK) && sees("plugin.org.example.lost"));
        picture("plugins-light");
        press(CLOCK, "plugin.update");
        await("the update", () -> plugins.version(CLOCK).equals("1.1.0"));
        await("the way back", () -> sees(button(CLOCK, "plugin.rollBack")));
        press(CLOCK, "plugin.rollBack");
        await("the version before", () -> plugins.version(CLOCK).equals("1.0.0"));
        await("its row", () -> sees(button(CLOCK, "plugin.disable")));
        press(CLOCK, "plugin.disable");
        await("it is off", () -> plugins.state(CLOCK) == State.DISABLED);
        await("its row", () -> sees(button(CLOCK, "plugin.enable")));

        Edt.runAndWait(() -> ((JTextField) robot.finder().findByName("plugins.source")).setText("/tmp/fresh.jar"));
        click(window.button("plugins.install"));
        answer("Install");
        await("the new one", () -> plugins.all.containsKey("org.example.fresh") && sees("plugin.org.example.fresh"));

        Edt.runAndWait(() -> ((JTextField) robot.finder().findByName("plugins.source")).setText(folder.toString()));
        click(window.button("plugins.install"));
        await("the offer", () -> sees("plugin.org.example.offered.offer"));
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.dark", true));
        picture("plugins-dark");
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.light", false));

        press("org.example.lost", "plugin.remove");
        answer("Remove");
        await("it is gone", () -> !plugins.all.containsKey("org.example.lost") && !sees("plugin.org.example.lost"));
        assertThat(plugins.all).containsOnlyKeys(CLOCK, "org.example.fresh");
    }

    private void answer(String words) {
        await("the question", () -> dialogButton(words) != null);
        if (words.equals("Install")) {
            try {
                picture("plugin-trust-light");
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        }
        JButton yes = java.util.Objects.requireNonNull(dialogButton(words));
        Edt.runLater(() -> yes.doClick(0));
        robot.waitForIdle();
    }

    private @org.jspecify.annotations.Nullable JButton dialogButton(String words) {
        return robot
                .finder()
                .findAll(c -> c instanceof JButton button
                        && words.equals(button.getText())
                        && button.isShowing()
                        && javax.swing.SwingUtilities.getWindowAncestor(button) instanceof javax.swing.JDialog)
                .stream()
                .map(JButton.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static boolean sees(Component component) {
        return component.isShowing();
    }

    private JButton button(String plugin, String name) {
        Container row = (Container) robot.finder().findByName("plugin." + plugin);
        return (JButton) robot.finder().findByName(row, name);
    }

    private void press(String plugin, String name) {
        JButton button = button(plugin, name);
        Edt.runLater(() -> button.doClick(0));
        robot.waitForIdle();
    }
}
