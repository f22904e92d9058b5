/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;

/** The server during the handshake: one side speaks at a time, and the channel can be exchanged for an encrypted one. */
public final class Peer {

    private static final int MAX_REASON = 64 << 10;

    private ByteChannel channel;
    private RfbInput in;
    private String security = "not encrypted";

    /** Over a channel that blocks. */
    public Peer(ByteChannel channel) {
        this.channel = channel;
        this.in = new RfbInput(channel);
    }

    /** What the server says. */
    public RfbInput in() {
        return in;
    }

    /** The channel, encrypted or not. */
    public ByteChannel channel() {
        return channel;
    }

    /** How the connection is protected, for a person. */
    public String security() {
        return security;
    }

    /** Sends at once. */
    public void send(byte... bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Reads a sentence of the server, made fit to be shown. */
    public String reason() throws IOException {
        String text = new String(in.bytes(in.length(MAX_REASON, "a reason")), StandardCharsets.UTF_8);
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > 500 ? line.substring(0, 500) + "…" : line;
    }

    /** Refuses what was sent before the encryption began: who put it there cannot be known. */
    void checkSilent() throws RfbException {
        if (in.available() != 0) {
            throw new RfbException("data before the encryption began");
        }
    }

    /** Goes on over another channel. */
    void goOnWith(ByteChannel encrypted, String how) {
        channel = encrypted;
        in = new RfbInput(encrypted);
        security = how;
    }

    /** Says how the connection is protected. */
    void describe(String how) {
        security = how;
    }
}
