/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.updates.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.Progress;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.fetch.Fetch;
import dev.berth.platform.signature.Ed25519;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A folder on a web server or on a disk: {@code berth.json}, its signature {@code berth.json.sig} (Ed25519, RFC 8032, in base64), and the
 * files under {@code files/SHA-256}.
 */
final class UpdateSite {

    private final URI address;
    private final PublicKey key;

    /**
     * A site.
     *
     * @param address of the folder
     * @param key SubjectPublicKeyInfo in base64
     */
    UpdateSite(String address, String key) throws BerthException {
        this.address = address(address);
        this.key = key(key);
    }

    private static URI address(String text) throws BerthException {
        try {
            URI uri = URI.create(text.endsWith("/") ? text : text + "/");
            String scheme = String.valueOf(uri.getScheme());
            if (scheme.equals("file") || scheme.equals("https") || scheme.equals("http") && isLoopback(uri.getHost())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(text, e);
        }
        throw noAddress(text, null);
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        // A name is not looked up: who answers for it may lie.
        return host.equals("localhost") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}") || host.equals("[::1]");
    }

    private static BerthException noAddress(String text, @Nullable IllegalArgumentException e) {
        return Problems.invalid(
                "update.address",
                "An update site is not found at \"" + text + "\".",
                "Give an address that begins with https://, or with file:// for a folder.",
                e);
    }

    private static PublicKey key(String text) throws BerthException {
        try {
            return Ed25519.publicKey(text);
        } catch (GeneralSecurityException e) {
            throw Problems.invalid(
                    "update.key",
                    "The key of the update site is no Ed25519 public key.",
                    "Take the line that its owner publishes, or the file that \"openssl pkey -pubout\" writes.",
                    e);
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }

    /** Returns the list of files after its signature was checked. */
    byte[] list(TaskContext context) throws BerthException, InterruptedException {
        byte[] list = bytes(ReleaseList.NAME, ReleaseList.MOST_BYTES, context);
        byte[] signature = bytes(ReleaseList.NAME + Ed25519.SUFFIX, Ed25519.MOST_BYTES, context);
        if (!Ed25519.verifies(key, list, signature)) {
            throw Problems.refused("The list of " + address + " is not signed with the key that was set for it.", null);
        }
        return list;
    }

    private byte[] bytes(String name, int most, TaskContext context) throws BerthException, InterruptedException {
        byte[] bytes = read(name, context, in -> in.readNBytes(most + 1));
        if (bytes.length > most) {
            throw Problems.refused(address.resolve(name) + " is larger than it may be.", null);
        }
        return bytes;
    }

    /** Fetches a file of the list to {@code target}, which is there only when it is whole and right. */
    void fetch(ReleaseList.Item item, Path target, TaskContext context) throws BerthException, InterruptedException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        String found = read("files/" + item.sha256(), context, in -> copy(in, item.size(), part, context.progress()));
        try {
            if (!found.equals(item.sha256())) {
                Files.deleteIfExists(part);
                throw Problems.refused(
                        address.resolve("files/" + item.sha256()) + " is not the file that the signed list names.",
                        null);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }

    /** Copies no more than {@code size} bytes and one; returns the SHA-256 of them. */
    private static String copy(InputStream in, long size, Path part, Progress progress) throws IOException {
        MessageDigest digest = Digests.sha256();
        long left = size + 1;
        try (OutputStream out = Files.newOutputStream(part)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                    n > 0;
                    n = in.read(buffer, 0, (int) Math.min(left, buffer.length))) {
                out.write(buffer, 0, n);
                digest.update(buffer, 0, n);
                progress.add(n);
                left -= n;
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private <T> T read(String name, TaskContext context, Fetch.Reader<T> reader)
            throws BerthException, InterruptedException {
        URI uri = address.resolve(name);
        try {
            return Fetch.read(uri, context, reader);
        } catch (IOException e) {
            throw Problems.unreachable(uri.toString(), e);
        }
    }
}
