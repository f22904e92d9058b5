/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EncodingChoiceTest {

    private record Place(boolean local, Optional<Path> unixSocket) implements Endpoint {
        @Override
        public ByteChannel open(TaskContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String describe() {
            return "nowhere";
        }
    }

    @Test
    void overAUnixSocketOnlyPlainPixelsAreNamed() {
        EncodingChoice choice = EncodingChoice.of(new Place(true, Optional.of(Path.of("/run/rfb"))), false);
        assertThat(choice.pixels()).containsExactly(Encodings.COPY_RECT, Encodings.RAW);
    }

    @Test
    void elsewhereTheServerMayPack() {
        assertThat(EncodingChoice.of(new Place(true, Optional.empty()), false).pixels())
                .contains(Encodings.TIGHT, Encodings.ZRLE);
        EncodingChoice far = EncodingChoice.of(new Place(false, Optional.empty()), false);
        assertThat(far.pixels()).contains(Encodings.TIGHT);
        assertThat(far.quality()).isEqualTo(8);
        assertThat(EncodingChoice.of(new Place(false, Optional.empty()), true).quality())
                .isNegative();
    }
}
