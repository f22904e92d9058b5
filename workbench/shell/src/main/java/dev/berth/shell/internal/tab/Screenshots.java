/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnEdt;
import dev.berth.sessions.FrameBuffer;
import dev.berth.shell.internal.clip.ImageSelection;
import dev.berth.shell.internal.kit.Texts;
import java.awt.Component;
import java.awt.Desktop;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.swing.JFileChooser;
import javax.swing.filechooser.FileNameExtensionFilter;

/** Pictures of a desktop, exactly as the guest drew them. */
@OnEdt
final class Screenshots {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

    private final Shell shell;
    private final Component parent;
    private final String session;

    Screenshots(Shell shell, Component parent, String session) {
        this.shell = shell;
        this.parent = parent;
        this.session = session;
    }

    void toClipboard(FrameBuffer frame) {
        shell.background()
                .ask(
                        () -> {
                            Toolkit.getDefaultToolkit()
                                    .getSystemClipboard()
                                    .setContents(new ImageSelection(image(frame)), null);
                            return true;
                        },
                        done -> shell.notify(Texts.of("screenshot.copied")),
                        shell::showError);
    }

    void toFile(FrameBuffer frame) {
        // Taken now: the desktop goes on while the person looks for a folder.
        BufferedImage image = image(frame);
        JFileChooser chooser = new JFileChooser();
        chooser.setName("screenshot.chooser");
        chooser.setFileFilter(new FileNameExtensionFilter(Texts.of("screenshot.png"), "png"));
        chooser.setSelectedFile(new File(session + "-" + STAMP.format(LocalDateTime.now()) + ".png"));
        if (chooser.showSaveDialog(parent) != JFileChooser.APPROVE_OPTION) {
            return;
        }
        File chosen = chooser.getSelectedFile();
        File file = chosen.getName().contains(".") ? chosen : new File(chosen.getPath() + ".png");
        shell.background()
                .ask(
                        () -> write(image, file),
                        written -> shell.notify(
                                Texts.of("screenshot.saved", written.getPath()),
                                Texts.of("screenshot.show"),
                                () -> show(written)),
                        shell::showError);
    }

    private void show(File written) {
        shell.background()
                .ask(
                        () -> {
                            try {
                                Desktop.getDesktop()
                                        .open(written.getAbsoluteFile().getParentFile());
                                return true;
                            } catch (IOException | UnsupportedOperationException e) {
                                throw new BerthException("screenshot.show", Texts.of("screenshot.showFailed"), e);
                            }
                        },
                        done -> {},
                        shell::showError);
    }

    private static File write(BufferedImage image, File file) throws BerthException {
        try {
            if (!ImageIO.write(image, "png", file)) {
                throw new IOException("no PNG writer");
            }
            return file;
        } catch (IOException e) {
            throw new BerthException("screenshot.failed", Texts.of("screenshot.failed", file.getPath()), e);
        }
    }

    private static BufferedImage image(FrameBuffer frame) {
        FrameBuffer.Picture picture = frame.copy();
        BufferedImage image = new BufferedImage(
                Math.max(1, picture.width()), Math.max(1, picture.height()), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, picture.width(), picture.height(), picture.pixels(), 0, picture.width());
        return image;
    }
}
