/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.ServerKey;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.DisplayException;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.workbench.WorkbenchWindow;
import dev.berth.cli.internal.desktop.Eyes;
import dev.berth.cli.internal.desktop.Png;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth view URL}: any display by its address. */
@picocli.CommandLine.Command(
        name = "view",
        description = "Opens any display by its address: rfb://host:port, rfb+unix:/path.")
final class ViewCommand extends Command {

    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Parameters(paramLabel = "URL", description = "The display's address.")
    String address = "";

    @Option(names = "--screenshot", paramLabel = "FILE", description = "Writes a picture of it and opens no window.")
    @Nullable
    Path screenshot;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "Holds the password for --screenshot, if one is asked for; the variable BERTH_PASSWORD does too.")
    @Nullable
    Path passwordFile;

    @Option(
            names = "--trust",
            paramLabel = "FINGERPRINT",
            description =
                    "The display's key, SHA256: and digits, if nothing here vouches for it. With --screenshot; a window asks.")
    String trusted = "";

    @Override
    int run() throws BerthException, IOException, InterruptedException {
        if (screenshot == null && !trusted.isEmpty()) {
            throw invalid("usage", "--trust goes with --screenshot.", "Leave it out: the window asks.");
        }
        return screenshot == null ? show() : take(screenshot);
    }

    /** The window asks for a password itself, if one is wanted. */
    private int show() throws BerthException, InterruptedException {
        if (!Screen.isThere()) {
            throw invalid(
                    "view.screen",
                    "There is no screen here to show a display on.",
                    "Take a picture of it with --screenshot FILE.");
        }
        WorkbenchWindow window = services().window();
        window.view(address);
        window.awaitClosed();
        return 0;
    }

    private int take(Path file) throws BerthException, IOException, InterruptedException {
        Given credentials = new Given(login(), trusted);
        FrameBuffer frame = new FrameBuffer();
        try (SessionDisplay ignored = services()
                .sessions()
                .view(address, credentials, frame, new DisplayListener() {}, TaskContext.silent())) {
            DesktopCommands.awaitPixels(frame);
            new Eyes(frame).awaitStable(QUIET, LIMIT);
            FrameBuffer.Picture picture = frame.copy();
            Png.write(picture, file);
            console()
                    .result(
                            Json.object(
                                    "screenshot",
                                    file.toAbsolutePath().toString(),
                                    "width",
                                    picture.width(),
                                    "height",
                                    picture.height()),
                            file.toString());
        } catch (DisplayException e) {
            throw e.code().equals("display.trust") ? withFingerprint(e, credentials.changed) : e;
        }
        return 0;
    }

    /** Here nobody can be asked, so the error says what would be. */
    private static DisplayException withFingerprint(DisplayException e, boolean changed) {
        return new DisplayException(
                e.code(),
                e.kind(),
                e.summary() + (changed ? " It has another key than the one that was trusted here before." : "")
                        + " It shows: " + e.detail(),
                e.detail(),
                Remedy.advice(
                        "Compare the fingerprint with the one on the server; if they are equal, add --trust and it."),
                e);
    }

    /** What the command line has given. */
    private static final class Given implements Credentials {
        private final Optional<Login> login;
        private final String fingerprint;
        private boolean changed;

        Given(Optional<Login> login, String fingerprint) {
            this.login = login;
            this.fingerprint = fingerprint;
        }

        @Override
        public Optional<Login> ask(String realm, boolean needUser) {
            return login;
        }

        @Override
        public boolean trust(ServerKey key) {
            changed = key.doubts().contains(ServerKey.Doubt.CHANGED);
            return key.fingerprint().equalsIgnoreCase(fingerprint)
                    || !key.shortFingerprint().isEmpty()
                            && key.shortFingerprint().equalsIgnoreCase(fingerprint);
        }
    }

    private Optional<Credentials.Login> login() throws BerthException {
        if (passwordFile != null) {
            try {
                return Optional.of(new Credentials.Login(
                        "", java.nio.file.Files.readString(passwordFile).strip()));
            } catch (IOException e) {
                throw invalid("usage", "Cannot read " + passwordFile + ".", "Check its name.");
            }
        }
        return Optional.ofNullable(System.getenv("BERTH_PASSWORD"))
                .map(password -> new Credentials.Login("", password));
    }
}
