/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.task.TaskContext;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 of a process that makes, starts, uses and removes containers, at different moments. */
class KilledBerthTest {

    private static final TaskContext CONTEXT = TaskContext.silent();

    @TempDir
    Path home;

    /** The process that is killed. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            Path home = Path.of(arguments[0]);
            RuncEngine engine = new RuncEngine(home.resolve("home"));
            EngineImage image = engine.load(BusyboxImage.make(home.resolve("image")), CONTEXT);
            Files.writeString(home.resolve("begun"), "");
            for (int i = 0; ; i++) {
                Path folder = Files.createDirectories(home.resolve("c" + i));
                Container container = engine.create(
                        ContainerSpec.builder("c" + i, image, folder, Files.createDirectories(folder.resolve("run")))
                                .command(List.of("sleep", "1000"))
                                .network(i % 2 == 0 ? NetworkSpec.NONE : NetworkSpec.OUTGOING)
                                .build(),
                        CONTEXT);
                container.start(CONTEXT);
                try (ContainerProcess process = container.exec(ExecSpec.of("true"), CONTEXT)) {
                    process.waitFor();
                }
                container.stop(Duration.ZERO, CONTEXT);
                container.remove(CONTEXT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 90, 230, 410, 700})
    void leavesNothingThatIsNotListed(int milliseconds) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .replaceAll(File.pathSeparator + "+", File.pathSeparator),
                        Victim.class.getName(),
                        home.toString())
                .redirectOutput(home.resolve("out").toFile())
                .redirectErrorStream(true)
                .start();
        while (!Files.exists(home.resolve("begun"))) {
            assertThat(victim.isAlive())
                    .as(Files.readString(home.resolve("out")))
                    .isTrue();
            Thread.sleep(5);
        }
        assertThat(victim.waitFor(milliseconds, TimeUnit.MILLISECONDS))
                .as(Files.readString(home.resolve("out")))
                .isFalse();
        victim.destroyForcibly().waitFor();

        RuncEngine engine = new RuncEngine(home.resolve("home"));
        engine.cleanUp(CONTEXT);
        for (Container container : engine.containers(CONTEXT)) {
            // Whatever state it is in, it can be used, started and removed.
            assertThat(container.state()).isIn(ContainerState.CREATED, ContainerState.RUNNING, ContainerState.STOPPED);
            container.start(CONTEXT);
            try (ContainerProcess process = container.exec(ExecSpec.of("true"), CONTEXT)) {
                assertThat(process.waitFor()).isZero();
            }
            container.remove(CONTEXT);
        }
        Leftovers.requireNone(engine, home);
    }
}
