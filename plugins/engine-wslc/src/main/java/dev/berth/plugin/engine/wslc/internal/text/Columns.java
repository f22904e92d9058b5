/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables that WSL prints for people; there is no other form of them. */
public final class Columns {

    /** State and version stand last and are single words; the name may be anything. */
    private static final Pattern DISTRIBUTION = Pattern.compile("^([* ]) (.+?)\\s+(\\S+)\\s+(\\d{1,2})\\s*$");

    private static final Pattern SESSION = Pattern.compile("^(\\d{1,10})\\s{2,}(\\d{1,10})\\s{2,}(.+?)\\s*$");

    private Columns() {}

    /** A distribution of classic WSL. */
    public record Distribution(String name, String state, int version, boolean standard) {

        /** Whether something in it runs. */
        public boolean running() {
            return state.equals("Running");
        }
    }

    /** A session of WSL containers: a virtual machine. */
    public record Session(long id, long creator, String name) {}

    /** {@code wsl --list --verbose}; its header is passed over by not being a distribution. */
    public static List<Distribution> distributions(String text) {
        List<Distribution> found = new ArrayList<>();
        text.lines().forEach(line -> {
            Matcher matcher = DISTRIBUTION.matcher(line);
            if (matcher.matches()) {
                found.add(new Distribution(
                        matcher.group(2),
                        matcher.group(3),
                        Integer.parseInt(matcher.group(4)),
                        matcher.group(1).equals("*")));
            }
        });
        return found;
    }

    /** {@code wsl --list --quiet}: one name a line. */
    public static List<String> names(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** {@code wslc system session list}: the columns are apart by two blanks or more, and a name may hold single ones. */
    public static List<Session> sessions(String text) {
        List<Session> found = new ArrayList<>();
        text.lines().forEach(line -> {
            Matcher matcher = SESSION.matcher(line.strip());
            if (matcher.matches()) {
                found.add(new Session(
                        Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)));
            }
        });
        return found;
    }
}
