/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.create;

import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.share.ShareSpec;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionRequest;
import dev.berth.shell.internal.kit.Texts;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person typed for a new session, field by field, and what of it cannot be. Empty fields leave the choice to the
 * recipe or to Berth.
 *
 * @param network {@link #OUTGOING}, {@link #NONE}, or the name of a network
 */
record Wishes(
        String recipe,
        String name,
        String screen,
        String cpus,
        String memory,
        String network,
        boolean ephemeral,
        List<Folder> folders) {

    static final String OUTGOING = "";
    static final String NONE = "-";

    static final String NAME = "name";
    static final String SCREEN = "screen";
    static final String CPUS = "cpus";
    static final String MEMORY = "memory";
    static final String NETWORK = "network";

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern SIZE = Pattern.compile("\\s*([0-9]{2,5})\\s*[xX\u00d7*]\\s*([0-9]{2,5})\\s*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}(?:[.,][0-9]{1,3})?");
    private static final Pattern BYTES =
            Pattern.compile("\\s*([0-9]{1,7}(?:[.,][0-9]{1,3})?)\\s*([kmgt]?)(?:i?b)?\\s*", Pattern.CASE_INSENSITIVE);

    private static final int LEAST_SIDE = 64;
    private static final double MOST_CPUS = 1024;
    /** Less than this, and no desktop comes up. */
    private static final long LEAST_MEMORY = 64L << 20;

    Wishes {
        folders = List.copyOf(folders);
    }

    /** A folder to be shared. */
    record Folder(String host, String guest, boolean readOnly) {
        /** The name of its field for problems. */
        static String field(int index, boolean host) {
            return (host ? "host." : "guest.") + index;
        }
    }

    /**
     * What cannot be: by the name of the field, a sentence.
     *
     * @param taken names of sessions that there are
     * @param isFolder whether a path of this host is a folder
     */
    Map<String, String> problems(Set<String> taken, Predicate<Path> isFolder) {
        Map<String, String> all = new LinkedHashMap<>();
        if (!name.isBlank()) {
            if (!WORD.matcher(name.strip()).matches()) {
                all.put(NAME, Texts.of("name.bad"));
            } else if (taken.contains(name.strip())) {
                all.put(NAME, Texts.of("new.nameTaken", name.strip()));
            }
        }
        if (!screen.isBlank() && size() == null) {
            all.put(SCREEN, Texts.of("new.screenBad"));
        }
        if (!cpus.isBlank() && !(cpuCount() > 0 && cpuCount() <= MOST_CPUS)) {
            all.put(CPUS, Texts.of("new.cpusBad"));
        }
        if (!memory.isBlank()) {
            long bytes = bytes();
            if (bytes < 0) {
                all.put(MEMORY, Texts.of("new.memoryBad"));
            } else if (bytes < LEAST_MEMORY) {
                all.put(MEMORY, Texts.of("new.memoryLittle"));
            }
        }
        if (!network.equals(OUTGOING)
                && !network.equals(NONE)
                && !WORD.matcher(network).matches()) {
            all.put(NETWORK, Texts.of("new.networkBad"));
        }
        for (int i = 0; i < folders.size(); i++) {
            check(i, all, isFolder);
        }
        return all;
    }

    private void check(int index, Map<String, String> all, Predicate<Path> isFolder) {
        Folder folder = folders.get(index);
        try {
            Path host = Path.of(folder.host().strip());
            if (folder.host().isBlank() || !host.isAbsolute()) {
                all.put(Folder.field(index, true), Texts.of("new.hostBad"));
            } else if (!isFolder.test(host)) {
                all.put(Folder.field(index, true), Texts.of("new.hostMissing"));
            }
        } catch (InvalidPathException e) {
            all.put(Folder.field(index, true), Texts.of("new.hostBad"));
        }
        String guest = folder.guest().strip();
        boolean absolute = guest.length() > 1 && guest.startsWith("/");
        if (!absolute || guest.contains("/../") || guest.endsWith("/..") || guest.indexOf('\0') >= 0) {
            all.put(Folder.field(index, false), Texts.of("new.guestBad"));
        } else if (folders.stream()
                        .filter(it -> it.guest().strip().equals(guest))
                        .count()
                > 1) {
            all.put(Folder.field(index, false), Texts.of("new.guestTwice"));
        }
    }

    private int @org.jspecify.annotations.Nullable [] size() {
        Matcher matcher = SIZE.matcher(screen);
        if (!matcher.matches()) {
            return null;
        }
        int width = Integer.parseInt(matcher.group(1));
        int height = Integer.parseInt(matcher.group(2));
        boolean sane = Math.min(width, height) >= LEAST_SIDE && Math.max(width, height) <= FrameBuffer.MAX_SIDE;
        return sane ? new int[] {width, height} : null;
    }

    private double cpuCount() {
        String text = cpus.strip();
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text.replace(',', '.')) : -1;
    }

    /** The memory; bare numbers are MiB, since nobody means bytes here. */
    private long bytes() {
        Matcher matcher = BYTES.matcher(memory);
        if (!matcher.matches()) {
            return -1;
        }
        int shift = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 10;
            case "g" -> 30;
            case "t" -> 40;
            default -> 20;
        };
        double count = Double.parseDouble(matcher.group(1).replace(',', '.'));
        double bytes = count * (1L << shift);
        return bytes > 1L << 50 ? -1 : (long) bytes;
    }

    /** The request. Call it only when there are no problems. */
    SessionRequest request() {
        int[] size = size();
        NetworkSpec net = switch (network) {
            case OUTGOING -> NetworkSpec.OUTGOING;
            case NONE -> NetworkSpec.NONE;
            default -> new NetworkSpec(NetworkSpec.Kind.NAMED, network);
        };
        return new SessionRequest(
                recipe,
                name.strip(),
                "",
                ephemeral,
                size == null ? 0 : size[0],
                size == null ? 0 : size[1],
                memory.isBlank() ? 0 : bytes(),
                cpus.isBlank() ? 0 : cpuCount(),
                folders.stream()
                        .map(it -> new ShareSpec(
                                Path.of(it.host().strip()).normalize(),
                                it.guest().strip(),
                                it.readOnly()))
                        .toList(),
                net,
                List.of());
    }
}
