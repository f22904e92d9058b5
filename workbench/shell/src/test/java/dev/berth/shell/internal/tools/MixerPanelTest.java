/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.audio.AudioStatistics;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.audio.GuestStream;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.model.Background;
import dev.berth.testkit.screen.VirtualScreen;
import java.awt.Component;
import java.awt.Container;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import javax.swing.JCheckBox;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JProgressBar;
import javax.swing.JSlider;
import javax.swing.JToggleButton;
import org.assertj.swing.edt.GuiActionRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VirtualScreen.class)
class MixerPanelTest {

    private static final SessionInfo SESSION = new SessionInfo(
            "id-1",
            "desk",
            SessionState.RUNNING,
            "debian-xfce",
            "runc",
            "sha256:0",
            Instant.parse("2026-11-23T03:00:00Z"));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile List<GuestStream> streams = List.of(
            new GuestStream(7, "Firefox", "A film", 0.5, false, 0.9),
            new GuestStream(9, "<html><b>Bold", "", 1.2, true, 0));
    private volatile boolean microphone;

    private final AudioStream stream = new AudioStream() {
        @Override
        public void volume(double volume) {}

        @Override
        public void mute(boolean muted) {}

        @Override
        public void microphone(boolean on) {}

        @Override
        public AudioStatistics statistics() {
            return new AudioStatistics("", 0, 0, 0, Duration.ZERO);
        }

        @Override
        public double level() {
            return 0.25;
        }

        @Override
        public List<GuestStream> streams() {
            return streams;
        }

        @Override
        public void streamVolume(long id, double volume) {
            asked.add("volume " + id + " " + volume);
        }

        @Override
        public void streamMute(long id, boolean muted) {
            asked.add("mute " + id + " " + muted);
        }

        @Override
        public void close() {}
    };

    private final SoundDesk desk = new SoundDesk() {
        @Override
        public AudioStream stream() {
            return stream;
        }

        @Override
        public int volume() {
            return 80;
        }

        @Override
        public void volume(int percent) {
            asked.add("session " + percent);
        }

        @Override
        public boolean muted() {
            return false;
        }

        @Override
        public void toggleMute() {
            asked.add("session mute");
        }

        @Override
        public boolean microphone() {
            return microphone;
        }

        @Override
        public void toggleMicrophone() {
            microphone = !microphone;
        }
    };

    private static <T> @Nullable T search(Container in, Class<T> type, String name) {
        for (Component part : in.getComponents()) {
            if (type.isInstance(part) && name.equals(part.getName())) {
                return type.cast(part);
            }
            T below = part instanceof Container inner ? search(inner, type, name) : null;
            if (below != null) {
                return below;
            }
        }
        return null;
    }

    private static <T> T find(Container in, Class<T> type, String name) {
        return Objects.requireNonNull(search(in, type, name), name);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!GuiActionRunner.execute(() -> condition.getAsBoolean())) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void applicationsAreShownAndSet() throws Exception {
        List<Registration> closing = new CopyOnWriteArrayList<>();
        try (Background background = new Background()) {
            Icons icons = new Icons();
            Host host = (Host) Proxy.newProxyInstance(
                    Host.class.getClassLoader(),
                    new Class<?>[] {Host.class},
                    (proxy, method, args) -> switch (method.getName()) {
                        case "icons" -> icons;
                        case "background" -> background;
                        case "front" -> Optional.of(SESSION);
                        case "sound" -> Optional.of(desk);
                        default -> throw new AssertionError(method.getName());
                    });
            ToolWindowContext context = (ToolWindowContext) Proxy.newProxyInstance(
                    Host.class.getClassLoader(), new Class<?>[] {ToolWindowContext.class}, (proxy, method, args) -> {
                        closing.add((Registration) args[0]);
                        return null;
                    });
            JFrame frame = GuiActionRunner.execute(() -> {
                JFrame fresh = new JFrame();
                fresh.add(new MixerPanel(host, context));
                fresh.setSize(700, 300);
                fresh.setVisible(true);
                return fresh;
            });
            try {
                Container all = frame.getContentPane();
                await(() -> search(all, JSlider.class, "mixer.stream.7.volume") != null);
                GuiActionRunner.execute(() -> {
                    assertThat(find(all, JLabel.class, "mixer.stream.7.words").getText())
                            .contains("Firefox")
                            .contains("A film");
                    assertThat(find(all, JProgressBar.class, "mixer.stream.7.level")
                                    .getValue())
                            .isBetween(95, 100);
                    assertThat(find(all, JSlider.class, "mixer.stream.7.volume").getValue())
                            .isEqualTo(50);
                    assertThat(find(all, JToggleButton.class, "mixer.stream.9.mute")
                                    .isSelected())
                            .isTrue();
                    // What an application calls itself is not painted as HTML.
                    assertThat(find(all, JLabel.class, "mixer.stream.9.words").getClientProperty("html"))
                            .isNull();
                    assertThat(asked).isEmpty();
                    find(all, JSlider.class, "mixer.stream.7.volume").setValue(30);
                    find(all, JSlider.class, "mixer.session.volume").setValue(60);
                    find(all, JCheckBox.class, "mixer.microphone").doClick();
                });
                await(() -> asked.contains("volume 7 0.3") && asked.contains("session 60") && microphone);
                GuiActionRunner.execute(() ->
                        find(all, JToggleButton.class, "mixer.stream.9.mute").doClick());
                await(() -> asked.contains("mute 9 false"));
                streams = List.of();
                await(() -> find(all, JLabel.class, "mixer.silence").isVisible()
                        && search(all, JSlider.class, "mixer.stream.7.volume") == null);
            } finally {
                GuiActionRunner.execute(frame::dispose);
                closing.forEach(Registration::close);
            }
        }
    }
}
