/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.wslc.internal.TarEntries;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of an archive by a fingerprint of what each is: kind, owner, rights, time, target and content. Two archives that
 * the same engine wrote can be compared by them.
 */
final class Base {

    private static final int BUFFER = 1 << 20;

    private Base() {}

    /** Path to fingerprint, in the order of the archive. A hard link has that of the file that it leads to. */
    static Map<String, String> of(Path archive, TaskContext context) throws IOException, InterruptedException {
        Map<String, String> found = new LinkedHashMap<>();
        Map<String, List<String>> waiting = new HashMap<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), BUFFER)) {
            TarEntries entries = new TarEntries(in);
            MessageDigest digest = sha256();
            byte[] buffer = new byte[1 << 16];
            for (TarEntries.Entry entry = entries.next(); entry != null; entry = entries.next()) {
                context.checkCancelled();
                String name = entry.name();
                if (name.isEmpty()) {
                    continue;
                }
                if (entry.type() == '1') {
                    String target = found.get(entry.link());
                    if (target == null) {
                        waiting.computeIfAbsent(entry.link(), key -> new ArrayList<>())
                                .add(name);
                        found.put(name, "");
                    } else {
                        found.put(name, target);
                    }
                    continue;
                }
                digest.reset();
                describe(entry, digest);
                InputStream content = entries.content();
                for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
                String print = entry.type() + HexFormat.of().formatHex(digest.digest(), 0, 16);
                found.put(name, print);
                for (String link : waiting.getOrDefault(name, List.of())) {
                    found.put(link, print);
                }
            }
        }
        return found;
    }

    /** The fields of the last header block that say what the file is: all but names and its own sum. */
    private static void describe(TarEntries.Entry entry, MessageDigest digest) {
        byte[] headers = entry.headers();
        int last = headers.length - TarEntries.BLOCK;
        digest.update((byte) entry.type());
        // Mode, user, group, size, time; device numbers.
        digest.update(headers, last + 100, 48);
        digest.update(headers, last + 329, 16);
        digest.update(entry.attributes());
        if (entry.type() == '2') {
            digest.update(entry.link().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
