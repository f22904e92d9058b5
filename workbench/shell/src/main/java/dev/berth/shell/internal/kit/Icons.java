/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import com.formdev.flatlaf.extras.FlatSVGIcon;
import java.awt.Component;
import java.awt.Graphics;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.swing.Icon;
import org.jspecify.annotations.Nullable;

/** Icons by name, from the icon sets that bundles contribute, in the tones of the theme. */
public final class Icons {

    private final List<Function<String, @Nullable URL>> sets = new CopyOnWriteArrayList<>();
    private final Map<String, Icon> known = new ConcurrentHashMap<>();

    /** Adds a set: the address of a file by its name, or null. The latest is asked first. */
    public void add(Function<String, @Nullable URL> set) {
        sets.add(0, set);
        known.clear();
    }

    /** Takes a set away. */
    public void remove(Function<String, @Nullable URL> set) {
        sets.remove(set);
        known.clear();
    }

    /** An icon 16 pixels wide; empty space when no set has it. */
    public Icon of(String name) {
        return of(name, 16);
    }

    /** An icon of a size in logical pixels; empty space when no set has it. */
    public Icon of(String name, int size) {
        return name.isEmpty() ? new Gap(size) : known.computeIfAbsent(name + "@" + size, key -> load(name, size));
    }

    /** The mark of the application in the sizes that window managers ask for. */
    public List<java.awt.Image> applicationImages() {
        return IntStream.of(16, 24, 32, 48, 64, 128)
                .mapToObj(size -> of("berth", size))
                .filter(FlatSVGIcon.class::isInstance)
                .map(icon -> ((FlatSVGIcon) icon).getImage())
                .toList();
    }

    private Icon load(String name, int size) {
        for (Function<String, @Nullable URL> set : sets) {
            URL url = set.apply(name + ".svg");
            if (url != null) {
                return new FlatSVGIcon(url).derive(size, size);
            }
        }
        return new Gap(size);
    }

    /** Keeps the room of an icon that is not there. */
    private record Gap(int size) implements Icon {
        @Override
        public void paintIcon(Component component, Graphics g, int x, int y) {}

        @Override
        public int getIconWidth() {
            return size;
        }

        @Override
        public int getIconHeight() {
            return size;
        }
    }
}
