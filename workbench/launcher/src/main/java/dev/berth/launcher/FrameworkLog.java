/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/** Leads what Felix and its component runtime have to say into the log file. Without it both write to the console. */
final class FrameworkLog extends org.apache.felix.framework.Logger implements LoggerFactory {

    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger("org.apache.felix.framework");

    @Override
    protected void doLog(
            @Nullable Bundle bundle,
            @Nullable ServiceReference service,
            int level,
            String message,
            @Nullable Throwable cause) {
        doLog(level, bundle == null ? message : bundle.getSymbolicName() + ": " + message, cause);
    }

    @Override
    protected void doLog(int level, String message, @Nullable Throwable cause) {
        LOG.atLevel(level(level)).setCause(cause).log(message);
    }

    private static Level level(int osgi) {
        return switch (osgi) {
            case LOG_ERROR -> Level.ERROR;
            case LOG_WARNING -> Level.WARN;
            // Felix's "info" is chatter about its caches.
            default -> Level.DEBUG;
        };
    }

    @Override
    public Logger getLogger(String name) {
        return getLogger(name, Logger.class);
    }

    @Override
    public Logger getLogger(Class<?> clazz) {
        return getLogger(clazz.getName());
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> clazz, Class<L> loggerType) {
        return getLogger(clazz.getName(), loggerType);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> loggerType) {
        return getLogger(name, loggerType);
    }

    /** The interface has some forty methods that differ in name and number of arguments only, hence the proxy. */
    @Override
    public <L extends Logger> L getLogger(String name, Class<L> loggerType) {
        if (loggerType != Logger.class && loggerType != FormatterLogger.class) {
            throw new IllegalArgumentException(loggerType.getName());
        }
        org.slf4j.Logger target = org.slf4j.LoggerFactory.getLogger(name);
        return loggerType.cast(Proxy.newProxyInstance(
                FrameworkLog.class.getClassLoader(),
                new Class<?>[] {loggerType},
                (proxy, method, args) -> call(target, method, args == null ? new Object[0] : args)));
    }

    private static @Nullable Object call(org.slf4j.Logger target, Method method, Object[] args) {
        String name = method.getName();
        if (name.equals("getName") || name.equals("toString")) {
            return target.getName();
        }
        if (name.equals("hashCode")) {
            return target.hashCode();
        }
        if (name.equals("equals")) {
            return false;
        }
        if (method.getReturnType() == boolean.class) {
            String level = name.substring("is".length(), name.length() - "Enabled".length());
            return target.isEnabledForLevel(slf4j(level));
        }
        if (args.length > 0 && args[0] instanceof String format) {
            Object[] rest = Arrays.stream(args, 1, args.length)
                    .flatMap(each ->
                            each instanceof Object[] many ? Arrays.stream(many) : Arrays.stream(new Object[] {each}))
                    .filter(each -> !(each instanceof ServiceReference<?>))
                    .toArray();
            var message = MessageFormatter.arrayFormat(format, rest);
            target.atLevel(slf4j(name)).setCause(message.getThrowable()).log(message.getMessage());
        }
        return null;
    }

    /** What the component runtime calls "info" it says at every start, to nobody. */
    private static Level slf4j(String osgi) {
        String name = osgi.toUpperCase(Locale.ROOT);
        return name.equals("AUDIT") || name.equals("INFO") ? Level.DEBUG : Level.valueOf(name);
    }
}
