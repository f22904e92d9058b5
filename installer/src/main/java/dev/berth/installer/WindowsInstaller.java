/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An installer for Windows, made on Linux by {@code wixl} of msitools: per user, so that no administrator is asked, with a shortcut in the
 * Start menu and one on the desktop. A newer version replaces an older one. Removing Berth leaves {@code %LOCALAPPDATA%\Berth}, the person's
 * data, alone.
 */
final class WindowsInstaller {

    /** What makes versions of one program known to Windows as such. Never changes. */
    private static final String UPGRADE_CODE = "3E0C9B57-6C3B-4A5E-9C19-5C5A0A1F6B42";

    private final StringBuilder components = new StringBuilder();
    private final StringBuilder references = new StringBuilder();
    private final String version;

    private WindowsInstaller(String version) {
        this.version = version;
    }

    /**
     * Makes the installer.
     *
     * @param work a folder for what {@code wixl} reads; it is overwritten
     */
    static void write(FileSet files, String version, Instant time, Path work, Path target)
            throws IOException, InterruptedException {
        RuntimeImage.delete(work);
        for (Map.Entry<String, FileSet.Item> entry : files.items().entrySet()) {
            Path file = work.resolve("files").resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue().content().read());
            // The cabinet keeps times.
            Files.setLastModifiedTime(file, FileTime.from(time));
        }
        Files.writeString(work.resolve("berth.wxs"), new WindowsInstaller(version).source(files));
        Files.deleteIfExists(target);
        RuntimeImage.run(work, List.of("wixl", "--arch", "x64", "--output", target.toString(), "berth.wxs"));
        MsiSummary.set(target, id(version, "package"), time);
    }

    private String source(FileSet files) {
        Folder root = new Folder();
        files.items().keySet().forEach(name -> root.add(name, name));
        write(root, "");
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                + "<Wix xmlns=\"http://schemas.microsoft.com/wix/2006/wi\">\n"
                + "<Product Name=\"Berth\" Id=\"" + id("product") + "\" UpgradeCode=\"" + UPGRADE_CODE
                + "\" Language=\"1033\" Codepage=\"1252\" Version=\"" + version + "\" Manufacturer=\"Berth\">\n"
                + "<Package Id=\"" + id("package") + "\" Keywords=\"Installer\" Description=\"Berth " + version
                + "\" Manufacturer=\"Berth\" InstallerVersion=\"405\" Languages=\"1033\" Compressed=\"yes\""
                + " SummaryCodepage=\"1252\" InstallScope=\"perUser\"/>\n"
                + "<MajorUpgrade DowngradeErrorMessage=\"A newer version of Berth is installed.\"/>\n"
                + "<Media Id=\"1\" Cabinet=\"berth.cab\" EmbedCab=\"yes\"/>\n"
                + "<Directory Id=\"TARGETDIR\" Name=\"SourceDir\">\n"
                + "<Directory Id=\"ProgramMenuFolder\" Name=\"Programs\"/>\n"
                + "<Directory Id=\"DesktopFolder\" Name=\"Desktop\"/>\n"
                + "<Directory Id=\"LocalAppDataFolder\" Name=\"Local\"><Directory Id=\"ProgramsFolder\" Name=\"Programs\">\n"
                + "<Directory Id=\"INSTALLDIR\" Name=\"Berth\">\n"
                + components + shortcuts()
                + "</Directory>\n</Directory></Directory>\n</Directory>\n"
                + "<Feature Id=\"Berth\" Level=\"1\" Title=\"Berth\">\n" + references
                + "<ComponentRef Id=\"Shortcuts\"/>\n</Feature>\n</Product>\n</Wix>\n";
    }

    private String shortcuts() {
        StringBuilder xml = new StringBuilder("<Component Id=\"Shortcuts\" Guid=\"" + id("shortcuts") + "\">\n");
        for (String place : List.of("ProgramMenuFolder", "DesktopFolder")) {
            xml.append("<Shortcut Id=\"Shortcut")
                    .append(place)
                    .append("\" Directory=\"")
                    .append(place)
                    .append(
                            "\" Name=\"Berth\" Description=\"Linux desktops in tabs\" Target=\"[INSTALLDIR]bin\\berthw.cmd\"")
                    .append(" WorkingDirectory=\"INSTALLDIR\"/>\n");
        }
        return xml.append("<RegistryValue Root=\"HKCU\" Key=\"Software\\Berth\" Name=\"InstallDir\" Type=\"string\"")
                .append(" Value=\"[INSTALLDIR]\" KeyPath=\"yes\"/>\n</Component>\n")
                .toString();
    }

    /** Files and folders of a folder, by name. */
    private static final class Folder {
        final Map<String, Folder> folders = new TreeMap<>();
        final Map<String, String> files = new TreeMap<>();

        void add(String rest, String name) {
            int slash = rest.indexOf('/');
            if (slash < 0) {
                files.put(rest, name);
            } else {
                folders.computeIfAbsent(rest.substring(0, slash), none -> new Folder())
                        .add(rest.substring(slash + 1), name);
            }
        }
    }

    private void write(Folder folder, String path) {
        folder.files.forEach((file, name) -> {
            String key = key(name);
            components.append(String.format(
                    Locale.ROOT,
                    "<Component Id=\"C%s\" Guid=\"%s\"><File Id=\"F%s\" Name=\"%s\" Source=\"files/%s\" KeyPath=\"yes\"/></Component>%n",
                    key,
                    id(name),
                    key,
                    escape(file),
                    escape(name)));
            references.append("<ComponentRef Id=\"C").append(key).append("\"/>\n");
        });
        folder.folders.forEach((name, child) -> {
            String place = path + name + "/";
            components
                    .append("<Directory Id=\"D")
                    .append(key(place))
                    .append("\" Name=\"")
                    .append(escape(name))
                    .append("\">\n");
            write(child, place);
            components.append("</Directory>\n");
        });
    }

    private static String key(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    /** An identity that follows from what it is for and the version: two builds give the same. */
    private String id(String what) {
        return id(version, what);
    }

    private static String id(String version, String what) {
        return UUID.nameUUIDFromBytes(("dev.berth " + version + " " + what).getBytes(StandardCharsets.UTF_8))
                .toString()
                .toUpperCase(Locale.ROOT);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
