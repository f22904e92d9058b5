/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.image.Digest;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.images.RecipeLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A lock of a recipe as a JSON file, to be kept beside the sources of whoever needs the same desktop again. */
final class LockFile {

    private static final int LIMIT = 64 << 10;

    private LockFile() {}

    static Map<String, Object> document(RecipeLock lock) {
        return Json.object(
                "lock",
                1,
                "recipe",
                lock.recipe(),
                "platform",
                lock.platform(),
                "reference",
                lock.reference().toString(),
                "key",
                lock.key().toString(),
                "summary",
                lock.summary());
    }

    static void write(RecipeLock lock, Path file) throws BerthException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, Json.write(document(lock)) + "\n");
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Command.invalid(
                    "recipe.lock.file", "Cannot write " + file + ": " + e.getMessage(), "Check its name.");
        }
    }

    static RecipeLock read(Path file) throws BerthException {
        byte[] bytes;
        try {
            if (Files.size(file) > LIMIT) {
                throw new IOException("it is too large");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw Command.invalid("recipe.lock.file", "Cannot read " + file + ": " + e.getMessage(), "Check its name.");
        }
        try {
            Map<String, String> lock = Json.readFlat(new String(bytes, StandardCharsets.UTF_8));
            if (lock.getOrDefault("lock", "").equals("1")) {
                return new RecipeLock(
                        lock.getOrDefault("recipe", ""),
                        lock.getOrDefault("platform", ""),
                        RootfsReference.parse(lock.getOrDefault("reference", "")),
                        Digest.parse(lock.getOrDefault("key", "")),
                        lock.getOrDefault("summary", ""));
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw Command.invalid(
                "recipe.lock.file", file + " is no lock of a recipe.", "Make one: berth recipe lock RECIPE");
    }
}
