/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.tar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of an extended header (POSIX.1-2017, pax, "pax Extended Header"), checked. */
final class PaxHeader {

    /** Largest extended header that is read, in bytes. */
    static final int LIMIT = 1 << 20;

    static final PaxHeader NONE = new PaxHeader();

    private static final String XATTR = "SCHILY.xattr.";

    private final Map<String, String> records = new LinkedHashMap<>();
    private final Map<String, byte[]> xattrs = new LinkedHashMap<>();
    /** PAX 0.0 repeats its keys. */
    private final List<String> sparseNumbers = new ArrayList<>();

    private PaxHeader() {}

    static PaxHeader parse(byte[] bytes) throws TarException {
        PaxHeader header = new PaxHeader();
        int at = 0;
        while (at < bytes.length) {
            int space = at;
            int length = 0;
            while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9' && length < LIMIT) {
                length = length * 10 + bytes[space] - '0';
                space++;
            }
            int end = at + length;
            if (space == at || space >= bytes.length || bytes[space] != ' ' || end > bytes.length || end <= space + 1) {
                throw malformed();
            }
            int equals = space + 1;
            while (equals < end && bytes[equals] != '=') {
                equals++;
            }
            if (equals == end || bytes[end - 1] != '\n') {
                throw malformed();
            }
            header.put(
                    new String(bytes, space + 1, equals - space - 1, StandardCharsets.ISO_8859_1),
                    bytes,
                    equals + 1,
                    end - 1);
            at = end;
        }
        return header;
    }

    private void put(String key, byte[] bytes, int from, int to) throws TarException {
        if (key.startsWith(XATTR)) {
            byte[] value = new byte[to - from];
            System.arraycopy(bytes, from, value, 0, value.length);
            xattrs.put(key.substring(XATTR.length()), value);
            return;
        }
        String value = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
            sparseNumbers.add(value);
        }
        if ((key.equals("path") || key.equals("linkpath")) && value.indexOf(0) >= 0) {
            throw new TarException("a name has a NUL in it: " + TarEntry.display(value));
        }
        records.put(key, value);
    }

    String text(String key, String otherwise) {
        return records.getOrDefault(key, otherwise);
    }

    long number(String key, long otherwise) throws TarException {
        String value = records.get(key);
        return value == null ? otherwise : decimal(value);
    }

    long seconds(long otherwise) throws TarException {
        String value = records.get("mtime");
        if (value == null) {
            return otherwise;
        }
        int dot = value.indexOf('.');
        String whole = dot < 0 ? value : value.substring(0, dot);
        boolean negative = whole.startsWith("-");
        long seconds = decimal(negative ? whole.substring(1) : whole);
        if (!negative) {
            return seconds;
        }
        // Nanoseconds count forwards also before 1970.
        return nanos() > 0 ? -seconds - 1 : -seconds;
    }

    int nanos() throws TarException {
        String value = records.get("mtime");
        int dot = value == null ? -1 : value.indexOf('.');
        if (value == null || dot < 0) {
            return 0;
        }
        String digits = (value.substring(dot + 1) + "000000000").substring(0, 9);
        int nanos = (int) decimal(digits);
        return value.startsWith("-") && nanos > 0 ? 1_000_000_000 - nanos : nanos;
    }

    Map<String, byte[]> xattrs() {
        return xattrs.isEmpty() ? Map.of() : xattrs;
    }

    boolean sparse() {
        return sparseMapInData() || records.containsKey("GNU.sparse.map") || !sparseNumbers.isEmpty();
    }

    boolean sparseMapInData() {
        return "1".equals(records.get("GNU.sparse.major"));
    }

    /** The map of PAX 0.0 and 0.1. */
    List<TarEntry.Segment> segments() throws TarException {
        @Nullable String map = records.get("GNU.sparse.map");
        List<String> numbers = map == null ? sparseNumbers : map.isEmpty() ? List.of() : List.of(map.split(",", -1));
        if (numbers.size() % 2 != 0) {
            throw malformed();
        }
        List<TarEntry.Segment> segments = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += 2) {
            segments.add(new TarEntry.Segment(decimal(numbers.get(i)), decimal(numbers.get(i + 1))));
        }
        if (segments.isEmpty()) {
            segments.add(new TarEntry.Segment(0, 0));
        }
        return segments;
    }

    private static long decimal(String text) throws TarException {
        if (text.isEmpty() || text.length() > 18) {
            throw malformed();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw malformed();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static TarException malformed() {
        return new TarException("an extended header is malformed");
    }
}
