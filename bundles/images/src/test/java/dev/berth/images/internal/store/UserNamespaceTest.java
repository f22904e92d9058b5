/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.image.IdMapping;
import dev.berth.api.image.IdRange;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.image.Platform;
import dev.berth.api.task.TaskContext;
import dev.berth.images.internal.testing.Archive;
import dev.berth.images.internal.testing.Host;
import dev.berth.images.internal.unpack.ChildUnpacker;
import dev.berth.images.internal.unpack.UnpackException;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.home.BerthHome;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserNamespaceTest {

    private static final TaskContext CONTEXT = TaskContext.silent();

    /** Guest root is this user, so that the namespace may write into the test's folder. */
    private static final IdMapping MAPPED = new IdMapping(
            List.of(new IdRange(0, 0, 1), new IdRange(1, 200_000, 65_535)),
            List.of(new IdRange(0, 0, 1), new IdRange(1, 300_000, 65_535)));

    @TempDir
    Path temp;

    @Test
    void ownersAreMapped() throws Exception {
        BerthHome home = new BerthHome(temp.resolve("home"));
        LocalImageStore store = new LocalImageStore(home, () -> UnpackLimits.DEFAULT);
        LayerInfo layer;
        byte[] archive = new Archive()
                .pax("uid", "1000")
                .file("mine", "x")
                .file(".wh.gone", "")
                .folder("opaque/")
                .file("opaque/.wh..wh..opq", "")
                .bytes();
        try (LayerOutput out = store.newWriter().writer().newLayer("x", CONTEXT)) {
            out.write(archive);
            layer = out.commit();
        }

        Path folder = store.partial(ImageConfig.of(Platform.host()), List.of(layer), "x")
                .unpack(MAPPED, CONTEXT)
                .get(0);

        assertThat(folder.getFileName().toString()).startsWith(layer.diffId().hex() + "-");
        assertThat(Files.getAttribute(folder.resolve("mine"), "unix:uid")).isEqualTo(200_999);
        assertThat(Files.getAttribute(folder.resolve("mine"), "unix:gid")).isEqualTo(0);
        assertThat(Host.run("stat", "-c", "%F %t:%T", folder.resolve("gone").toString()))
                .startsWith("character special file 0:0");
        assertThat(Host.run("getfattr", "-d", folder.resolve("opaque").toString()))
                .contains("user.overlay.opaque=\"y\"");
        ChildUnpacker.delete(folder, MAPPED);
        assertThat(folder).doesNotExist();
    }

    @Test
    void refusalsComeThrough() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("folder"));
        byte[] archive = new Archive().file("../evil", "x").bytes();
        ByteBuffer bytes = ByteBuffer.wrap(archive);
        boolean[] read = {false};
        assertThatThrownBy(() -> ChildUnpacker.unpack(
                        () -> {
                            boolean first = !read[0];
                            read[0] = true;
                            return first ? bytes : null;
                        },
                        folder,
                        MAPPED,
                        UnpackLimits.DEFAULT))
                .isInstanceOf(UnpackException.class)
                .hasMessageContaining("has ..");
    }
}
