/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.api.error.BerthException;
import dev.berth.plugins.PluginInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** Reads a jar that nobody trusts yet: whether it is whole, whose it is, and what it claims to be. */
final class JarCheck {

    /** More than any plugin needs; keeps a hostile jar from filling the disk or the memory. */
    private static final int MOST_ENTRIES = 50_000;

    private static final long MOST_BYTES = 1L << 30;

    /** OSGi Core 8, 3.2.1: symbolic-name. Nothing in it can leave a folder. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private static final String RESERVED = "dev.berth.";

    private JarCheck() {}

    /** Returns what the jar is; throws when it cannot be a plugin of others. */
    static PluginInfo inspect(Path jar, String label) throws BerthException {
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            Manifest manifest = file.getManifest();
            if (manifest == null || manifest.getMainAttributes().getValue("Bundle-SymbolicName") == null) {
                throw Problems.invalid(
                        "plugin.nobundle",
                        label + " is no plugin: it has no Bundle-SymbolicName.",
                        "Build it with bnd-maven-plugin.",
                        null);
            }
            X509Certificate signer = signer(file, label);
            Attributes main = manifest.getMainAttributes();
            String name = text(main, "Bundle-SymbolicName").split(";", 2)[0].strip();
            checkNames(name, text(main, "Export-Package"), label);
            String version = Version.parseVersion(text(main, "Bundle-Version")).toString();
            String title = text(main, "Bundle-Name");
            return new PluginInfo(
                    name,
                    version,
                    title.isEmpty() || title.startsWith("%") ? name : title,
                    text(main, "Bundle-Description"),
                    text(main, "Bundle-Vendor"),
                    signer == null ? "" : signer.getSubjectX500Principal().getName(),
                    signer == null ? "" : hex(sha256().digest(signer.getEncoded())),
                    digest(jar));
        } catch (SecurityException | CertificateEncodingException e) {
            throw Problems.invalid(
                    "plugin.signature",
                    "The signature of " + label + " does not fit its contents: it was changed after it was signed.",
                    "Get it again from its author.",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw Problems.invalid(
                    "plugin.damaged",
                    label + " cannot be read: it is no jar, or not all of one.",
                    "Get it again from its author.",
                    e);
        }
    }

    static boolean mayBeName(String name) {
        return name.length() <= 200 && NAME.matcher(name).matches();
    }

    private static void checkNames(String name, String exports, String label) throws BerthException {
        if (!mayBeName(name)) {
            throw Problems.invalid("plugin.name", label + " has a name that none may have: " + name, "", null);
        }
        if ((name + ".").startsWith(RESERVED)) {
            throw Problems.invalid(
                    "plugin.reserved",
                    label + " calls itself " + name + "; names that begin with dev.berth are Berth's own.",
                    "Its author has to choose a name of their own.",
                    null);
        }
        // Versions and uses-lists stand in quotes, and may hold commas.
        for (String clause : exports.replaceAll("\"[^\"]*\"", "").split(",", -1)) {
            String exported = clause.split(";", 2)[0].strip();
            if ((exported + ".").startsWith(RESERVED)) {
                throw Problems.invalid(
                        "plugin.reserved",
                        "The plugin " + name + " exports " + exported + ", which is a package of Berth.",
                        "Its author has to import it instead.",
                        null);
            }
        }
    }

    /** Reads all, which checks it; returns who signed, or nothing if nobody did. Throws SecurityException when a digest does not match. */
    private static @Nullable X509Certificate signer(JarFile file, String label) throws IOException {
        Set<X509Certificate> signers = new HashSet<>();
        boolean unsigned = false;
        int entries = 0;
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        for (JarEntry entry : Collections.list(file.entries())) {
            if (++entries > MOST_ENTRIES) {
                throw new IOException(label + " has more than " + MOST_ENTRIES + " entries");
            }
            try (InputStream in = file.getInputStream(entry)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    bytes += n;
                    if (bytes > MOST_BYTES) {
                        throw new IOException(label + " unpacks to more than " + MOST_BYTES + " bytes");
                    }
                }
            }
            if (entry.isDirectory() || isSignatureFile(entry.getName())) {
                continue;
            }
            CodeSigner[] all = entry.getCodeSigners();
            if (all == null || all.length == 0) {
                unsigned = true;
            } else {
                signers.add((X509Certificate)
                        all[0].getSignerCertPath().getCertificates().get(0));
            }
        }
        if (!signers.isEmpty() && (unsigned || signers.size() > 1)) {
            throw new SecurityException("signed in part, or by several");
        }
        return signers.isEmpty() ? null : signers.iterator().next();
    }

    private static boolean isSignatureFile(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/")
                && upper.indexOf('/', "META-INF/".length()) < 0
                && (upper.equals(JarFile.MANIFEST_NAME)
                        || upper.endsWith(".SF")
                        || upper.endsWith(".RSA")
                        || upper.endsWith(".DSA")
                        || upper.endsWith(".EC"));
    }

    private static String text(Attributes main, String header) {
        return Objects.requireNonNullElse(main.getValue(header), "").strip();
    }

    static String digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
