/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas;

import dev.berth.api.display.CursorImage;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayInput;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.canvas.internal.Cursors;
import dev.berth.canvas.internal.DamageQueue;
import dev.berth.canvas.internal.DirectPaint;
import dev.berth.canvas.internal.GuestSizer;
import dev.berth.canvas.internal.HostKeyboard;
import dev.berth.canvas.internal.KeyTranslator;
import dev.berth.canvas.internal.PicturePainter;
import dev.berth.canvas.internal.PointerTranslator;
import dev.berth.canvas.internal.ScreenGraphics;
import dev.berth.canvas.internal.ViewGeometry;
import dev.berth.sessions.FrameBuffer;
import java.awt.AWTEvent;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.event.ComponentEvent;
import java.awt.event.FocusEvent;
import java.awt.event.HierarchyEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import java.util.function.Predicate;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.swing.JComponent;
import javax.swing.Scrollable;
import org.jspecify.annotations.Nullable;

/**
 * Shows a picture that a protocol writes, and takes keys and pointer for it. Pixels go from the protocol's array to the
 * screen without a copy on the way, except where they are scaled; only what changed is drawn, at exact device pixels on
 * any screen scale. Put it into a scroll pane: in {@link ScaleMode#ACTUAL} it scrolls, else it has the size of the view.
 */
@OnEdt
public final class DesktopCanvas extends JComponent implements Scrollable {

    private static final int SCROLL_STEP = 64;
    private static final int GREY_ALPHA = 150;

    private final transient HostKeyboard host = HostKeyboard.current();
    private final transient DamageQueue damage = new DamageQueue();
    private final int[] damaged = new int[4 * DamageQueue.MAX_RECTANGLES];
    private final transient PicturePainter painter = new PicturePainter();
    private final transient GuestSizer sizer = new GuestSizer();
    private final transient KeyTranslator keys = new KeyTranslator(host, key -> input().ifPresent(to -> to.key(key)));
    private final transient PointerTranslator pointer = new PointerTranslator(host);
    private final transient ScreenGraphics screen = new ScreenGraphics(this);
    private final Rectangle visible = new Rectangle();
    private final transient FrameBuffer.Listener listener = new FrameListener();

    private transient @Nullable FrameBuffer frame;
    private transient @Nullable DisplayConnection connection;
    private transient @Nullable Registration listening;
    private transient CursorImage guestCursor = CursorImage.HIDDEN;
    private transient Predicate<KeyEvent> hostKeys = event -> false;
    private transient boolean cursorKnown;
    private transient boolean hostKeyDown;
    private ScaleMode mode = ScaleMode.FIT;
    private boolean viewOnly;
    private boolean greyed;
    private boolean seen;
    private boolean watched;

    /** Shows nothing until {@link #attach}. */
    public DesktopCanvas() {
        setName("desktop");
        setOpaque(true);
        setDoubleBuffered(false);
        setFocusable(true);
        setFocusTraversalKeysEnabled(false);
        // The guest has input methods of its own.
        enableInputMethods(false);
        enableEvents(AWTEvent.KEY_EVENT_MASK
                | AWTEvent.MOUSE_EVENT_MASK
                | AWTEvent.MOUSE_MOTION_EVENT_MASK
                | AWTEvent.MOUSE_WHEEL_EVENT_MASK
                | AWTEvent.FOCUS_EVENT_MASK
                | AWTEvent.COMPONENT_EVENT_MASK
                | AWTEvent.HIERARCHY_EVENT_MASK);
        addPropertyChangeListener("graphicsConfiguration", event -> {
            screen.drop();
            viewChanged();
        });
    }

    /** Shows a picture and sends input to a connection, in place of what it had before. */
    public void attach(FrameBuffer newFrame, DisplayConnection newConnection) {
        detach();
        frame = newFrame;
        connection = newConnection;
        sizer.connection(newConnection);
        listening = newFrame.listen(listener);
        painter.picture(newFrame.picture());
        tellVisibility();
        viewChanged();
    }

    /** Lets go of picture and connection; the last picture stays until something else is attached. */
    public void detach() {
        if (listening != null) {
            listening.close();
            listening = null;
        }
        releaseAll();
        connection = null;
        frame = null;
        sizer.connection(null);
    }

    /** How the picture is laid into the view. */
    public ScaleMode mode() {
        return mode;
    }

    /** Lays the picture into the view another way. */
    public void mode(ScaleMode other) {
        mode = other;
        if (other != ScaleMode.FOLLOW) {
            sizer.stop();
        }
        viewChanged();
    }

    /** Whether keys and pointer are kept from the guest. */
    public void viewOnly(boolean only) {
        releaseAll();
        viewOnly = only;
    }

    /** Greys the picture out: it is an old one. */
    public void greyed(boolean old) {
        if (greyed != old) {
            greyed = old;
            repaint();
        }
    }

    /** Whether somebody looks at the pixels elsewhere, so that they are asked for though the view is hidden. */
    public void watched(boolean elsewhere) {
        if (watched != elsewhere) {
            watched = elsewhere;
            tellVisibility();
        }
    }

    /** The size of the picture in its own pixels. */
    public Dimension pictureSize() {
        return new Dimension(painter.width(), painter.height());
    }

    /** The size of the view in device pixels. */
    public Dimension deviceSize() {
        AffineTransform scale = deviceScale();
        return new Dimension(
                (int) Math.round(getWidth() * scale.getScaleX()), (int) Math.round(getHeight() * scale.getScaleY()));
    }

    /** Key presses for which this answers true are left to the window; so are their releases. */
    public void hostKeys(Predicate<KeyEvent> which) {
        hostKeys = which;
    }

    /** The guest's pointer has another shape. */
    @AnyThread
    public void guestCursor(CursorImage image) {
        Edt.run(() -> {
            guestCursor = image;
            cursorKnown = true;
            applyCursor();
        });
    }

    private void applyCursor() {
        if (!cursorKnown || getGraphicsConfiguration() == null) {
            return;
        }
        ViewGeometry geometry = geometry();
        double scale = geometry.exact() || geometry.pictureWidth() < 1
                ? 1
                : (double) geometry.width() / geometry.pictureWidth();
        // Very small pictures keep a pointer that can be seen.
        setCursor(viewOnly ? Cursor.getDefaultCursor() : Cursors.of(guestCursor, Math.max(0.5, scale)));
    }

    private Optional<DisplayInput> input() {
        DisplayConnection to = connection;
        return to == null || viewOnly ? Optional.empty() : Optional.of(to.input());
    }

    private void releaseAll() {
        keys.reset();
        pointer.reset();
        hostKeyDown = false;
        input().ifPresent(DisplayInput::releaseAll);
    }

    // ---- size

    private AffineTransform deviceScale() {
        return getGraphicsConfiguration() == null
                ? new AffineTransform()
                : getGraphicsConfiguration().getDefaultTransform();
    }

    private ViewGeometry geometry() {
        Dimension view = deviceSize();
        return mode == ScaleMode.FIT
                ? ViewGeometry.fit(view.width, view.height, painter.width(), painter.height())
                : ViewGeometry.actual(view.width, view.height, painter.width(), painter.height());
    }

    private void viewChanged() {
        revalidate();
        repaint();
        applyCursor();
        Dimension view = deviceSize();
        if (mode == ScaleMode.FOLLOW && connection != null && isShowing() && view.width > 0 && view.height > 0) {
            sizer.want(view.width, view.height);
        }
    }

    @Override
    public Dimension getPreferredSize() {
        if (mode != ScaleMode.ACTUAL) {
            return new Dimension(1, 1);
        }
        AffineTransform scale = deviceScale();
        return new Dimension((int) Math.ceil(painter.width() / scale.getScaleX()), (int)
                Math.ceil(painter.height() / scale.getScaleY()));
    }

    @Override
    public Dimension getPreferredScrollableViewportSize() {
        return getPreferredSize();
    }

    @Override
    public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
        return SCROLL_STEP;
    }

    @Override
    public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
        return Math.max(SCROLL_STEP, visible.height - SCROLL_STEP);
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
        return mode != ScaleMode.ACTUAL || getParent() != null && getParent().getWidth() > getPreferredSize().width;
    }

    @Override
    public boolean getScrollableTracksViewportHeight() {
        return mode != ScaleMode.ACTUAL || getParent() != null && getParent().getHeight() > getPreferredSize().height;
    }

    @Override
    protected void processComponentEvent(ComponentEvent event) {
        super.processComponentEvent(event);
        if (event.getID() == ComponentEvent.COMPONENT_RESIZED) {
            viewChanged();
        }
    }

    @Override
    protected void processHierarchyEvent(HierarchyEvent event) {
        super.processHierarchyEvent(event);
        if ((event.getChangeFlags() & (HierarchyEvent.DISPLAYABILITY_CHANGED | HierarchyEvent.SHOWING_CHANGED)) != 0) {
            screen.drop();
        }
        if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) {
            tellVisibility();
            if (isShowing()) {
                viewChanged();
            }
        }
    }

    private void tellVisibility() {
        seen = isShowing();
        DisplayConnection to = connection;
        boolean visible = seen || watched;
        if (to != null) {
            GuestSizer.call(to, it -> it.visible(visible));
        }
    }

    // ---- painting

    /** Hears of pixels on the protocol's thread and carries the word to the event thread, once until it is heard. */
    private final class FrameListener implements FrameBuffer.Listener {
        @Override
        public void resized(FrameBuffer.Picture picture) {
            Edt.runLater(() -> {
                painter.picture(picture);
                viewChanged();
                firePropertyChange("pictureSize", null, pictureSize());
            });
        }

        @Override
        public void updated(FrameBuffer.Picture picture, int[] rectangles, int count) {
            if (damage.add(rectangles, count)) {
                Edt.runLater(DesktopCanvas.this::paintDamage);
            }
        }
    }

    private void paintDamage() {
        int count = damage.take(damaged);
        if (count == 0) {
            return;
        }
        ViewGeometry geometry = geometry();
        AffineTransform scale = deviceScale();
        for (int i = 0; i < 4 * count; i += 4) {
            Rectangle part = new Rectangle(damaged[i], damaged[i + 1], damaged[i + 2], damaged[i + 3]);
            painter.stale(part);
            if (seen) {
                Rectangle device = geometry.toView(part);
                int x = (int) Math.floor(device.x / scale.getScaleX());
                int y = (int) Math.floor(device.y / scale.getScaleY());
                int right = (int) Math.ceil((device.x + device.width) / scale.getScaleX());
                int bottom = (int) Math.ceil((device.y + device.height) / scale.getScaleY());
                paintImmediately(x, y, right - x, bottom - y);
            }
        }
        Toolkit.getDefaultToolkit().sync();
    }

    /** Skips the buffers of the ancestors where it can: they would cost another copy of each pixel. */
    @Override
    public void paintImmediately(int x, int y, int width, int height) {
        Rectangle part = new Rectangle(x, y, width, height);
        computeVisibleRect(visible);
        Rectangle2D.intersect(part, visible, part);
        if (part.isEmpty() || !isShowing()) {
            return;
        }
        Graphics2D device = DirectPaint.allowed(this, part, host) ? screen.get() : null;
        if (device == null) {
            super.paintImmediately(part.x, part.y, part.width, part.height);
            return;
        }
        AffineTransform scale = deviceScale();
        paintPixels(device, part, scale.getScaleX(), scale.getScaleY());
    }

    @Override
    protected void paintComponent(Graphics g) {
        Graphics2D device = (Graphics2D) g.create();
        try {
            AffineTransform transform = device.getTransform();
            Rectangle clip = device.getClipBounds();
            // From here on in device pixels, counted from the corner of the view: nothing is scaled by the way.
            device.setTransform(AffineTransform.getTranslateInstance(
                    Math.round(transform.getTranslateX()), Math.round(transform.getTranslateY())));
            paintPixels(
                    device,
                    clip == null ? new Rectangle(getSize()) : clip,
                    transform.getScaleX(),
                    transform.getScaleY());
        } finally {
            device.dispose();
        }
    }

    /**
     * Paints to device pixels.
     *
     * @param part in the component's own coordinates
     */
    private void paintPixels(Graphics2D device, Rectangle part, double scaleX, double scaleY) {
        int width = (int) Math.round(getWidth() * scaleX);
        int height = (int) Math.round(getHeight() * scaleY);
        int left = Math.max(0, (int) Math.floor(part.x * scaleX));
        int top = Math.max(0, (int) Math.floor(part.y * scaleY));
        int right = Math.min(width, (int) Math.ceil((part.x + part.width) * scaleX));
        int bottom = Math.min(height, (int) Math.ceil((part.y + part.height) * scaleY));
        Rectangle pixels = new Rectangle(left, top, right - left, bottom - top);
        painter.paint(device, geometry(), width, height, pixels, getBackground());
        if (greyed) {
            Color back = getBackground();
            device.setColor(new Color(back.getRed(), back.getGreen(), back.getBlue(), GREY_ALPHA));
            device.fillRect(left, top, right - left, bottom - top);
        }
    }

    // ---- input

    @Override
    protected void processKeyEvent(KeyEvent event) {
        if (viewOnly || connection == null || isHostKey(event)) {
            super.processKeyEvent(event);
            return;
        }
        // Everything else is the guest's; menus and tab order must not see it.
        if (!isFakeRelease(event)) {
            keys.handle(event);
        }
        event.consume();
    }

    private boolean isHostKey(KeyEvent event) {
        if (event.getID() == KeyEvent.KEY_PRESSED && hostKeys.test(event)) {
            releaseAll();
            hostKeyDown = true;
            return true;
        }
        boolean follows = hostKeyDown && event.getID() != KeyEvent.KEY_PRESSED;
        if (event.getID() == KeyEvent.KEY_RELEASED) {
            hostKeyDown = false;
        }
        return follows;
    }

    /** X servers without detectable auto-repeat release a held key before each repeat, at the same time. */
    private boolean isFakeRelease(KeyEvent event) {
        if (event.getID() != KeyEvent.KEY_RELEASED || host != HostKeyboard.X11) {
            return false;
        }
        AWTEvent next = getToolkit().getSystemEventQueue().peekEvent(KeyEvent.KEY_PRESSED);
        return next instanceof KeyEvent press
                && press.getWhen() == event.getWhen()
                && press.getKeyCode() == event.getKeyCode()
                && press.getKeyLocation() == event.getKeyLocation();
    }

    @Override
    protected void processMouseEvent(MouseEvent event) {
        if (event.getID() == MouseEvent.MOUSE_PRESSED && !isFocusOwner()) {
            requestFocusInWindow();
        }
        boolean counts = event.getID() == MouseEvent.MOUSE_PRESSED || event.getID() == MouseEvent.MOUSE_RELEASED;
        if (counts) {
            input().ifPresent(to -> pointer.pointer(event, pictureAt(event), to));
        }
        super.processMouseEvent(event);
    }

    @Override
    protected void processMouseMotionEvent(MouseEvent event) {
        input().ifPresent(to -> pointer.pointer(event, pictureAt(event), to));
        super.processMouseMotionEvent(event);
    }

    @Override
    protected void processMouseWheelEvent(MouseWheelEvent event) {
        input().ifPresent(to -> pointer.wheel(event, pictureAt(event), to));
        event.consume();
    }

    @Override
    protected void processFocusEvent(FocusEvent event) {
        if (event.getID() == FocusEvent.FOCUS_LOST) {
            releaseAll();
        }
        super.processFocusEvent(event);
    }

    private Point pictureAt(MouseEvent event) {
        AffineTransform scale = deviceScale();
        ViewGeometry geometry = geometry();
        return new Point(
                geometry.pictureX((event.getX() + 0.5) * scale.getScaleX()),
                geometry.pictureY((event.getY() + 0.5) * scale.getScaleY()));
    }

    @Override
    public Insets getInsets() {
        return new Insets(0, 0, 0, 0);
    }

    @Override
    public AccessibleContext getAccessibleContext() {
        if (accessibleContext == null) {
            accessibleContext = new AccessibleJComponent() {
                @Override
                public AccessibleRole getAccessibleRole() {
                    return AccessibleRole.CANVAS;
                }
            };
        }
        return accessibleContext;
    }
}
