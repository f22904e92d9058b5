/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.audio.AudioStream;
import dev.berth.api.task.OnEdt;

/** The sound of a session whose tab is open, as its tool bar controls it. */
@OnEdt
public interface SoundDesk {

    /** The joined sound. */
    AudioStream stream();

    /** How loud the session is, in percent. */
    int volume();

    /** Sets how loud the session is, in percent. */
    void volume(int percent);

    /** Whether the session is silenced on this side. */
    boolean muted();

    /** Silences it, or lets it be heard again. */
    void toggleMute();

    /** Whether it hears this host's microphone. */
    boolean microphone();

    /** Lets it hear, or no more. */
    void toggleMicrophone();
}
