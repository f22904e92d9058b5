/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.RecipeException;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ProvisioningStep;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeBase;
import dev.berth.api.recipe.SessionDefaults;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.task.TaskContext;
import dev.berth.images.RecipeLock;
import dev.berth.images.RecipeName;
import dev.berth.images.StoredImage;
import dev.berth.images.internal.store.LocalImageStore;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is built when, with an engine that only pretends. The real one is in the acceptance tests. */
class RecipeImageBuilderTest {

    private static final TaskContext CONTEXT = TaskContext.silent();

    @TempDir
    Path temp;

    private BerthHome home;
    private LocalImageStore store;
    private final PretendEngine engine = new PretendEngine();
    private final PretendSource source = new PretendSource();

    @BeforeEach
    void makeStore() {
        home = new BerthHome(temp.resolve("home"));
        store = new LocalImageStore(home, () -> UnpackLimits.DEFAULT);
    }

    private RecipeImageBuilder builder() {
        RecipeImageBuilder builder = new RecipeImageBuilder(home, store);
        builder.addSource(source);
        return builder;
    }

    @Test
    void keepsToALock() throws Exception {
        Recipe recipe = recipe("desk", run("one"));
        RecipeLock lock = RecipeLock.of(RecipeName.parse("desk"), builder().resolve(recipe, CONTEXT));
        Digest then = source.key;
        source.key = Digest.sha256("cd".repeat(32));

        assertThatThrownBy(() -> builder().build(recipe, lock, engine, CONTEXT))
                .isInstanceOfSatisfying(RecipeException.class, e -> {
                    assertThat(e.code()).isEqualTo("recipe.lock.changed");
                    assertThat(e.remedy().text()).contains("berth recipe lock desk");
                });
        assertThat(source.fetched).isZero();
        source.key = then;
        StoredImage image = builder().build(recipe, lock, engine, CONTEXT);

        // Once it is there, the base may go on.
        source.key = Digest.sha256("cd".repeat(32));
        assertThat(builder().build(recipe, lock, engine, CONTEXT)).isEqualTo(image);
        assertThat(source.fetched).isEqualTo(1);
    }

    @Test
    void aLockTurnsANameOfARegistryIntoADigest() {
        Digest digest = Digest.sha256("ef".repeat(32));
        RecipeLock lock =
                new RecipeLock("desk", "linux/amd64", RootfsReference.parse("oci:registry.example/a:b"), digest, "");

        assertThat(lock.pin(recipe("desk")).base().references())
                .containsExactly(RootfsReference.parse("oci:registry.example/a:b@" + digest));
    }

    @Test
    void makesAnImageOnce() throws Exception {
        Recipe recipe = recipe("desk", run("one"), file("/etc/a"), file("/etc/b"), run("two"));

        assertThat(builder().existing(recipe)).isEmpty();
        StoredImage image = builder().build(recipe, engine, false, CONTEXT);

        assertThat(image.names()).containsExactly("desk");
        assertThat(image.recipe()).isEqualTo("desk");
        // The source's two steps go together, and so do the files.
        assertThat(engine.commands).hasSize(4);
        assertThat(engine.commands.get(0)).contains("'first'").contains("'second'");
        assertThat(engine.commands.get(2)).contains("/etc/a").contains("/etc/b");
        assertThat(store.open(image.digest()).layers()).hasSize(5);
        assertThat(engine.containers).isEmpty();
        assertThat(home.cache().resolve("build")).isEmptyDirectory();

        assertThat(builder().existing(recipe)).contains(image);
        assertThat(builder().build(recipe, engine, false, CONTEXT)).isEqualTo(image);
        assertThat(builder().build(recipe, engine, true, CONTEXT).digest()).isEqualTo(image.digest());
        assertThat(engine.commands).hasSize(4);
        assertThat(source.fetched).isEqualTo(1);
    }

    @Test
    void aChangeBuildsOnlyWhatComesAfterIt() throws Exception {
        StoredImage first = builder().build(recipe("desk", run("one"), run("two")), engine, false, CONTEXT);
        StoredImage second = builder().build(recipe("desk", run("one"), run("changed")), engine, false, CONTEXT);

        assertThat(engine.commands).hasSize(4);
        assertThat(source.fetched).isEqualTo(1);
        assertThat(store.find("desk").orElseThrow().digest()).isEqualTo(second.digest());
        assertThat(store.find(first.digest().toString()).orElseThrow().names()).isEmpty();
    }

    @Test
    void aFailedStepLeavesNoImageAndKeepsWhatWasDone() throws Exception {
        Recipe bad = recipe("desk", run("one"), run("FAIL"));

        assertThatThrownBy(() -> builder().build(bad, engine, false, CONTEXT))
                .isInstanceOfSatisfying(RecipeException.class, e -> {
                    assertThat(e.summary())
                            .contains("FAIL")
                            .contains("exit code 7")
                            .contains("it broke");
                    assertThat(e.detail()).contains("it broke");
                });
        assertThat(store.images()).isEmpty();
        assertThat(engine.containers).isEmpty();

        builder().build(recipe("desk", run("one"), run("fine")), engine, false, CONTEXT);
        assertThat(engine.commands).hasSize(4);
        assertThat(source.fetched).isEqualTo(1);
    }

    @Test
    void whatDiedBuildsLeftIsTakenAway() throws Exception {
        engine.leave("build-desk-01234567");
        engine.leave("build-dead-01234567");
        engine.leave("build-busy-01234567");
        engine.leave("a-session");

        CompletableFuture<List<String>> mended = new CompletableFuture<>();
        try (HomeLock busy =
                HomeLock.tryAcquire(BuildLeftovers.lock(home, "busy")).orElseThrow()) {
            Thread other = new Thread(() -> {
                try {
                    builder().build(recipe("desk", run("one")), engine, false, CONTEXT);
                    engine.leave("build-desk-76543210");
                    mended.complete(builder().cleanUp(engine, CONTEXT));
                } catch (BerthException | InterruptedException e) {
                    mended.completeExceptionally(e);
                }
            });
            other.start();
            assertThat(mended.get()).hasSize(1).allMatch(line -> line.contains("build-desk-76543210"));
        }

        assertThat(engine.containers.keySet()).containsExactlyInAnyOrder("build-busy-01234567", "a-session");
    }

    @Test
    void twoBuildsOfOneRecipeGiveOneImage() throws Exception {
        Recipe recipe = recipe("desk", run("SLOW"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<CompletableFuture<StoredImage>> builds = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                builds.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return builder().build(recipe, engine, false, CONTEXT);
                            } catch (BerthException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        threads));
            }
            assertThat(builds.get(0).get()).isEqualTo(builds.get(1).get());
        } finally {
            threads.shutdownNow();
        }
        assertThat(engine.commands).hasSize(2);
        assertThat(source.fetched).isEqualTo(1);
    }

    @Test
    void cancellingLeavesNoContainer() throws Exception {
        Recipe recipe = recipe("desk", run("HANG"));
        Thread builder = new Thread(() -> {
            try {
                builder().build(recipe, engine, false, CONTEXT);
            } catch (BerthException | InterruptedException e) {
                engine.cancelled.countDown();
            }
        });
        builder.start();
        engine.hanging.await();
        builder.interrupt();
        engine.cancelled.await();
        builder.join();

        assertThat(engine.containers).isEmpty();
        assertThat(store.images()).isEmpty();
        assertThat(home.cache().resolve("build")).isEmptyDirectory();
    }

    @Test
    void fallsBackToTheNextReferenceAndInstallsPackagesInside() throws Exception {
        RecipeImageBuilder builder = builder();
        Recipe recipe = new Recipe(
                "desk",
                "Desk",
                "",
                "",
                new RecipeBase(
                        List.of(
                                RootfsReference.parse("missing:x"),
                                RootfsReference.parse("pretend:nowhere"),
                                RootfsReference.parse("pretend:base")),
                        List.of("vim", "nano"),
                        false,
                        Map.of()),
                List.of(),
                session(),
                0,
                0);

        builder.build(recipe, engine, false, CONTEXT);

        assertThat(engine.commands.get(1)).contains("apt-get").contains("no, vim, nano");
        Recipe lost = new Recipe(
                "lost",
                "Lost",
                "",
                "",
                new RecipeBase(List.of(RootfsReference.parse("missing:x")), List.of(), false, Map.of()),
                List.of(),
                session(),
                0,
                0);
        assertThatThrownBy(() -> builder.build(lost, engine, false, CONTEXT))
                .isInstanceOf(RootfsException.class)
                .hasMessageContaining("missing:x");
    }

    @Test
    void filesOfAnySizeFitIntoArguments() throws Exception {
        List<BuildCommand> commands = BuildCommand.of(
                List.of(new ProvisioningStep.WriteFile("w", "/a", "ä€😀".repeat(90_000), 0644, 1, 2), file("/b")));

        assertThat(commands.stream().flatMap(command -> command.command().stream()))
                .allSatisfy(argument -> assertThat(argument.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                        .isLessThan(131_072));
        assertThat(commands.stream().mapToInt(command -> command.steps().size()).sum())
                .isEqualTo(2);
        assertThatThrownBy(() -> BuildCommand.of(
                        List.of(new ProvisioningStep.WriteFile("w", "/a", "x".repeat(2 << 20), 0644, 0, 0))))
                .isInstanceOf(RecipeException.class);
    }

    private static ProvisioningStep run(String what) {
        return new ProvisioningStep.Run("Doing " + what, List.of(what), Map.of(), false);
    }

    private static ProvisioningStep file(String path) {
        return new ProvisioningStep.WriteFile("Writing", path, "text\n", 0644, 0, 0);
    }

    private static Recipe recipe(String id, ProvisioningStep... steps) {
        return new Recipe(
                id,
                "Desk",
                "",
                "",
                new RecipeBase(List.of(RootfsReference.parse("pretend:base")), List.of(), false, Map.of()),
                List.of(steps),
                session(),
                0,
                0);
    }

    private static SessionDefaults session() {
        return new SessionDefaults("berth", List.of(), Map.of(), "rfb", "xvnc", 800, 600, 0, 0, "none");
    }
}
