/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.TaskContext;
import dev.berth.testkit.engine.ContainerEngineContract;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The contract in the process of a plain user, started by {@link RootlessContractTest}; no test of its own. */
@EnabledIfSystemProperty(named = RootlessContract.HOME_PROPERTY, matches = ".+")
class RootlessContract extends ContainerEngineContract {

    static final String HOME_PROPERTY = "berth.test.home";

    private static final Path HOME = Path.of(System.getProperty(HOME_PROPERTY, ""));
    private static RuncEngine engine;
    private static ImageContent image;

    /** Runs all tests of this class; exits with 1 when one failed or none ran. */
    public static void main(String[] arguments) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(RootlessContract.class))
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                System.out.println(result.getStatus() + " " + test.getDisplayName());
            }
        });
        summary.getSummary().printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 30);
        boolean fine = summary.getSummary().getTotalFailureCount() == 0
                && summary.getSummary().getTestsSucceededCount() > 0;
        System.exit(fine ? 0 : 1);
    }

    @BeforeAll
    static void prepare() throws Exception {
        engine = new RuncEngine(HOME.resolve("home"));
        image = BusyboxImage.make(HOME.resolve("image"));
    }

    @AfterAll
    static void leaveNothing() throws Exception {
        Leftovers.requireNone(engine, HOME);
    }

    @Test
    void knowsThatItIsRootless() throws Exception {
        assertThat(engine.probe(TaskContext.silent()).can(EngineCapability.ROOTLESS))
                .isTrue();
    }

    @Override
    protected ContainerEngine engine() {
        return engine;
    }

    @Override
    protected ContainerEngine otherProcess() {
        return new RuncEngine(HOME.resolve("home"));
    }

    @Override
    protected ImageContent image() {
        return image;
    }
}
