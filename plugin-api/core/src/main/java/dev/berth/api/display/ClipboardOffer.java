/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** What one side has on its clipboard: the kinds at once, the content when it is asked for. */
@ConsumerType
public interface ClipboardOffer {

    /** The media type of plain text, in UTF-8 with line feeds. */
    String TEXT = "text/plain;charset=utf-8";

    /** The media types on offer; empty when the clipboard was cleared. */
    Set<String> types();

    /**
     * Fetches the content in one of the {@link #types}.
     *
     * @throws BerthException if the other side has changed its mind or its connection is gone
     */
    @OnWorker
    byte[] read(String type, TaskContext context) throws BerthException, InterruptedException;

    /** An offer of text that is at hand. */
    static ClipboardOffer ofText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new ClipboardOffer() {
            @Override
            public Set<String> types() {
                return Set.of(TEXT);
            }

            @Override
            public byte[] read(String type, TaskContext context) {
                if (!TEXT.equals(type)) {
                    throw new IllegalArgumentException("not on offer: " + type);
                }
                return utf8.clone();
            }
        };
    }
}
