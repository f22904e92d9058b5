/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.docs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes {@code berth(1)} in the language of man(7). */
public final class ManPage {

    private static final List<String> COMMON = List.of("--json", "--home", "--help");

    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    /** Returns the page of the whole command line. */
    public static String of(CommandSpec root, String version) {
        ManPage manual = new ManPage();
        manual.write(root, version);
        return manual.page.toString();
    }

    private void write(CommandSpec root, String version) {
        page.append(".TH BERTH 1 \"\" \"Berth ").append(escape(version)).append("\" \"User Commands\"\n");
        section("NAME");
        line("berth \\- a graphical Linux desktop in a tab");
        section("SYNOPSIS");
        line(".B berth");
        line("[\\fIOPTION\\fR...] [\\fICOMMAND\\fR [\\fIARGUMENT\\fR...]]");
        section("DESCRIPTION");
        line(escape(CommandTree.text(root)));
        section("OPTIONS");
        CommandTree.options(root).forEach(this::option);
        section("COMMANDS");
        line("Every command takes \\fB\\-\\-json\\fR, \\fB\\-\\-home\\fR and \\fB\\-\\-help\\fR.");
        CommandTree.leaves(root).forEach(this::command);
        section("EXIT STATUS");
        for (Map.Entry<String, String> code : root.usageMessage().exitCodeList().entrySet()) {
            line(".TP");
            line(".B " + escape(code.getKey().strip()));
            line(escape(code.getValue()));
        }
        section("ENVIRONMENT");
        line(".TP");
        line(".B BERTH_HOME");
        line("Where Berth keeps its data.");
        line(".TP");
        line(".B JAVA_HOME");
        line("The Java to run on, 17 or newer.");
    }

    private void command(CommandSpec spec) {
        page.append(".SS \"").append(escape(spec.qualifiedName()));
        for (PositionalParamSpec parameter : CommandTree.parameters(spec)) {
            String label = escape(label(parameter.paramLabel()));
            page.append(' ').append(parameter.required() ? label : "[" + label + "]");
            page.append(parameter.arity().max() > 1 ? "..." : "");
        }
        page.append("\"\n");
        line(escape(CommandTree.text(spec)));
        for (PositionalParamSpec parameter : CommandTree.parameters(spec)) {
            line(".TP");
            line(".I " + escape(label(parameter.paramLabel())));
            line(escape(CommandTree.text(parameter.description())));
        }
        for (OptionSpec option : CommandTree.options(spec)) {
            if (!COMMON.contains(option.longestName())) {
                option(option);
            }
        }
    }

    private void option(OptionSpec option) {
        line(".TP");
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(names.length() == 0 ? "" : ", ")
                    .append("\\fB")
                    .append(escape(name))
                    .append("\\fR");
        }
        if (CommandTree.takesValue(option)) {
            names.append(" \\fI").append(escape(label(option.paramLabel()))).append("\\fR");
        }
        line(names.toString());
        line(escape(CommandTree.text(option.description())));
    }

    private static String label(String label) {
        return label.startsWith("<") ? label.substring(1, label.length() - 1).toUpperCase(Locale.ROOT) : label;
    }

    private void section(String title) {
        page.append(".SH ")
                .append(title.contains(" ") ? "\"" + title + "\"" : title)
                .append('\n');
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /** Escapes what troff takes for itself: backslashes, hyphens that must stay hyphens, dots and quotes that begin a line. */
    private static String escape(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
