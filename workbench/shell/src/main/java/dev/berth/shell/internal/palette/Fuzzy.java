/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.palette;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the letters of a query in a text, in their order, with gaps; the best places count. */
final class Fuzzy {

    private static final int NONE = Integer.MIN_VALUE / 2;
    private static final int START_OF_WORD = 8;
    private static final int NEXT_TO_LAST = 6;
    private static final int START_OF_TEXT = 10;
    private static final int LONGEST = 200;

    private Fuzzy() {}

    /**
     * A text that has all letters.
     *
     * @param score higher is better
     * @param places of the letters in the text
     */
    record Match(int score, int[] places) {}

    /** Matches; null when a letter is missing. Blanks in the query do not count. */
    static @Nullable Match match(String query, String text) {
        String wanted = query.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
        String within = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String lower = within.toLowerCase(Locale.ROOT);
        int m = wanted.length();
        int n = lower.length();
        if (m == 0) {
            return new Match(0, new int[0]);
        }
        if (m > n || n != within.length()) {
            return null;
        }
        // best[i][j]: the best score of the first i+1 letters when letter i stands at j.
        int[][] best = new int[m][n];
        int[][] from = new int[m][n];
        for (int i = 0; i < m; i++) {
            int before = NONE;
            int place = -1;
            for (int j = 0; j < n; j++) {
                if (i > 0 && j > 0 && best[i - 1][j - 1] > before) {
                    before = best[i - 1][j - 1];
                    place = j - 1;
                }
                best[i][j] = NONE;
                if (lower.charAt(j) != wanted.charAt(i) || i > 0 && place < 0) {
                    continue;
                }
                int own = place(within, j);
                if (i == 0) {
                    best[0][j] = own;
                } else {
                    boolean next = best[i - 1][j - 1] > NONE && best[i - 1][j - 1] + NEXT_TO_LAST >= before;
                    best[i][j] = own + (next ? best[i - 1][j - 1] + NEXT_TO_LAST : before);
                    from[i][j] = next ? j - 1 : place;
                }
            }
        }
        int end = -1;
        for (int j = 0; j < n; j++) {
            if (best[m - 1][j] > NONE && (end < 0 || best[m - 1][j] > best[m - 1][end])) {
                end = j;
            }
        }
        if (end < 0) {
            return null;
        }
        int[] places = new int[m];
        int j = end;
        for (int i = m - 1; i >= 0; i--) {
            places[i] = j;
            j = from[i][j];
        }
        return new Match(best[m - 1][end] * 4 - n, places);
    }

    private static int place(String text, int at) {
        if (at == 0) {
            return START_OF_TEXT;
        }
        char before = text.charAt(at - 1);
        boolean hump = Character.isUpperCase(text.charAt(at)) && Character.isLowerCase(before);
        return !Character.isLetterOrDigit(before) || hump ? START_OF_WORD : 0;
    }

    /** Whether a place is one of a match's. */
    static boolean marked(int[] places, int at) {
        return Arrays.stream(places).anyMatch(place -> place == at);
    }
}
