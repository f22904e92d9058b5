/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The two settings of the host's apt that decide whether its mirror can be used the way apt uses it (apt.conf(5)).
 *
 * @param checkValidUntil whether indexes past their date are refused; a host that works from a frozen mirror says no
 * @param httpProxy address of a proxy, or empty
 */
public record AptConfig(boolean checkValidUntil, String httpProxy) {

    private static final Pattern CHECK = Pattern.compile("(?im)^\\s*Acquire::Check-Valid-Until\\s+\"?(\\w+)\"?\\s*;");
    private static final Pattern PROXY = Pattern.compile("(?im)^\\s*Acquire::https?::Proxy\\s+\"([^\"]*)\"\\s*;");

    /** Reads {@code apt.conf} and {@code apt.conf.d}; what is not there leaves apt's defaults. */
    public static AptConfig read(Path etcApt) {
        List<Path> files = new ArrayList<>();
        Path folder = etcApt.resolve("apt.conf.d");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> found = Files.list(folder)) {
                found.sorted().forEach(files::add);
            } catch (IOException e) {
                files.clear();
            }
        }
        files.add(etcApt.resolve("apt.conf"));
        boolean check = true;
        String proxy = "";
        for (Path file : files) {
            String text = read0(file);
            Matcher checks = CHECK.matcher(text);
            while (checks.find()) {
                String value = checks.group(1);
                check = !(value.equalsIgnoreCase("false") || value.equalsIgnoreCase("no") || value.equals("0"));
            }
            Matcher proxies = PROXY.matcher(text);
            while (proxies.find()) {
                proxy = proxies.group(1);
            }
        }
        return new AptConfig(check, proxy);
    }

    private static String read0(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
