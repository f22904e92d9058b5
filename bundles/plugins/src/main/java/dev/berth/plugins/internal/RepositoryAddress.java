/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.api.error.BerthException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a repository is: a folder of this machine, or a folder of a web server.
 *
 * @param text an absolute path, or an address; with no slash at its end
 */
record RepositoryAddress(String text) {

    private static final String NAME_AFTER = "#";

    static RepositoryAddress of(String repository) throws BerthException {
        String all = Download.absolute(repository.strip());
        String folder = all.endsWith("/" + RepositoryIndex.FILE)
                ? all.substring(0, all.length() - RepositoryIndex.FILE.length())
                : all;
        return new RepositoryAddress(folder.replaceAll("/+$", ""));
    }

    /** Whether a plugin's source is a repository and a name in it: {@code REPOSITORY#NAME}. */
    static boolean names(String source) {
        int at = source.lastIndexOf(NAME_AFTER);
        return at > 0
                && JarCheck.mayBeName(source.substring(at + 1))
                && (Download.isRemote(source) || Files.isDirectory(Path.of(source.substring(0, at))));
    }

    static RepositoryAddress ofSource(String source) throws BerthException {
        return of(source.substring(0, source.lastIndexOf(NAME_AFTER)));
    }

    static String nameOfSource(String source) {
        return source.substring(source.lastIndexOf(NAME_AFTER) + 1);
    }

    String source(String name) {
        return text + NAME_AFTER + name;
    }

    String index() {
        return text + "/" + RepositoryIndex.FILE;
    }

    /** Returns where a jar of the index is. What came from a server may name servers only, and what lies in a folder only what is in it. */
    String resolve(String url) throws IOException {
        if (url.isEmpty()) {
            throw new IOException("a plugin has no address");
        }
        URI target = URI.create(url);
        if (Download.isRemote(text)) {
            target = URI.create(text + "/").resolve(target);
        }
        if (Download.isRemote(target.toString())) {
            return target.toString();
        }
        if (target.getScheme() != null || Download.isRemote(text)) {
            throw new IOException("it names " + url);
        }
        Path folder = Path.of(text);
        Path jar = folder.resolve(target.getPath()).normalize();
        if (!jar.startsWith(folder)) {
            throw new IOException("it names " + url + ", which is outside of its folder");
        }
        return jar.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
