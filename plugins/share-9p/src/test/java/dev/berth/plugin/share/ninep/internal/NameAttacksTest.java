/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static dev.berth.plugin.share.ninep.internal.NinepClient.ROOT;
import static dev.berth.plugin.share.ninep.internal.NinepClient.check;
import static dev.berth.plugin.share.ninep.internal.NinepClient.fields;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Names that would lead out of the shared folder, and links that lead out of it. */
class NameAttacksTest extends AttackedShare {

    @TestFactory
    List<DynamicTest> names() {
        List<DynamicTest> tests = new ArrayList<>();
        String[] bad = {
            "..",
            ".",
            "",
            "/",
            "../outside",
            "../../etc",
            "a/../../outside",
            "/etc",
            "/etc/passwd",
            "a/b",
            "x\0y",
            "..\0",
            "./..",
            "../",
            "\0",
            "a/",
            "out/secret",
            "x".repeat(256),
            "y".repeat(60_000)
        };
        int[] n = {100};
        for (String name : bad) {
            String shown = name.replace("\0", "NUL");
            shown = shown.length() > 30 ? shown.length() + " bytes" : shown;
            attack(tests, "create " + shown, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid));
                return client.create(fid, name, 0x42, 0644).errno();
            });
            attack(tests, "make folder " + shown, () -> client.mkdir(ROOT, name).errno());
            attack(
                    tests,
                    "make link " + shown,
                    () -> client.symlink(ROOT, name, "/etc").errno());
            attack(tests, "remove " + shown, () -> client.unlink(ROOT, name, 0).errno());
            attack(
                    tests,
                    "remove folder " + shown,
                    () -> client.unlink(ROOT, name, 0x200).errno());
            attack(
                    tests,
                    "rename to " + shown,
                    () -> client.rename(ROOT, "file", ROOT, name).errno());
            attack(
                    tests,
                    "rename from " + shown,
                    () -> client.rename(ROOT, name, ROOT, "taken").errno());
            if (!name.equals("..") && !name.equals(".")) {
                attack(
                        tests,
                        "walk " + shown,
                        () -> client.walk(ROOT, n[0]++, name).errno());
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> links() {
        List<DynamicTest> tests = new ArrayList<>();
        int[] n = {500};
        for (String link : List.of("out", "up", "secretlink", "proc", "loop")) {
            attack(tests, "open the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.open(fid, 0).errno();
            });
            attack(tests, "open the link for writing " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.open(fid, 0x201).errno();
            });
            attack(tests, "create through the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.create(fid, "made", 0x42, 0644).errno();
            });
            attack(tests, "create onto the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid));
                return client.create(fid, link, 0x241, 0644).errno();
            });
            attack(tests, "walk through the link " + link, () -> {
                NinepClient.Reply reply = client.walk(ROOT, n[0]++, link, "secret");
                return reply.errno() != 0 || reply.body().getShort(0) < 2 ? 1 : 0;
            });
            attack(tests, "make a folder below the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.mkdir(fid, "made").errno();
            });
            attack(tests, "remove below the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.unlink(fid, "secret", 0).errno();
            });
            attack(tests, "rename out through the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.rename(ROOT, "file", fid, "stolen").errno();
            });
            attack(tests, "truncate through the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.call(26, 1, fields(fid, 8, 0, 0, 0, 0L, 0L, 0L, 0L, 0L))
                        .errno();
            });
            attack(tests, "set an attribute through the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                check(client.call(32, 1, fields(fid, "user.x", 0L, 0)));
                return client.clunk(fid).errno();
            });
        }
        return tests;
    }
}
