/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayProtocol;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.FrameSink;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Speaks RFB, the protocol of VNC, as a client. */
@Component
public final class RfbProtocol implements DisplayProtocol {

    /** What a handshake may take beside the questions to a person; a slow line and a busy server need a few seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final @Nullable EncodingChoice forced;
    private final Duration patience;

    /** Chooses encodings by where the server is. */
    @Activate
    public RfbProtocol() {
        this(null, PATIENCE);
    }

    /** Asks for these encodings wherever the server is. */
    public RfbProtocol(EncodingChoice forced) {
        this(forced, PATIENCE);
    }

    RfbProtocol(@Nullable EncodingChoice forced, Duration patience) {
        this.forced = forced;
        this.patience = patience;
    }

    @Override
    public String scheme() {
        return "rfb";
    }

    @Override
    public int defaultPort() {
        return 5900;
    }

    @Override
    public DisplayConnection connect(
            Endpoint endpoint, DisplayRequest request, FrameSink sink, DisplayListener listener, TaskContext context)
            throws DisplayException, InterruptedException {
        String where = endpoint.describe();
        context.checkCancelled();
        ByteChannel channel = open(endpoint, context);
        boolean joined = false;
        Deadline deadline = new Deadline(channel, patience);
        try (Registration cancel = context.onCancel(channel)) {
            Handshake.Welcome welcome =
                    new Handshake(channel, request, deadline.pausing(request.credentials()), endpoint).perform();
            deadline.close();
            EncodingChoice choice = forced != null ? forced : EncodingChoice.of(endpoint, request.lossless());
            RfbConnection connection = new RfbConnection(where, welcome, choice, request, sink, listener);
            context.checkCancelled();
            connection.start();
            joined = true;
            return connection;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled");
            }
            context.checkCancelled();
            throw deadline.expired() ? Failures.silent(where, patience) : Failures.lost(where, e);
        } finally {
            deadline.close();
            if (!joined) {
                closeQuietly(channel);
            }
        }
    }

    private static ByteChannel open(Endpoint endpoint, TaskContext context)
            throws DisplayException, InterruptedException {
        try {
            return endpoint.open(context);
        } catch (DisplayException e) {
            throw e;
        } catch (BerthException e) {
            throw new DisplayException(e.code(), e.kind(), e.summary(), e.detail(), e.remedy(), e);
        }
    }

    private static void closeQuietly(ByteChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The reason why it is closed is on its way to the caller already.
        }
    }
}
