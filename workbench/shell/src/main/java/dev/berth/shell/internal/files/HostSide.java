/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.error.BerthException;
import dev.berth.shell.internal.kit.Texts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The files of this computer. */
final class HostSide implements Side {

    @Override
    public String home() {
        return System.getProperty("user.home", "/");
    }

    @Override
    public List<Item> list(String folder) throws BerthException {
        List<Item> items = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder))) {
            for (Path entry : entries) {
                items.add(item(entry));
            }
        } catch (IOException | InvalidPathException e) {
            throw new BerthException("shell.files", Texts.of("files.unreadable", folder), e);
        }
        return items;
    }

    private static Item item(Path entry) throws IOException {
        BasicFileAttributes own = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Item(
                String.valueOf(entry.getFileName()),
                Files.isDirectory(entry),
                own.size(),
                own.lastModifiedTime().toInstant());
    }

    @Override
    public String parent(String folder) {
        Path up = Path.of(folder).getParent();
        return up == null ? folder : up.toString();
    }

    @Override
    public String child(String folder, String name) {
        return Path.of(folder).resolve(name).toString();
    }
}
