/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static dev.berth.plugin.share.ninep.internal.NinepClient.ROOT;
import static dev.berth.plugin.share.ninep.internal.NinepClient.check;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Ways up, and folders and links that change while they are used. */
class RaceAttacksTest extends AttackedShare {

    @Test
    void parentOfTheRootIsTheRoot() throws IOException {
        NinepClient.Reply root = check(client.getattr(ROOT));
        check(client.walk(ROOT, 1, "..", "..", "..", ".."));
        assertThat(check(client.getattr(1)).body()).isEqualTo(root.body());
        check(client.walk(ROOT, 2, "a", "b", "..", "..", "..", "file"));
        check(client.open(1, 0));
        assertThat(client.list(1, 4096)).contains("file", "a").doesNotContain("outside", "share", "s");
    }

    /** A folder is moved up while a client stands in what was below it, and walks to the parent. */
    @Test
    void renamedParentsDoNotLeadOut() throws IOException {
        check(client.walk(ROOT, 1, "a", "b", "c"));
        check(client.rename(ROOT, "a", ROOT, "moved"));
        check(client.walk(ROOT, 2, "moved", "b"));
        check(client.rename(2, "c", ROOT, "c"));
        for (int i = 0; i < 6; i++) {
            check(client.walk(1, 1, ".."));
        }
        check(client.walk(1, 3, "file"));
        assertThat(client.walk(1, 4, "outside").errno()).isNotZero();
        assertThat(client.walk(1, 5, "..", "outside").body().getShort(0)).isEqualTo((short) 1);
    }

    /** The host itself moves the folder that a client stands in out of the share; its parent is still the share's. */
    @Test
    void parentsStayInsideWhenTheHostMovesAFolderOut() throws IOException {
        check(client.walk(ROOT, 1, "a", "b"));
        Path away = temp.resolve("away");
        Files.move(share.resolve("a"), away);
        check(client.walk(1, 2, "..", ".."));
        check(client.walk(2, 3, "file"));
        assertThat(client.walk(2, 4, "outside").errno()).isNotZero();
    }

    /** A folder turns into a link to the outside and back while it is used. */
    @RepeatedTest(2)
    void linkRaces() throws Exception {
        Path racing = share.resolve("race");
        AtomicBoolean stop = new AtomicBoolean();
        Thread swapper = new Thread(() -> {
            while (!stop.get()) {
                swap(racing);
            }
        });
        swapper.start();
        try {
            for (int i = 0; i < 1500; i++) {
                if (client.walk(ROOT, 10, "race").errno() == 0) {
                    client.mkdir(10, "made" + i);
                    client.unlink(10, "secret2", 0);
                    client.symlink(10, "l" + i, "x");
                    client.rename(10, "l" + i, 10, "m" + i);
                    client.clunk(10);
                }
                NinepClient.Reply reply = client.walk(ROOT, 11, "race", "secret");
                if (reply.errno() == 0 && reply.body().getShort(0) == 2) {
                    if (client.open(11, 0).errno() == 0) {
                        assertThat(client.readText(11)).isIn("inside", "");
                    }
                    client.clunk(11);
                }
                check(client.walk(ROOT, 12));
                if (client.create(12, "race", 0x241, 0644).errno() == 0) {
                    client.unlink(ROOT, "race", 0);
                }
                client.clunk(12);
            }
        } finally {
            stop.set(true);
            swapper.join();
        }
        assertUntouched();
    }

    /** A folder, then a link to the outside; whatever the client made of the name meanwhile gives way. */
    private void swap(Path racing) {
        try {
            if (Files.isDirectory(racing, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(racing, temp.resolve("gone" + System.nanoTime()));
            } else {
                Files.deleteIfExists(racing);
            }
            Files.createSymbolicLink(racing, outside);
            Files.deleteIfExists(racing);
            Files.createDirectory(racing);
            Files.writeString(racing.resolve("secret"), "inside", StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            // The client was faster; the next round begins anew.
        }
    }

    /** The host moves a folder out and back while one client walks through it to its parent, and another in it. */
    @Test
    void parentRaces() throws Exception {
        Path inside = share.resolve("a/b");
        Path away = temp.resolve("away");
        AtomicBoolean stop = new AtomicBoolean();
        Thread mover = new Thread(() -> {
            while (!stop.get()) {
                try {
                    Files.move(inside, away);
                    Files.move(away, inside);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        check(client.walk(ROOT, 9, "a", "b", "c"));
        mover.start();
        try {
            for (int i = 0; i < 1500; i++) {
                NinepClient.Reply up = client.walk(ROOT, 10, "a", "b", "c", "..", "..", "..", "..", "..", "outside");
                assertThat(up.errno() != 0 || up.body().getShort(0) < 9)
                        .as("found what lies outside")
                        .isTrue();
                check(client.walk(9, 11, "..", "..", "..", ".."));
                check(client.walk(11, 12, "file"));
                assertThat(client.walk(11, 13, "outside").errno()).isNotZero();
                client.mkdir(11, "..");
                check(client.clunk(11));
                check(client.clunk(12));
            }
        } finally {
            stop.set(true);
            mover.join();
        }
    }
}
