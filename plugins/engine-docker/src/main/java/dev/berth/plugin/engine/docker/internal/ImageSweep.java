/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.docker.internal.http.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes away the images of exports that were cut short by a killed Berth. */
final class ImageSweep {

    /** Far longer than an export takes: what is younger may be at work in another process. */
    private static final long OLD_SECONDS = 3600;

    private final Api api;

    ImageSweep(Api api) {
        this.api = api;
    }

    List<String> run() throws EngineException, InterruptedException {
        List<String> mended = new ArrayList<>();
        Json images = api.get("/images/json")
                .orFail("The engine does not tell which images it has.")
                .json();
        for (Json image : images.items()) {
            for (Json tag : image.get("RepoTags").items()) {
                boolean old = image.get("Created").number() < Instant.now().getEpochSecond() - OLD_SECONDS;
                if (old && tag.text().startsWith(Names.commitRepository() + ":")) {
                    String path = "/images/" + Request.encode(tag.text()).replace("%2F", "/");
                    if (api.delete(path).ok()) {
                        mended.add("Removed " + tag.text() + ", left by an export that was cut short.");
                    }
                }
            }
        }
        return mended;
    }
}
