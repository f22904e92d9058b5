/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.display.DisplayProtocol;
import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A display's address as a person writes it, taken apart: {@code rfb://host[:port]}, {@code rfb+unix:/path}. */
record DisplayAddress(DisplayProtocol protocol, Endpoint endpoint) {

    private static final String UNIX = "+unix";

    static DisplayAddress parse(String text, Collection<DisplayProtocol> protocols) throws DisplayException {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw invalid(text);
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        boolean unix = scheme.endsWith(UNIX);
        DisplayProtocol protocol =
                protocol(unix ? scheme.substring(0, scheme.length() - UNIX.length()) : scheme, protocols);
        String rest = text.substring(colon + 1);
        if (unix) {
            String path = rest.startsWith("///") ? rest.substring(2) : rest;
            if (!path.startsWith("/") || path.startsWith("//")) {
                throw invalid(text);
            }
            return new DisplayAddress(protocol, new UnixEndpoint(Path.of(path)));
        }
        if (!rest.startsWith("//")) {
            throw invalid(text);
        }
        rest = rest.substring(2);
        if (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        return new DisplayAddress(protocol, tcp(text, rest, protocol.defaultPort()));
    }

    static DisplayProtocol protocol(String scheme, Collection<DisplayProtocol> protocols) throws DisplayException {
        for (DisplayProtocol protocol : protocols) {
            if (protocol.scheme().equals(scheme)) {
                return protocol;
            }
        }
        List<String> known =
                protocols.stream().map(DisplayProtocol::scheme).sorted().toList();
        throw new DisplayException(
                "display.protocol",
                ErrorKind.INVALID,
                "No plugin speaks the display protocol " + scheme + ".",
                "known: " + known,
                Remedy.advice(
                        known.isEmpty() ? "Install a display plugin." : "Use one of: " + String.join(", ", known)),
                null);
    }

    private static Endpoint tcp(String text, String authority, int defaultPort) throws DisplayException {
        int portAt = authority.lastIndexOf(':');
        if (portAt >= 0 && authority.indexOf(']') > portAt) {
            portAt = -1;
        }
        String host = portAt < 0 ? authority : authority.substring(0, portAt);
        int port = defaultPort;
        if (portAt >= 0) {
            try {
                port = Integer.parseInt(authority.substring(portAt + 1));
            } catch (NumberFormatException e) {
                throw invalid(text);
            }
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw invalid(text);
        }
        if (host.isEmpty() || host.indexOf('/') >= 0 || port < 1 || port > 65_535) {
            throw invalid(text);
        }
        return new TcpEndpoint(host, port);
    }

    private static DisplayException invalid(String text) {
        return new DisplayException(
                "display.address",
                ErrorKind.INVALID,
                "This is not the address of a display: " + text,
                "",
                Remedy.advice("Write rfb://HOST:PORT or rfb+unix:/PATH."),
                null);
    }
}
