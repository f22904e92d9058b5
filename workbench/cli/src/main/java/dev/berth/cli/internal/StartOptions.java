/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.error.BerthException;
import dev.berth.api.share.ShareSpec;
import dev.berth.images.RecipeName;
import dev.berth.sessions.SessionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a session is started: the options that {@code up} and {@code session start} share. */
final class StartOptions {

    private static final Pattern SIZE = Pattern.compile("([0-9]{2,5})[xX]([0-9]{2,5})");

    @Option(names = "--name", paramLabel = "NAME", description = "What to call it; else the recipe's id with a number.")
    String name = "";

    @Option(names = "--engine", paramLabel = "ID", description = "Which engine runs it; else the best there is.")
    String engine = "";

    @Option(names = "--ephemeral", description = "Throws all changes away when the session stops.")
    boolean ephemeral;

    @Option(names = "--size", paramLabel = "WxH", description = "Size of the screen in pixels, such as 1920x1080.")
    String size = "";

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory limit, such as 2g.")
    String memory = "";

    @Option(names = "--cpus", paramLabel = "N", description = "Processor limit, such as 1.5.")
    double cpus;

    @Option(
            names = "--share",
            paramLabel = "HOST:GUEST[:ro]",
            description = "A folder of this host to appear in the session; may be repeated.")
    List<String> shares = new ArrayList<>();

    @Option(names = "--network", paramLabel = "NET", description = "none, outgoing, or the name of a network.")
    String network = "";

    @Option(
            names = "--publish",
            paramLabel = "HOST:GUEST",
            description = "A TCP port of the session to be reached on this host's loopback; may be repeated.")
    List<String> ports = new ArrayList<>();

    @Mixin
    RecipeOptions options = new RecipeOptions();

    /**
     * What is asked for.
     *
     * @param services asked for the recipe if it is told something, so that a wrong value is named
     */
    SessionRequest request(String recipe, Services services) throws BerthException {
        RecipeName asked = options.name(recipe);
        if (!asked.values().isEmpty()) {
            services.recipes().find(asked);
        }
        int width = 0;
        int height = 0;
        if (!size.isEmpty()) {
            Matcher matcher = SIZE.matcher(size);
            if (!matcher.matches()) {
                throw Command.invalid("usage", "Not a screen size: " + size, "Write --size 1920x1080.");
            }
            width = Integer.parseInt(matcher.group(1));
            height = Integer.parseInt(matcher.group(2));
            if (width > 16_384 || height > 16_384) {
                throw Command.invalid("usage", "A screen cannot be that large: " + size, "Stay below 16384x16384.");
            }
        }
        try {
            return new SessionRequest(
                    asked.toString(),
                    name,
                    engine,
                    ephemeral,
                    width,
                    height,
                    memory.isEmpty() ? 0 : Texts.parseBytes(memory),
                    cpus,
                    shares.stream().map(ShareSpec::parse).toList(),
                    network(),
                    ports.stream().map(StartOptions::port).toList());
        } catch (IllegalArgumentException e) {
            throw Command.invalid("usage", sentence(e), "See --help.");
        }
    }

    private NetworkSpec network() {
        return switch (network) {
            case "", "outgoing" -> NetworkSpec.OUTGOING;
            case "none" -> NetworkSpec.NONE;
            default -> new NetworkSpec(NetworkSpec.Kind.NAMED, network);
        };
    }

    private static PortMapping port(String text) {
        try {
            int colon = text.indexOf(':');
            return colon < 0
                    ? new PortMapping(0, Integer.parseInt(text))
                    : new PortMapping(
                            Integer.parseInt(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("write a port as HOST:GUEST, such as 8080:80, not " + text, e);
        }
    }

    /** What an argument check says, as a sentence. */
    static String sentence(IllegalArgumentException error) {
        String text = String.valueOf(error.getMessage());
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
