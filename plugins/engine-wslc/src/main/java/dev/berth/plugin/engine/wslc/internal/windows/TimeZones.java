/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.windows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The time zone that a guest is to show. Windows has names of its own for zones; Linux wants those of the tz database. */
public final class TimeZones {

    private TimeZones() {}

    /** Read when it is first needed. */
    private static final class Table {
        private static final Map<String, String> ZONES = read();

        private static Map<String, String> read() {
            Map<String, String> zones = new LinkedHashMap<>();
            try (InputStream in = TimeZones.class.getResourceAsStream("zones.tsv")) {
                if (in == null) {
                    throw new IllegalStateException("the table of time zones is missing from the bundle");
                }
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int tab = line.indexOf('\t');
                    if (tab > 0) {
                        zones.put(line.substring(0, tab), line.substring(tab + 1));
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException("the table of time zones cannot be read from the bundle", e);
            }
            return zones;
        }
    }

    /** All names that are known, with the zone of each. */
    static Map<String, String> all() {
        return Table.ZONES;
    }

    /** The zone of a Windows name, as {@code tzutil /g} and the registry tell it. */
    public static Optional<String> ofWindows(String name) {
        // Without daylight saving the name carries a mark; the standard offset is then the whole truth.
        String plain = name.endsWith("_dstoff") ? name.substring(0, name.length() - 7) : name;
        Optional<String> zone = Optional.ofNullable(Table.ZONES.get(plain));
        if (zone.isEmpty() || plain.equals(name)) {
            return zone;
        }
        return Optional.of(fixed(ZoneId.of(zone.get()).getRules().getStandardOffset(Instant.now())));
    }

    /**
     * What to set {@code TZ} to for a zone of Java's: Java reads the setting of Windows, but may answer with an offset only,
     * which Linux spells with the opposite sign (POSIX, TZ).
     */
    public static String forGuest(ZoneId zone) {
        if (zone instanceof ZoneOffset offset) {
            return fixed(offset);
        }
        String id = zone.getId();
        if (id.matches("(UTC|GMT|UT)[+-].*")) {
            return fixed(zone.getRules().getOffset(Instant.now()));
        }
        return id.equals("Z") || id.equals("GMT") || id.equals("UT") ? "UTC" : id;
    }

    private static String fixed(ZoneOffset offset) {
        int seconds = offset.getTotalSeconds();
        if (seconds == 0) {
            return "UTC";
        }
        int minutes = Math.abs(seconds) / 60;
        String clock =
                String.format("%02d%s", minutes / 60, minutes % 60 == 0 ? "" : String.format("%02d", minutes % 60));
        String sign = seconds < 0 ? "-" : "+";
        String reversed = seconds < 0 ? "+" : "-";
        return "<" + sign + clock + ">" + reversed + minutes / 60 + (minutes % 60 == 0 ? "" : ":" + clock.substring(2));
    }
}
