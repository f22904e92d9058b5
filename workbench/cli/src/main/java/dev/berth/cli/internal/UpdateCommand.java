/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.updates.Release;
import dev.berth.updates.SoftwareUpdates;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code berth update}: brings a newer Berth into the home. */
@picocli.CommandLine.Command(
        name = "update",
        description = "Takes a newer Berth from an update site, for the next start. Off until a site is named.")
final class UpdateCommand extends Command {

    @Option(names = "--check", description = "Only tells what the site offers.")
    boolean checkOnly;

    @Option(names = "--back", description = "Has the next start run what ran before the last update.")
    boolean back;

    @Option(
            names = "--site",
            paramLabel = "ADDRESS",
            description = "Remembers the update site: an https: or file: address. \"\" switches updates off.")
    @Nullable
    String site;

    @Option(
            names = "--key",
            paramLabel = "KEY|FILE",
            description = "Remembers the public key of those who sign its lists (Ed25519).")
    @Nullable
    String key;

    @Override
    int run() throws BerthException, IOException, InterruptedException {
        if (back && (checkOnly || site != null || key != null)) {
            throw invalid("usage", "--back goes with no other option.", "Run berth update --help.");
        }
        if (back) {
            return goBack();
        }
        SoftwareUpdates updates = services().updates();
        if (site != null || key != null) {
            updates.site(site, key == null ? null : RepositoryCommands.keyText(key));
        }
        if (site != null && site.isBlank()) {
            console().result(Json.object("site", ""), "Updates are off.");
            return 0;
        }
        Release release =
                checkOnly ? task("Asking the update site", updates::check) : task("Updating Berth", updates::take);
        console().result(document(release), sentence(release));
        return 0;
    }

    private int goBack() throws BerthException, InterruptedException {
        String tree = services().updates().goBack();
        console()
                .result(
                        Json.object("tree", tree),
                        "The next start runs "
                                + (tree.isEmpty() ? "Berth as it was installed." : "Berth " + tree + "."));
        return 0;
    }

    private static Map<String, Object> document(Release release) {
        return Json.object(
                "version",
                release.version(),
                "build",
                release.build(),
                "issued",
                release.issued().toString(),
                "newer",
                release.newer(),
                "downloadBytes",
                release.downloadBytes());
    }

    private String sentence(Release release) {
        String name = "Berth " + release.version() + " (build " + release.build() + ")";
        if (!release.newer()) {
            return name + " is what the next start runs; there is nothing newer.";
        }
        String size = String.format(Locale.ROOT, "%.1f MB", release.downloadBytes() / 1e6);
        return checkOnly
                ? name + " is there; taking it downloads " + size + ". Take it: berth update"
                : name + " is here (" + size + " downloaded); the next start runs it. Back: berth update --back";
    }
}
