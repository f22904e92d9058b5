/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

/** Numbers of commands, from PulseAudio's src/pulsecore/native-common.h. */
final class Command {

    static final int ERROR = 0;
    static final int REPLY = 2;
    static final int CREATE_PLAYBACK_STREAM = 3;
    static final int DELETE_PLAYBACK_STREAM = 4;
    static final int CREATE_RECORD_STREAM = 5;
    static final int DELETE_RECORD_STREAM = 6;
    static final int AUTH = 8;
    static final int SET_CLIENT_NAME = 9;
    static final int GET_SERVER_INFO = 20;
    static final int GET_SINK_INFO_LIST = 22;
    static final int GET_SOURCE_INFO_LIST = 24;
    static final int LOOKUP_SINK = 10;
    static final int GET_CLIENT_INFO_LIST = 28;
    static final int GET_SINK_INPUT_INFO_LIST = 30;
    static final int SUBSCRIBE = 35;
    static final int SET_SINK_INPUT_VOLUME = 37;
    static final int SET_DEFAULT_SINK = 44;
    static final int SET_DEFAULT_SOURCE = 45;
    static final int LOAD_MODULE = 51;
    static final int REQUEST = 61;
    static final int OVERFLOW = 62;
    static final int UNDERFLOW = 63;
    static final int PLAYBACK_STREAM_KILLED = 64;
    static final int RECORD_STREAM_KILLED = 65;
    static final int SUBSCRIBE_EVENT = 66;
    static final int SET_SINK_INPUT_MUTE = 69;
    static final int PLAYBACK_STREAM_MOVED = 78;
    static final int RECORD_STREAM_MOVED = 79;

    private Command() {}
}
