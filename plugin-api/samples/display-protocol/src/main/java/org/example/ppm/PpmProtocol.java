package org.example.ppm;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.error.DisplayException;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayProtocol;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.FrameSink;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import org.osgi.service.component.annotations.Component;

/**
 * Shows the pictures that a server sends one after another in the format of netpbm (ppm(5), P6): {@code berth view
 * ppm://127.0.0.1:7000}. A server is one line: {@code ffmpeg -i FILE -f image2pipe -c:v ppm tcp://127.0.0.1:7000?listen=1}.
 */
@Component
public final class PpmProtocol implements DisplayProtocol {

    @Override
    public String scheme() {
        return "ppm";
    }

    @Override
    public int defaultPort() {
        return 7000;
    }

    /** Returns when the first picture is there; its size is the display's. */
    @Override
    public DisplayConnection connect(
            Endpoint endpoint, DisplayRequest request, FrameSink sink, DisplayListener listener, TaskContext context)
            throws DisplayException, InterruptedException {
        ByteChannel channel;
        try {
            channel = endpoint.open(context);
        } catch (BerthException e) {
            throw new DisplayException("display.ppm", e.summary(), e);
        }
        // Closing the channel is what ends a read that a cancelled task waits in.
        try (Registration cancel = context.onCancel(channel)) {
            PpmStream stream = new PpmStream(channel, sink);
            stream.picture();
            return new PpmConnection(channel, stream, listener);
        } catch (IOException e) {
            close(channel);
            context.checkCancelled();
            throw new DisplayException("display.ppm", endpoint.describe() + " sends no pictures: " + e.getMessage(), e);
        }
    }

    private static void close(ByteChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }
}
