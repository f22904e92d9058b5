/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Finds the installed plugin that a frame of a stack belongs to. */
final class PluginOrigin {

    private final BundleContext context;
    private final String installed;

    PluginOrigin(BundleContext context, Path plugins) {
        this.context = context;
        installed = "reference:" + plugins.toUri();
    }

    Optional<String> of(StackTraceElement frame) {
        String type = frame.getClassName();
        if (type.startsWith("java.") || type.startsWith("javax.")) {
            return Optional.empty();
        }
        String file = type.replace('.', '/') + ".class";
        for (Bundle bundle : context.getBundles()) {
            String location = bundle.getLocation();
            boolean plugin = location.startsWith(installed) || location.startsWith("berth-dev:");
            if (plugin && bundle.getSymbolicName() != null && bundle.getEntry(file) != null) {
                return Optional.of(bundle.getSymbolicName());
            }
        }
        return Optional.empty();
    }
}
