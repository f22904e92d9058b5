/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Robot;
import java.awt.Toolkit;
import javax.swing.JWindow;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VirtualScreen.class)
class VirtualScreenTest {

    @Test
    void aWindowIsSeen() throws Exception {
        assertThat(Toolkit.getDefaultToolkit().getScreenSize().width).isEqualTo(1280);
        Color[] seen = new Color[1];
        SwingUtilities.invokeAndWait(() -> {
            JWindow window = new JWindow();
            window.getContentPane().setBackground(Color.MAGENTA);
            window.setBounds(100, 100, 50, 50);
            window.setVisible(true);
        });
        Robot robot = new Robot();
        robot.setAutoWaitForIdle(true);
        for (int i = 0; i < 100 && !Color.MAGENTA.equals(seen[0]); i++) {
            robot.delay(20);
            seen[0] = robot.getPixelColor(120, 120);
        }
        assertThat(seen[0]).isEqualTo(Color.MAGENTA);
    }
}
