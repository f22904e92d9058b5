/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.session.SessionState;
import dev.berth.api.ui.edt.Edt;
import dev.berth.sessions.SessionRequest;
import java.awt.event.KeyEvent;
import java.nio.file.Path;
import java.util.Objects;
import javax.swing.text.JTextComponent;
import org.assertj.swing.finder.WindowFinder;
import org.assertj.swing.fixture.DialogFixture;
import org.assertj.swing.fixture.JComboBoxFixture;
import org.junit.jupiter.api.Test;

/** A new session as it is wished for. */
class NewSessionTest extends WindowTest {

    @Override
    protected void prepare() {
        typeFast();
    }

    @Test
    void asksForWhatIsWishedAndMarksWhatCannotBe() throws Exception {
        sessions.put("taken", SessionState.STOPPED);
        await("the session", () -> sessionsListed() == 1);
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_N);
        DialogFixture dialog = WindowFinder.findDialog("new.dialog").using(robot);
        dialog.button("new.start").requireEnabled();
        picture("new-light");
        dialog.textBox("new.name").setText("taken");
        dialog.textBox("new.cpus").setText("none");
        dialog.textBox("new.memory").setText("12");
        write(dialog.comboBox("new.screen"), "1920");
        click(dialog.button("new.folder"));
        dialog.textBox("folder.host").setText("/no/such/folder");
        dialog.textBox("folder.guest").setText("data");
        await("what is missing", () -> dialog.label("folder.error").text().contains("no such folder"));
        assertThat(dialog.label("new.name.error").text()).contains("taken");
        for (String field : new String[] {"screen", "cpus", "memory"}) {
            assertThat(dialog.label("new." + field + ".error").text()).as(field).isNotBlank();
        }
        dialog.button("new.start").requireDisabled();
        picture("new-wrong-light");
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.dark", true));
        picture("new-wrong-dark");
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.light", false));

        Edt.runAndWait(() -> dialog.comboBox("new.recipe").target().setSelectedIndex(1));
        dialog.textBox("new.name").setText("mine");
        write(dialog.comboBox("new.screen"), "1920 x 1080");
        dialog.textBox("new.cpus").setText("1,5");
        dialog.textBox("new.memory").setText("2 GiB");
        dialog.textBox("folder.host").setText(folder.toString());
        dialog.textBox("folder.guest").setText("/mnt/data");
        click(dialog.checkBox("folder.readOnly"));
        write(dialog.comboBox("new.network"), "lab");
        click(dialog.checkBox("new.ephemeral"));
        await("all is well", () -> dialog.button("new.start").isEnabled());
        sessions.mayFinish.release();
        click(dialog.button("new.start"));
        desktop();
        SessionRequest asked = Objects.requireNonNull(sessions.asked);
        assertThat(asked.recipe()).isEqualTo("debian-minimal");
        assertThat(asked.name()).isEqualTo("mine");
        assertThat(asked.width()).isEqualTo(1920);
        assertThat(asked.height()).isEqualTo(1080);
        assertThat(asked.cpus()).isEqualTo(1.5);
        assertThat(asked.memoryBytes()).isEqualTo(2L << 30);
        assertThat(asked.ephemeral()).isTrue();
        assertThat(asked.network()).isEqualTo(new NetworkSpec(NetworkSpec.Kind.NAMED, "lab"));
        assertThat(asked.shares()).singleElement().satisfies(share -> {
            assertThat(share.hostFolder()).isEqualTo(Path.of(folder.toString()));
            assertThat(share.guestPath()).isEqualTo("/mnt/data");
            assertThat(share.readOnly()).isTrue();
        });
    }

    private static void write(JComboBoxFixture box, String text) throws InterruptedException {
        Edt.runAndWait(() -> ((JTextComponent) box.target().getEditor().getEditorComponent()).setText(text));
    }
}
