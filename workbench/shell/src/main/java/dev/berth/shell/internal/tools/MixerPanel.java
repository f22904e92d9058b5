/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.audio.AudioStream;
import dev.berth.api.audio.GuestStream;
import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JCheckBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** The tool window with the sound of the session in front: all of it, its microphone, and each application that plays. */
@OnEdt
public final class MixerPanel extends JPanel {

    private static final int PERIOD_MILLIS = 150;
    private static final int FULL = 100;

    private final transient Host host;
    private final JLabel headline = new JLabel(" ");
    private final JPanel rows = new JPanel();
    private final MixerRow whole;
    private final JCheckBox microphone = new JCheckBox(Texts.of("sound.microphone"));
    private final JLabel sign = new JLabel();
    private final JLabel silence = Ui.muted(new JLabel(Texts.of("mixer.silence")));
    private final transient Map<Long, MixerRow> applications = new LinkedHashMap<>();
    private final transient Map<Long, Boolean> muted = new LinkedHashMap<>();
    private final Timer timer = new Timer(PERIOD_MILLIS, event -> look());
    private String session = "";
    private boolean asking;
    private boolean changing;
    private transient @Nullable Change waiting;

    /** Asks some times a second while it can be seen. */
    public MixerPanel(Host host, ToolWindowContext context) {
        super(new BorderLayout());
        this.host = host;
        setName("mixer");
        headline.setName("mixer.headline");
        headline.setBorder(Ui.padding(0.5, 2, 1, 2));
        whole = new MixerRow(
                "mixer.session",
                host.icons(),
                percent -> desk().ifPresent(desk -> desk.volume(percent)),
                () -> desk().ifPresent(SoundDesk::toggleMute));
        microphone.setName("mixer.microphone");
        microphone.setOpaque(false);
        microphone.addActionListener(event -> desk().ifPresent(SoundDesk::toggleMicrophone));
        JPanel hears = new JPanel(new BorderLayout());
        hears.setOpaque(false);
        hears.setBorder(Ui.padding(0.5, 1.5, 1, 2));
        sign.setIcon(host.icons().of("microphoneOn"));
        sign.setVisible(false);
        hears.add(microphone, BorderLayout.LINE_START);
        hears.add(sign, BorderLayout.CENTER);
        hears.setAlignmentX(LEFT_ALIGNMENT);
        silence.setName("mixer.silence");
        silence.setBorder(Ui.padding(0.5, 2, 1, 2));
        silence.setAlignmentX(LEFT_ALIGNMENT);
        rows.setLayout(new BoxLayout(rows, BoxLayout.PAGE_AXIS));
        rows.add(whole);
        rows.add(hears);
        rows.add(silence);
        rows.add(Box.createVerticalGlue());
        JScrollPane scroll = new JScrollPane(rows);
        scroll.setBorder(Ui.padding(0, 0, 0, 0));
        add(Ui.muted(headline), BorderLayout.NORTH);
        add(scroll, BorderLayout.CENTER);
        context.onClose(timer::stop);
        timer.start();
        look();
    }

    private Optional<SoundDesk> desk() {
        return session.isEmpty() ? Optional.empty() : host.sound(session);
    }

    private void look() {
        if (!isShowing() && !session.isEmpty()) {
            return;
        }
        Optional<SessionInfo> front = host.front();
        String now = front.map(SessionInfo::id).orElse("");
        if (!now.equals(session)) {
            session = now;
            show(List.of());
        }
        Optional<SoundDesk> desk = desk();
        rows.setVisible(desk.isPresent());
        headline.setText(desk.isPresent() ? front.map(SessionInfo::name).orElse("") : Texts.of("mixer.none"));
        if (desk.isEmpty()) {
            return;
        }
        SoundDesk shown = desk.get();
        whole.show(Texts.of("mixer.session"), shown.stream().level(), shown.volume(), shown.muted());
        microphone.setSelected(shown.microphone());
        sign.setVisible(shown.microphone());
        if (asking) {
            return;
        }
        asking = true;
        host.background()
                .ask(
                        () -> shown.stream().streams(),
                        streams -> {
                            asking = false;
                            if (now.equals(session)) {
                                show(streams);
                            }
                        },
                        error -> asking = false);
    }

    private void show(List<GuestStream> streams) {
        Set<Long> gone = new HashSet<>(applications.keySet());
        boolean changed = false;
        for (GuestStream stream : streams) {
            gone.remove(stream.id());
            MixerRow row = applications.get(stream.id());
            if (row == null) {
                row = row(stream.id());
                applications.put(stream.id(), row);
                rows.add(row, rows.getComponentCount() - 1);
                changed = true;
            }
            boolean named = stream.title().isEmpty() || stream.title().equals(stream.application());
            row.show(
                    named ? stream.application() : Texts.of("mixer.application", stream.application(), stream.title()),
                    stream.level(),
                    (int) Math.min(FULL, Math.round(stream.volume() * FULL)),
                    stream.muted());
            muted.put(stream.id(), stream.muted());
        }
        for (long id : gone) {
            rows.remove(applications.remove(id));
            muted.remove(id);
            changed = true;
        }
        silence.setVisible(applications.isEmpty());
        if (changed) {
            rows.revalidate();
            rows.repaint();
        }
    }

    private MixerRow row(long id) {
        return new MixerRow(
                "mixer.stream." + id,
                host.icons(),
                percent -> change(stream -> stream.streamVolume(id, percent / (double) FULL)),
                () -> {
                    boolean silent = !muted.getOrDefault(id, false);
                    change(stream -> stream.streamMute(id, silent));
                });
    }

    /** What is set in the guest. */
    private interface Change {
        void make(AudioStream stream) throws BerthException, InterruptedException;
    }

    /** One after the other; of those that wait, only the last counts: a slider makes many. */
    private void change(Change change) {
        Optional<SoundDesk> desk = desk();
        if (desk.isEmpty()) {
            return;
        }
        if (changing) {
            waiting = change;
            return;
        }
        changing = true;
        AudioStream stream = desk.get().stream();
        host.background()
                .ask(
                        () -> {
                            change.make(stream);
                            return change;
                        },
                        done -> changed(),
                        error -> {
                            changed();
                            host.showError(error);
                        });
    }

    private void changed() {
        changing = false;
        Change next = waiting;
        waiting = null;
        if (next != null) {
            change(next);
        }
    }
}
