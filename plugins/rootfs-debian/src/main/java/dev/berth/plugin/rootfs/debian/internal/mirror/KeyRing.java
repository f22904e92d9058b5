/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that an archive may be signed with. */
public final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final long MAX_BYTES = 16L << 20;

    private final List<PGPPublicKeyRing> rings;
    private final byte[] encoded;

    private KeyRing(List<PGPPublicKeyRing> rings) throws IOException {
        this.rings = List.copyOf(rings);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (PGPPublicKeyRing ring : rings) {
            ring.encode(all);
        }
        encoded = all.toByteArray();
    }

    /**
     * Reads keys.
     *
     * @param sources files (binary or armoured; a name with an exclamation mark or a bare fingerprint is passed over),
     *     or armoured blocks
     * @throws RootfsException if no key can be read from any of them
     */
    public static KeyRing read(List<String> sources) throws RootfsException {
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String source : sources) {
            try {
                if (source.startsWith("-----BEGIN")) {
                    addAll(source.getBytes(StandardCharsets.UTF_8), rings);
                } else if (source.contains("/") || source.contains("\\")) {
                    Path file = Path.of(source);
                    if (Files.size(file) > MAX_BYTES) {
                        throw new IOException("too large for a keyring: " + file);
                    }
                    addAll(Files.readAllBytes(file), rings);
                }
            } catch (IOException | PGPException e) {
                problems.add(e.toString());
                LOG.debug("Cannot read keys from {}: {}", source, e.toString());
            }
        }
        try {
            if (!rings.isEmpty()) {
                return new KeyRing(rings);
            }
        } catch (IOException e) {
            problems.add(e.toString());
        }
        throw new RootfsException(
                "rootfs.keyring.missing",
                ErrorKind.MISSING,
                "There is no archive keyring to check the mirror's signature with.",
                String.join("; ", problems),
                Remedy.installPackages("debian-archive-keyring"),
                null);
    }

    private static void addAll(byte[] bytes, List<PGPPublicKeyRing> rings) throws IOException, PGPException {
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(bytes))) {
            Iterator<PGPPublicKeyRing> found = new BcPGPPublicKeyRingCollection(in).getKeyRings();
            found.forEachRemaining(rings::add);
        }
    }

    /** The key, primary or sub key, that a signature names; null when it is not here. */
    @Nullable
    PGPPublicKey key(long keyId) {
        PGPPublicKeyRing ring = ringOf(keyId);
        return ring == null ? null : ring.getPublicKey(keyId);
    }

    /** The ring that holds a key; null when it is not here. */
    @Nullable
    PGPPublicKeyRing ringOf(long keyId) {
        for (PGPPublicKeyRing ring : rings) {
            if (ring.getPublicKey(keyId) != null) {
                return ring;
            }
        }
        return null;
    }

    /** All keys in binary form, for a tree that goes on using the mirror. */
    public byte[] encoded() {
        return encoded.clone();
    }
}
