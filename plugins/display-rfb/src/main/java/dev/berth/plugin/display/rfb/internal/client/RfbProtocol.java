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
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Speaks RFB, the protocol of VNC, as a client. */
@Component
public final class RfbProtocol implements DisplayProtocol {

    private final @Nullable EncodingChoice forced;

    /** Chooses encodings by where the server is. */
    @Activate
    public RfbProtocol() {
        this.forced = null;
    }

    /** Asks for these encodings wherever the server is. */
    public RfbProtocol(EncodingChoice forced) {
        this.forced = forced;
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
        try (Registration cancel = context.onCancel(channel)) {
            Handshake.Welcome welcome = new Handshake(channel, request, endpoint).perform();
            EncodingChoice choice = forced != null ? forced : EncodingChoice.of(endpoint.local(), request.lossless());
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
            throw Failures.lost(where, e);
        } finally {
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
