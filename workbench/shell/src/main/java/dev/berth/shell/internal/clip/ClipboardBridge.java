/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.clip;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.TaskContext;
import java.awt.HeadlessException;
import java.awt.Toolkit;
import java.awt.datatransfer.Clipboard;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.StringSelection;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries text between the host's clipboard and the guests'. Everything runs on one thread of its own, because the owner
 * of the host's clipboard is another program that may take its time to answer. What came from one side is remembered,
 * so that its echo is not sent back.
 */
@AnyThread
public final class ClipboardBridge implements AutoCloseable {

    /** More is not text that somebody copied by hand, and would hold up the display's own channel. */
    private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    private static final int WAITING = 16;
    private static final Logger log = LoggerFactory.getLogger(ClipboardBridge.class);

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            ClipboardBridge::thread,
            new ThreadPoolExecutor.DiscardOldestPolicy());
    /** What each guest has on its clipboard as far as this side knows. Used on the one thread only. */
    private final Map<DisplayConnection, String> guests = new WeakHashMap<>();

    /** Has no thread until there is work. */
    public ClipboardBridge() {
        thread.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "berth-clipboard");
        thread.setDaemon(true);
        return thread;
    }

    /** The person turned to a guest: tells it what is on the host's clipboard unless it knows. */
    public void toGuest(DisplayConnection guest) {
        thread.execute(() -> {
            String text = hostText();
            if (text != null && !text.isEmpty() && !text.equals(guests.put(guest, text))) {
                guest.offerClipboard(ClipboardOffer.ofText(text));
            }
        });
    }

    /** A guest has something new on its clipboard: puts it on the host's. */
    public void fromGuest(DisplayConnection guest, ClipboardOffer offer) {
        if (!offer.types().contains(ClipboardOffer.TEXT)) {
            return;
        }
        thread.execute(() -> {
            try {
                byte[] utf8 = offer.read(ClipboardOffer.TEXT, TaskContext.silent());
                String text = new String(utf8, StandardCharsets.UTF_8);
                if (text.length() > MOST_CHARACTERS || text.equals(guests.put(guest, text)) || text.isEmpty()) {
                    return;
                }
                if (!text.equals(hostText())) {
                    clipboard().setContents(new StringSelection(text), null);
                }
            } catch (BerthException | IllegalStateException | HeadlessException e) {
                log.debug("The guest's clipboard cannot be taken over", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static @Nullable String hostText() {
        try {
            if (!clipboard().isDataFlavorAvailable(DataFlavor.stringFlavor)) {
                return null;
            }
            String text = (String) clipboard().getData(DataFlavor.stringFlavor);
            return text.length() > MOST_CHARACTERS ? null : text.replace("\r\n", "\n");
        } catch (UnsupportedFlavorException | IOException | IllegalStateException | HeadlessException e) {
            // Held by another program right now, or gone since it was asked for: the next focus asks again.
            log.debug("The host's clipboard cannot be read", e);
            return null;
        }
    }

    private static Clipboard clipboard() {
        return Toolkit.getDefaultToolkit().getSystemClipboard();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
