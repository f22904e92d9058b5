/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Points all logging at one file under the home, and none at the console. */
final class Logs {

    private Logs() {}

    static Path file(Path home) {
        return home.resolve("logs").resolve("berth.log");
    }

    /** Call this before the first logger is made: logback reads its configuration then. */
    static void configure(Install install, Path home) {
        System.setProperty("berth.home", home.toString());
        Path configuration = install.folder().resolve("conf").resolve("logback.xml");
        if (Files.exists(configuration) && System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", configuration.toString());
        }
        // By name, so that nobody who does not use java.util.logging (FlatLaf does) pays for it.
        System.setProperty("java.util.logging.config.class", Configuration.class.getName());
    }

    /** Named in {@code java.util.logging.config.class}; its constructor configures java.util.logging. */
    public static final class Configuration {
        public Configuration() throws IOException {
            String properties = "handlers=" + ToSlf4j.class.getName() + "\n.level=INFO\n";
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(properties.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    /** Hands records of java.util.logging on. */
    public static final class ToSlf4j extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(@Nullable LogRecord event) {
            if (event != null) {
                String name = event.getLoggerName();
                LoggerFactory.getLogger(name == null ? "java.util.logging" : name)
                        .atLevel(level(event.getLevel().intValue()))
                        .setCause(event.getThrown())
                        .log(formatter.formatMessage(event));
            }
        }

        private static Level level(int level) {
            if (level >= java.util.logging.Level.SEVERE.intValue()) {
                return Level.ERROR;
            }
            if (level >= java.util.logging.Level.WARNING.intValue()) {
                return Level.WARN;
            }
            return level >= java.util.logging.Level.INFO.intValue() ? Level.INFO : Level.DEBUG;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
