/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.display;

import java.awt.Color;
import java.awt.Frame;
import java.awt.Graphics;
import java.awt.Toolkit;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;

/** A window of 400x400 in the middle of 1920x1080 that turns from black to white and back at each key press. */
public final class Guest extends Frame {

    private static final long serialVersionUID = 1;
    private boolean white;

    private Guest() {
        super("guest");
        setUndecorated(true);
        setBounds(760, 340, 400, 400);
        addKeyListener(new KeyAdapter() {
            @Override
            public void keyPressed(KeyEvent event) {
                white = !white;
                paint(getGraphics());
            }
        });
    }

    @Override
    public void update(Graphics g) {
        paint(g);
    }

    @Override
    public void paint(Graphics g) {
        g.setColor(white ? Color.WHITE : Color.BLACK);
        g.fillRect(0, 0, 400, 400);
        Toolkit.getDefaultToolkit().sync();
    }

    /** No arguments. */
    public static void main(String[] args) {
        new Guest().setVisible(true);
    }
}
