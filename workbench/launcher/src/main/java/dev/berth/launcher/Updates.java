/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses between the installation's own bundles and those of an update. {@code berth update} puts whole trees into {@code updates/trees}
 * of the home and names one in {@code updates/current}.
 */
final class Updates {

    private static final Logger LOG = LoggerFactory.getLogger(Updates.class);

    private final Path folder;
    private final Install installed;

    Updates(Path home, Install installed) {
        folder = home.resolve("updates");
        this.installed = installed;
    }

    /** Returns what to run. An update that was made for another build of the installation is passed over: that build is newer, or older. */
    Install current() throws LaunchException {
        try {
            String name = Files.readString(folder.resolve("current")).strip();
            if (name.matches("[0-9A-Za-z][0-9A-Za-z.+-]*")) {
                Path tree = folder.resolve("trees").resolve(name);
                String base = Files.readString(tree.resolve("conf/base.id")).strip();
                if (base.equals(installed.buildId())) {
                    return new Install(tree.toAbsolutePath());
                }
            }
            LOG.info("The update {} is not for this installation", name);
        } catch (NoSuchFileException e) {
            // No update, or one that was taken back a moment ago.
        } catch (IOException e) {
            LOG.warn("The updates in {} cannot be read", folder, e);
        }
        return installed;
    }

    /** Takes back an update that does not start; the next start does not try it again. */
    void giveUp(Install update, LaunchException why, BundleRuntime.Warnings warnings) {
        LOG.error("The update {} does not start", update.folder(), why);
        warnings.warn("The update " + update.folder().getFileName() + " does not start and is taken back: "
                + why.getMessage());
        try {
            Files.deleteIfExists(folder.resolve("current"));
        } catch (IOException e) {
            LOG.warn("{} stays", folder.resolve("current"), e);
        }
    }
}
