/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The folders of a Berth home. Several processes may share one: every change is a lock file plus an atomic rename
 * ({@link HomeLock}, {@link AtomicFiles}), never an in-place write.
 */
@ProviderType
@Component(service = BerthHome.class)
public final class BerthHome {

    /** The framework and system property that names the home. The launcher sets it. */
    public static final String PROPERTY = "berth.home";

    private final Path root;

    /** For the framework. */
    @Activate
    public BerthHome(BundleContext context) {
        this(Path.of(Objects.requireNonNull(context.getProperty(PROPERTY), PROPERTY)));
    }

    /** A home in a given folder, which need not exist yet. */
    public BerthHome(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The home itself. */
    public Path root() {
        return root;
    }

    /** The image store: an OCI image layout. */
    public Path store() {
        return root.resolve("store");
    }

    /** Unpacked layers by digest. */
    public Path rootfs() {
        return root.resolve("rootfs");
    }

    /** One folder per session. */
    public Path sessions() {
        return root.resolve("sessions");
    }

    /** Bundles that the user installed. */
    public Path plugins() {
        return root.resolve("plugins");
    }

    /** One JSON file per settings page. */
    public Path settings() {
        return root.resolve("settings");
    }

    /** Downloads and the framework's cache: always safe to delete while no Berth runs. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** Lock files. */
    public Path locks() {
        return root.resolve("locks");
    }

    /** Makes a folder of the home if it is not there, and returns it. */
    public Path ensure(Path folder) throws IOException {
        if (!folder.startsWith(root)) {
            throw new IllegalArgumentException(folder + " is not in the Berth home");
        }
        return Files.createDirectories(folder);
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
