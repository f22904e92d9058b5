/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Starts Berth. */
public final class Main {

    private Main() {}

    /** Starts the framework, runs the application, ends the process with the application's exit code. */
    public static void main(String[] args) {
        Interruption interruption = Interruption.ofThisThread();
        int code = run(args, System.err);
        System.out.flush();
        System.err.flush();
        interruption.ended();
        // Threads of AWT and of careless plugins must not keep the process.
        System.exit(code);
    }

    private static int run(String[] args, PrintStream err) {
        try {
            CommandLine line = CommandLine.parse(args);
            Install install = Install.locate();
            Path home = home(line, install, err);
            Logs.configure(install, home);
            return run(line, install, home, err);
        } catch (LaunchException e) {
            err.println("berth: " + e.getMessage());
            return e.exitCode();
        } catch (InterruptedException e) {
            return Interruption.EXIT_CODE;
        }
    }

    private static int run(CommandLine line, Install install, Path home, PrintStream err)
            throws LaunchException, InterruptedException {
        try (BundleRuntime runtime =
                open(line, install, home, sentence -> err.println("berth: warning: " + sentence))) {
            Training.loadClasses(runtime);
            FirstTraining.begin(install, home);
            Object code = runtime.application().call();
            return code instanceof Integer number ? number : LaunchException.FAILED;
        } catch (LaunchException e) {
            LoggerFactory.getLogger(Main.class).error(e.getMessage(), e.getCause());
            throw e;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            LoggerFactory.getLogger(Main.class).error("The application failed", e);
            String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            err.println("berth: " + what + " (an error in Berth; " + Logs.file(home) + " has the details)");
            return LaunchException.FAILED;
        }
    }

    /** Starts the framework with the bundles of the last update, or with those of the installation if there is none that starts. */
    private static BundleRuntime open(CommandLine line, Install install, Path home, BundleRuntime.Warnings warnings)
            throws LaunchException {
        Updates updates = new Updates(home, install);
        Install current = updates.current();
        if (!current.equals(install)) {
            try {
                return new BundleRuntime(current, home, properties(line, install, current, home), warnings);
            } catch (LaunchException e) {
                updates.giveUp(current, e, warnings);
            }
        }
        return new BundleRuntime(install, home, properties(line, install, install, home), warnings);
    }

    private static Map<String, String> properties(CommandLine line, Install install, Install current, Path home)
            throws LaunchException {
        Map<String, String> properties = new HashMap<>();
        properties.put("berth.args", line.restAsJson());
        properties.put("berth.home", home.toString());
        properties.put("berth.install", install.folder().toString());
        properties.put("berth.build", current.buildId());
        return properties;
    }

    /** Makes the home. A portable Berth on read-only media falls back to the platform's place. */
    private static Path home(CommandLine line, Install install, PrintStream err) throws LaunchException {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().forEach((key, value) -> properties.put(key.toString(), value.toString()));
        Path home = BerthHome.find(line.home(), install.folder(), System.getenv(), properties);
        try {
            return make(home);
        } catch (IOException e) {
            Path other = BerthHome.platform(System.getenv(), properties);
            if (home.startsWith(install.folder()) && !other.equals(home)) {
                try {
                    make(other);
                    err.println("berth: " + home + " cannot be written; Berth keeps its data in " + other);
                    return other;
                } catch (IOException also) {
                    e.addSuppressed(also);
                }
            }
            throw new LaunchException(
                    "Berth cannot make its home " + home + " (" + e.getMessage()
                            + "). Name another with --home DIR or the variable BERTH_HOME.",
                    e);
        }
    }

    private static Path make(Path home) throws IOException {
        Files.createDirectories(home.resolve("logs"));
        if (!Files.isWritable(home)) {
            throw new IOException("not writable");
        }
        return home;
    }
}
