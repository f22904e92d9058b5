/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.errors;

import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;

/** The ways in which WSL containers can be missing on a host, besides those that have an error code. */
public enum Lack {
    /** Any other system than Windows. */
    NOT_WINDOWS(
            "WSL containers are a part of Windows, and this is another system.",
            Remedy.advice("Use the engine runc, or docker for an engine elsewhere.")),
    /** Windows 10. */
    WINDOWS_TOO_OLD(
            "WSL containers need Windows 11.",
            Remedy.advice("Update Windows, or use Docker's engine with --engine docker.")),
    /** Neither wsl.exe nor wslc.exe. */
    NO_WSL(
            "WSL is not installed on this computer.",
            Remedy.command(
                    "Install it as an administrator, and restart Windows.", "wsl", "--install", "--no-distribution")),
    /** wsl.exe without wslc.exe. */
    NO_WSLC(
            "This WSL is too old for containers: it has no command wslc.",
            Remedy.command("Update WSL.", "wsl", "--update")),
    /** The setting names a program that does not exist. */
    SETTING_LEADS_NOWHERE(
            "The command wslc that the settings name does not exist.",
            Remedy.advice("Correct or clear \"command\" on the settings page of WSL containers.")),
    /** It exists, but does not start. */
    CANNOT_BE_RUN(
            "The command wslc is there but cannot be run.",
            Remedy.advice("See that this user may run it, and that no security program blocks it.")),
    /** An older one than Berth was written for. */
    TOO_OLD(
            "This version of WSL containers is too old: Berth needs 2.9.3 or newer.",
            Remedy.command("Update WSL.", "wsl", "--update")),
    /** No answer. */
    SILENT("The command wslc does not answer.", Remedy.command("Shut WSL down, and try again.", "wsl", "--shutdown")),
    /** It answers something else. */
    NOT_UNDERSTOOD(
            "What the command wslc says is not understood.",
            Remedy.advice("See that the setting \"command\" names the wslc of Windows, and update WSL."));

    private final String summary;
    private final Remedy remedy;

    Lack(String summary, Remedy remedy) {
        this.summary = summary;
        this.remedy = remedy;
    }

    /** One sentence for the person. */
    public String summary() {
        return summary;
    }

    /** What to do. */
    public Remedy remedy() {
        return remedy;
    }

    /** As a line of {@code berth doctor}. */
    public HostCheck check() {
        HostCheck.Status status = this == NOT_WINDOWS ? HostCheck.Status.NOT_APPLICABLE : HostCheck.Status.MISSING;
        return new HostCheck("wslc", status, summary, remedy);
    }
}
