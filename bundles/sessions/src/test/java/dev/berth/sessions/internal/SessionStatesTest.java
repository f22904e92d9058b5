/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.ContainerState;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.platform.home.BerthHome;
import dev.berth.sessions.internal.SessionRecord.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a session after whoever worked on it is gone, and while somebody is there. */
class SessionStatesTest {

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private SessionFiles files;
    private SessionStates states;

    @BeforeEach
    void home() {
        files = new SessionFiles(new BerthHome(folder));
        states = new SessionStates(files, () -> List.of(engine));
    }

    private SessionRecord session(Phase phase) throws IOException {
        SessionRecord record = RecordJsonTest.record("s1", "desk", phase);
        files.create("s1");
        files.write(record);
        return record;
    }

    private FakeEngine.FakeContainer container(ContainerState state) {
        FakeEngine.FakeContainer container = new FakeEngine.FakeContainer(engine, "s1");
        container.state = state;
        engine.containers.put("s1", container);
        return container;
    }

    private Optional<SessionState> look(SessionRecord record) throws InterruptedException {
        return states.look(record).map(SessionInfo::state);
    }

    @Test
    void aRunningContainerIsARunningSession() throws Exception {
        container(ContainerState.RUNNING);
        assertThat(look(session(Phase.UP))).contains(SessionState.RUNNING);
    }

    @Test
    void aFrozenContainerIsAPausedSession() throws Exception {
        container(ContainerState.PAUSED);
        assertThat(look(session(Phase.UP))).contains(SessionState.PAUSED);
    }

    @Test
    void aSessionWhoseStarterDiedBeforeTheContainerWasMadeIsGone() throws Exception {
        assertThat(look(session(Phase.STARTING))).isEmpty();
        assertThat(files.folder("s1")).doesNotExist();
    }

    @Test
    void aSessionWhoseStarterDiedBeforeTheContainerRanHasFailed() throws Exception {
        container(ContainerState.CREATED);
        assertThat(look(session(Phase.STARTING))).contains(SessionState.FAILED);
        assertThat(files.read("s1").orElseThrow().failure()).isNotEmpty();
    }

    @Test
    void aSessionWhoseStarterDiedAfterTheContainerRanGoesOn() throws Exception {
        container(ContainerState.RUNNING);
        assertThat(look(session(Phase.STARTING))).contains(SessionState.RUNNING);
        assertThat(files.read("s1").orElseThrow().phase()).isEqualTo(Phase.UP);
    }

    @Test
    void aSessionThatSomebodyStartsIsStarting() throws Exception {
        SessionRecord record = session(Phase.STARTING);
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread starter = new Thread(() -> {
            try (SessionFiles.Hold ignored = files.hold(record)) {
                taken.countDown();
                done.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        starter.start();
        taken.await();
        try {
            assertThat(look(record)).contains(SessionState.STARTING);
        } finally {
            done.countDown();
            starter.join();
        }
    }

    @Test
    void aSessionThatItsUserLeftIsStopped() throws Exception {
        container(ContainerState.STOPPED);
        assertThat(look(session(Phase.UP))).contains(SessionState.STOPPED);
        assertThat(files.read("s1").orElseThrow().phase()).isEqualTo(Phase.DOWN);
    }

    @Test
    void aSessionThatBrokeSaysWhy() throws Exception {
        FakeEngine.FakeContainer container = container(ContainerState.STOPPED);
        container.exitCode = 1;
        container.log = "noise\nberth: failed: The display server ended.\u001b[31m\nnoise\n";
        assertThat(look(session(Phase.UP))).contains(SessionState.FAILED);
        assertThat(files.read("s1").orElseThrow().failure())
                .startsWith("The display server ended.")
                .doesNotContain("\u001b");
    }

    @Test
    void anEphemeralSessionIsGoneWithItsContainer() throws Exception {
        container(ContainerState.STOPPED);
        SessionRecord kept = RecordJsonTest.record("s1", "desk", Phase.UP);
        SessionRecord record = new SessionRecord(
                kept.id(),
                kept.name(),
                kept.recipe(),
                kept.engine(),
                kept.image(),
                kept.created(),
                true,
                kept.user(),
                kept.display(),
                kept.sound(),
                kept.shares(),
                kept.launch(),
                kept.phase(),
                "",
                kept.timings());
        files.create("s1");
        files.write(record);
        assertThat(look(record)).isEmpty();
        assertThat(engine.containers).isEmpty();
        assertThat(files.folder("s1")).doesNotExist();
    }

    @Test
    void aStopperThatDiedLeftAStoppedSession() throws Exception {
        container(ContainerState.STOPPED);
        assertThat(look(session(Phase.STOPPING))).contains(SessionState.STOPPED);
    }

    @Test
    void damagedRecordsAreLeftAlone() throws Exception {
        session(Phase.UP);
        Files.writeString(files.folder("s1").resolve("session.json"), "{");
        assertThat(files.all()).isEmpty();
        assertThat(files.folder("s1")).exists();
    }
}
