/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.audio.AudioStatistics;
import dev.berth.api.audio.AudioStream;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.testkit.screen.VirtualScreen;
import java.awt.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JToggleButton;
import javax.swing.JToolBar;
import javax.swing.SwingUtilities;
import org.assertj.swing.edt.GuiActionRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VirtualScreen.class)
class SoundControlsTest {

    private final List<String> asked = new ArrayList<>();
    private final List<String> switched = new ArrayList<>();
    private final JToolBar bar = GuiActionRunner.execute(() -> new JToolBar());
    private final AudioStream stream = new AudioStream() {
        @Override
        public void volume(double volume) {
            asked.add("volume " + volume);
        }

        @Override
        public void mute(boolean muted) {
            asked.add("mute " + muted);
        }

        @Override
        public void microphone(boolean on) {
            asked.add("microphone " + on);
        }

        @Override
        public AudioStatistics statistics() {
            return new AudioStatistics("", 0, 0, 0, Duration.ZERO);
        }

        @Override
        public void close() {}
    };

    private Component part(String name) {
        return Stream.of(bar.getComponents())
                .filter(part -> name.equals(part.getName()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingCanBeSetBeforeThereIsSound() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            SoundControls sound = new SoundControls(new Icons(), () -> switched.add("switched"));
            sound.addTo(bar);
            assertThat(part("toolbar.sound").isEnabled()).isFalse();
            assertThat(part("toolbar.microphone").isEnabled()).isFalse();
            sound.toggleMicrophone();
            sound.attach(stream);
            assertThat(part("toolbar.sound").isEnabled()).isTrue();
            assertThat(asked).containsExactly("volume 1.0", "mute false", "microphone false");
        });
    }

    @Test
    void theMicrophoneIsSeenToBeOnAndIsOffAfterTheSoundWasLost() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            SoundControls sound = new SoundControls(new Icons(), () -> switched.add("switched"));
            sound.addTo(bar);
            sound.attach(stream);
            asked.clear();
            ((JToggleButton) part("toolbar.microphone")).doClick();
            assertThat(asked).containsExactly("microphone true");
            assertThat(part("toolbar.microphoneOn").isVisible()).isTrue();
            assertThat(sound.microphoneOn()).isTrue();
            assertThat(switched).hasSize(1);
            sound.attach(null);
            assertThat(switched).hasSize(2);
            assertThat(part("toolbar.microphoneOn").isVisible()).isFalse();
            asked.clear();
            sound.attach(stream);
            assertThat(asked).contains("microphone false");
        });
    }

    @Test
    void whatIsSilentStaysSilentWhenTheSoundComesBack() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            SoundControls sound = new SoundControls(new Icons(), () -> switched.add("switched"));
            sound.addTo(bar);
            sound.attach(stream);
            sound.toggleMute();
            assertThat(((JButton) part("toolbar.sound")).getToolTipText()).contains("muted");
            sound.attach(null);
            asked.clear();
            sound.attach(stream);
            assertThat(asked).containsExactly("volume 1.0", "mute true", "microphone false");
        });
    }
}
