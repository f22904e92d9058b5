/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.engine.ContainerStats;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.sessions.SessionManager;
import dev.berth.sessions.Snapshot;
import dev.berth.shell.internal.kit.Amounts;
import dev.berth.shell.internal.kit.StateDot;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.DefaultTreeModel;

/** Sessions with their snapshots below them, as a tree shows them, and what the running ones use. */
@OnEdt
final class SessionNodes {

    private final DefaultMutableTreeNode root = new DefaultMutableTreeNode();
    private final DefaultTreeModel tree = new DefaultTreeModel(root);
    private final SessionManager manager;
    private final Background background;
    private final Map<String, ContainerStats> stats = new HashMap<>();
    private final Map<String, String> usage = new HashMap<>();
    private final Set<String> asking = new HashSet<>();

    SessionNodes(SessionManager manager, Background background) {
        this.manager = manager;
        this.background = background;
    }

    /** A snapshot and whose it is. */
    record Kept(SessionInfo session, Snapshot snapshot) {
        @Override
        public String toString() {
            return snapshot.tag();
        }
    }

    /** A session as a row: its words are what a search by typing and a screen reader find. */
    record Live(SessionInfo session, String about) {
        @Override
        public String toString() {
            return session.name();
        }
    }

    DefaultTreeModel tree() {
        return tree;
    }

    /** Shows these sessions; nodes of those that were there stay, so that selection and open branches do too. */
    void show(List<SessionInfo> sessions) {
        Set<String> wanted = sessions.stream().map(SessionInfo::id).collect(Collectors.toSet());
        for (DefaultMutableTreeNode node : nodes()) {
            if (!wanted.contains(live(node).session().id())) {
                tree.removeNodeFromParent(node);
            }
        }
        for (int i = 0; i < sessions.size(); i++) {
            SessionInfo session = sessions.get(i);
            DefaultMutableTreeNode node = node(session.id());
            if (node == null) {
                node = new DefaultMutableTreeNode(new Live(session, about(session)));
                tree.insertNodeInto(node, root, Math.min(i, root.getChildCount()));
                if (root.getChildCount() == 1) {
                    // A root without children counts as closed; opening it needs the first child.
                    tree.reload();
                }
            } else {
                node.setUserObject(new Live(session, about(session)));
                tree.nodeChanged(node);
            }
            askSnapshots(session);
        }
    }

    private List<DefaultMutableTreeNode> nodes() {
        List<DefaultMutableTreeNode> all = new ArrayList<>();
        Enumeration<javax.swing.tree.TreeNode> children = root.children();
        while (children.hasMoreElements()) {
            all.add((DefaultMutableTreeNode) children.nextElement());
        }
        return all;
    }

    private static Live live(DefaultMutableTreeNode node) {
        return (Live) node.getUserObject();
    }

    private @org.jspecify.annotations.Nullable DefaultMutableTreeNode node(String session) {
        return nodes().stream()
                .filter(node -> live(node).session().id().equals(session))
                .findFirst()
                .orElse(null);
    }

    private String about(SessionInfo session) {
        String words = StateDot.words(session.state());
        String about = session.engine().isEmpty() ? words : words + " · " + session.engine();
        String uses = session.state() == SessionState.RUNNING ? usage.getOrDefault(session.id(), "") : "";
        return uses.isEmpty() ? about : about + " · " + uses;
    }

    private void askSnapshots(SessionInfo session) {
        background.ask(() -> manager.snapshots(session.id()), found -> put(session, found), error -> {});
    }

    private void put(SessionInfo session, List<Snapshot> snapshots) {
        DefaultMutableTreeNode node = node(session.id());
        if (node == null) {
            return;
        }
        List<Kept> wanted = snapshots.stream().map(it -> new Kept(session, it)).toList();
        List<Object> shown = new ArrayList<>();
        for (int i = 0; i < node.getChildCount(); i++) {
            shown.add(((DefaultMutableTreeNode) node.getChildAt(i)).getUserObject());
        }
        if (!shown.equals(wanted)) {
            node.removeAllChildren();
            wanted.forEach(it -> node.add(new DefaultMutableTreeNode(it, false)));
            tree.nodeStructureChanged(node);
        }
    }

    /** Asks what the sessions that run use; one question for each at a time. */
    void askUsage() {
        for (DefaultMutableTreeNode node : nodes()) {
            SessionInfo session = live(node).session();
            if (session.state() == SessionState.RUNNING && asking.add(session.id())) {
                background.ask(
                        () -> manager.stats(session.id()),
                        now -> {
                            asking.remove(session.id());
                            used(session.id(), now);
                        },
                        error -> asking.remove(session.id()));
            }
        }
    }

    private void used(String session, ContainerStats now) {
        ContainerStats before = stats.put(session, now);
        DefaultMutableTreeNode node = node(session);
        if (node == null) {
            return;
        }
        List<String> parts = new ArrayList<>();
        if (before != null) {
            double seconds = Duration.between(before.takenAt(), now.takenAt()).toNanos() / 1e9;
            double cpu = now.cpuTime().minus(before.cpuTime()).toNanos() / 1e9;
            if (seconds > 0) {
                parts.add(Texts.of("progress.percent", Math.round(100 * cpu / seconds)));
            }
        }
        if (now.memoryBytes() >= 0) {
            parts.add(Amounts.bytes(now.memoryBytes()));
        }
        usage.put(session, String.join(" · ", parts));
        SessionInfo info = live(node).session();
        node.setUserObject(new Live(info, about(info)));
        tree.nodeChanged(node);
    }
}
