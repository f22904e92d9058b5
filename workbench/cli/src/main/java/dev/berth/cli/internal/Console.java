/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Where commands print: results to stdout, as text or as one JSON document, everything else to stderr. */
final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final boolean terminal;
    private boolean json;

    Console(PrintStream out, PrintStream err, InputStream in, boolean terminal) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.terminal = terminal;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    InputStream in() {
        return in;
    }

    /** Whether stderr is a terminal. */
    boolean terminal() {
        return terminal;
    }

    boolean json() {
        return json;
    }

    void json(boolean value) {
        json = value;
    }

    /** Prints a result. */
    void result(Object document, String text) {
        if (json) {
            out.println(Json.write(document));
        } else if (!text.isEmpty()) {
            out.println(text);
        }
        out.flush();
    }

    /** A line that is no result. */
    void note(String line) {
        err.println(line);
    }

    /** Prints an error; never a stack trace. */
    void error(BerthException error) {
        error(error.code(), error.summary(), error.detail(), error.remedy());
    }

    void error(String code, String summary, String detail, Remedy remedy) {
        if (json) {
            out.println(Json.write(Json.object(
                    "error",
                    Json.object("code", code, "summary", summary, "detail", detail, "remedy", remedyText(remedy)))));
            out.flush();
            return;
        }
        err.println("berth: " + summary);
        if (!remedy.isNone()) {
            err.println("       " + remedy.text());
            if (!remedy.hostCommand().isEmpty()) {
                err.println("       " + commandLine(remedy.hostCommand()));
            }
        }
        err.flush();
    }

    /** A remedy as one text: its host command where it has one. */
    static String remedyText(Remedy remedy) {
        return remedy.hostCommand().isEmpty() ? remedy.text() : commandLine(remedy.hostCommand());
    }

    /** A command as a person would type it in a shell. */
    static String commandLine(List<String> command) {
        StringBuilder line = new StringBuilder();
        for (String word : command) {
            if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return line.toString();
    }

    /** Asks a question that is answered with yes or no; anything but yes is no. */
    boolean ask(String question) throws IOException {
        err.print(question + " [y/N] ");
        err.flush();
        StringBuilder answer = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            answer.append((char) c);
        }
        String word = answer.toString().strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }
}
