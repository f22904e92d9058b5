/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayStatistics;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.shell.internal.kit.Amounts;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.GridLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** The tool window with live plots of the session in front: processor, memory, disk, network, updates, latency. */
@OnEdt
public final class MetricsPanel extends JPanel {

    private static final int PERIOD_MILLIS = 1000;

    private final transient Host host;
    private final JLabel headline = new JLabel(" ");
    private final Plot cpu = new Plot("cpu", Texts.of("metrics.cpu"), 10, "Actions.Blue", it -> percent(it));
    private final Plot memory =
            new Plot("memory", Texts.of("metrics.memory"), 64 << 20, "Actions.Green", Amounts::bytes);
    private final Plot disk = new Plot("disk", Texts.of("metrics.disk"), 1 << 20, "Actions.Yellow", it -> rate(it));
    private final Plot network =
            new Plot("network", Texts.of("metrics.network"), 64 << 10, "Actions.Blue", it -> rate(it));
    private final Plot updates = new Plot(
            "updates",
            Texts.of("metrics.updates"),
            10,
            "Actions.Green",
            it -> Texts.of("metrics.perSecond", Math.round(it)));
    private final Plot latency = new Plot(
            "latency",
            Texts.of("metrics.latency"),
            5,
            "Actions.Red",
            it -> String.format(Texts.locale(), "%.1f ms", it));
    private final transient List<Plot> plots = List.of(cpu, memory, disk, network, updates, latency);
    private final Timer timer = new Timer(PERIOD_MILLIS, event -> look());
    private String session = "";
    private transient @Nullable ContainerStats last;
    private transient @Nullable DisplayStatistics lastDisplay;
    private long lastDisplayNanos;
    private boolean asking;

    /** Asks once a second while it can be seen. */
    public MetricsPanel(Host host, ToolWindowContext context) {
        super(new BorderLayout());
        this.host = host;
        setName("metrics");
        headline.setName("metrics.headline");
        headline.setBorder(Ui.padding(0.5, 2, 1, 2));
        JPanel grid = new JPanel(new GridLayout(0, 3, Ui.GRID, Ui.GRID));
        grid.setBorder(Ui.padding(0, 2, 1.5, 2));
        plots.forEach(grid::add);
        add(Ui.muted(headline), BorderLayout.NORTH);
        add(grid, BorderLayout.CENTER);
        addComponentListener(new java.awt.event.ComponentAdapter() {
            @Override
            public void componentResized(java.awt.event.ComponentEvent event) {
                int columns = getWidth() > 560 ? 3 : getWidth() > 380 ? 2 : 1;
                if (((GridLayout) grid.getLayout()).getColumns() != columns) {
                    grid.setLayout(new GridLayout(0, columns, Ui.GRID, Ui.GRID));
                    grid.revalidate();
                }
            }
        });
        context.onClose(timer::stop);
        timer.start();
        look();
    }

    private static String percent(double value) {
        return String.format(Texts.locale(), "%.0f %%", value);
    }

    private static String rate(double value) {
        return Texts.of("progress.rate", Amounts.bytes(value));
    }

    private void look() {
        if (!isShowing() && last != null) {
            return;
        }
        Optional<SessionInfo> front = host.front().filter(it -> it.state() == SessionState.RUNNING);
        String now = front.map(SessionInfo::id).orElse("");
        if (!now.equals(session)) {
            session = now;
            last = null;
            lastDisplay = null;
            plots.forEach(Plot::clear);
        }
        headline.setText(front.map(it -> it.name()).orElse(Texts.of("metrics.none")));
        if (front.isEmpty() || asking) {
            return;
        }
        display();
        asking = true;
        host.background()
                .ask(
                        () -> host.services().sessions().stats(now),
                        stats -> {
                            asking = false;
                            if (now.equals(session)) {
                                add(stats);
                            }
                        },
                        error -> asking = false);
    }

    private void add(ContainerStats stats) {
        memory.add(known(stats.memoryBytes()));
        ContainerStats before = last;
        last = stats;
        if (before == null) {
            return;
        }
        double seconds = Duration.between(before.takenAt(), stats.takenAt()).toNanos() / 1e9;
        if (seconds <= 0) {
            return;
        }
        cpu.add(100 * (stats.cpuTime().minus(before.cpuTime()).toNanos() / 1e9) / seconds);
        disk.add(difference(
                stats.readBytes() + stats.writtenBytes(), before.readBytes() + before.writtenBytes(), seconds));
        network.add(difference(
                stats.receivedBytes() + stats.sentBytes(), before.receivedBytes() + before.sentBytes(), seconds));
    }

    private static double known(long value) {
        return value < 0 ? Double.NaN : value;
    }

    private static double difference(long now, long before, double seconds) {
        return now < 0 || before < 0 ? Double.NaN : Math.max(0, now - before) / seconds;
    }

    private void display() {
        Optional<DisplayConnection> joined = host.display(session);
        if (joined.isEmpty()) {
            updates.add(Double.NaN);
            latency.add(Double.NaN);
            return;
        }
        DisplayStatistics now = joined.get().statistics();
        long nanos = System.nanoTime();
        DisplayStatistics before = lastDisplay;
        if (before != null && now.updates() >= before.updates()) {
            updates.add((now.updates() - before.updates()) / Math.max(0.001, (nanos - lastDisplayNanos) / 1e9));
            latency.add(now.roundTrip().isZero() ? Double.NaN : now.roundTrip().toNanos() / 1e6);
        }
        lastDisplay = now;
        lastDisplayNanos = nanos;
    }
}
