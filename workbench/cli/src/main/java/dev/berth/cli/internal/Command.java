/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.platform.task.TaskBody;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands have in common. A command returns its exit code, or throws. */
abstract class Command implements Callable<Integer> {

    @Nullable
    Services services;

    @Nullable
    Console console;

    @Option(names = "--json", description = "Prints one JSON document.")
    boolean json;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where Berth keeps its data; else $$BERTH_HOME, else the platform's place.")
    @Nullable
    String home;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Override
    public final Integer call() throws BerthException, IOException, InterruptedException {
        return run();
    }

    abstract int run() throws BerthException, IOException, InterruptedException;

    final Services services() {
        return Objects.requireNonNull(services);
    }

    final Console console() {
        return Objects.requireNonNull(console);
    }

    /** Runs long work with its progress on stderr. */
    final <T> T task(String title, TaskBody<T> body) throws BerthException, InterruptedException {
        return ProgressPrinter.run(services().tasks(), console(), title, body);
    }

    static BerthException invalid(String code, String summary, String advice) {
        return new BerthException(code, ErrorKind.INVALID, summary, "", Remedy.advice(advice), null);
    }
}
