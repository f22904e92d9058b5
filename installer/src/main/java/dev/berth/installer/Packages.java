/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes what people download out of what is laid out: a ZIP with a Java runtime, a ZIP without, a package for Debian, an installer for
 * Windows; and the folder of an update site. The same commit, built with the same JDK, gives the same bytes.
 */
public final class Packages {

    private final Path layout;
    private final Path parts;
    private final Path target;
    private final Map<String, Path> jmods = new TreeMap<>();
    private final List<String> kinds = new ArrayList<>();
    private @Nullable Path jdk;
    private @Nullable Signer signer;

    private Packages(Path layout, Path parts, Path target) {
        this.layout = layout;
        this.parts = parts;
        this.target = target;
    }

    /**
     * Makes packages.
     *
     * @param args the distribution, the folder with the fixed files of packages, the folder to write; then {@code --jdk DIR} (whose runtime
     *     goes into the ZIP), {@code --jmods PLATFORM=DIR} (the modules of the same Java for another platform), {@code --sign KEY} (signs the
     *     sums and the list of the update site), and kinds: zip, any, deb, msi, update
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Packages packages = new Packages(
                Path.of(args[0]).toAbsolutePath(),
                Path.of(args[1]),
                Path.of(args[2]).toAbsolutePath());
        packages.options(args);
        packages.make();
    }

    private void options(String... args) throws IOException {
        for (int i = 3; i < args.length; i++) {
            switch (args[i]) {
                case "--jdk" -> jdk = Path.of(args[++i]);
                case "--jmods" -> {
                    String[] words = args[++i].split("=", 2);
                    jmods.put(words[0], Path.of(words[1]));
                }
                case "--sign" -> signer = new Signer(Path.of(args[++i]));
                case "zip", "any", "deb", "msi", "update" -> kinds.add(args[i]);
                default ->
                    throw new IllegalArgumentException(
                            "neither an option nor zip, any, deb, msi or update: " + args[i]);
            }
        }
        if (kinds.isEmpty()) {
            kinds.addAll(List.of("zip", "any", "deb", "msi"));
        }
    }

    private void make() throws IOException, InterruptedException {
        Files.createDirectories(target);
        FileSet berth = new FileSet()
                .folder("", layout)
                .without("lib/cds/")
                .without("data/")
                .without("runtime/");
        Path api = file("bundles", "dev.berth.api-");
        String jar = api.getFileName().toString();
        String version = jar.substring("dev.berth.api-".length(), jar.length() - ".jar".length())
                .replace("-SNAPSHOT", "");
        Instant time = timeOfBuild(api);
        FileSet documents = documents(berth, version, time);
        FileSet portable = new FileSet()
                .all("", berth)
                .all("", documents)
                .text("conf/portable", "This file says: keep the data beside the program, in data/.\n");
        Path sdk = layout.resolveSibling("sdk");
        if (Files.isDirectory(sdk)) {
            // For authors of plugins: a quarter of a megabyte.
            portable.folder("sdk/", sdk);
        }
        Map<String, String> written = new LinkedHashMap<>();
        String top = "berth-" + version + "/";
        if (kinds.contains("zip")) {
            zips(portable, top, version, time, written);
        }
        if (kinds.contains("any")) {
            write(
                    "berth-" + version + "-any.zip",
                    written,
                    out -> ZipWriter.write(new FileSet().all(top, portable), time, out));
        }
        if (kinds.contains("deb")) {
            write(
                    "berth_" + version + "_all.deb",
                    written,
                    out -> DebianPackage.write(berth, documents, parts, version, time, out));
        }
        if (kinds.contains("msi")) {
            Path msi = target.resolve("berth-" + version + "-x64.msi");
            FileSet files = new FileSet()
                    .all("", berth)
                    .all("", documents)
                    .without("share/man")
                    .without("share/zsh");
            files.without("share/bash").without("share/fish").items().remove("bin/berth");
            Path modules = jmods.get("windows-x64");
            if (modules != null && jdk != null) {
                files.folder("runtime/", runtime("windows-x64", jdk, modules));
            }
            WindowsInstaller.write(files, version, time, target.resolve("work-msi"), msi);
            tell(msi, written);
        }
        if (kinds.contains("update")) {
            Path list = UpdateFiles.write(berth, version, Instant.now(), target.resolve("update"));
            sign(list);
            System.out.println(list.getParent());
        }
        StringBuilder sums = new StringBuilder();
        written.forEach(
                (name, sum) -> sums.append(sum).append("  ").append(name).append('\n'));
        sign(Files.writeString(target.resolve("SHA256SUMS"), sums));
    }

    private void sign(Path file) throws IOException {
        if (signer == null) {
            Files.deleteIfExists(Signer.signature(file));
            System.err.println(file + " is not signed; --sign KEY does it");
        } else {
            signer.sign(file);
        }
    }

    /** The platform of this machine, and those whose modules were given. */
    private void zips(FileSet portable, String top, String version, Instant time, Map<String, String> written)
            throws IOException, InterruptedException {
        Path tools = jdk;
        if (tools == null || !RuntimeImage.canLink(tools)) {
            System.err.println("No JDK here can make a runtime (" + tools
                    + " has no jmods): only packages that use the Java they find are made.");
            return;
        }
        Map<String, @Nullable Path> platforms = new TreeMap<>(jmods);
        platforms.put(hostPlatform(), null);
        for (Map.Entry<String, @Nullable Path> platform : platforms.entrySet()) {
            FileSet files = new FileSet()
                    .all(top, portable)
                    .folder(top + "runtime/", runtime(platform.getKey(), tools, platform.getValue()));
            System.out.printf(Locale.ROOT, "%s unpacked: %.1f MB%n", platform.getKey(), files.size() / 1e6);
            write(
                    "berth-" + version + "-" + platform.getKey() + ".zip",
                    written,
                    out -> ZipWriter.write(files, time, out));
        }
    }

    private Path runtime(String platform, Path tools, @Nullable Path modules) throws IOException, InterruptedException {
        Path folder = target.resolve("runtime-" + platform);
        RuntimeImage.link(tools, modules, folder);
        return folder;
    }

    private static String hostPlatform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String cpu = System.getProperty("os.arch", "");
        return (os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macos" : "linux") + "-"
                + (cpu.equals("amd64") || cpu.equals("x86_64") ? "x64" : cpu.equals("aarch64") ? "arm64" : cpu);
    }

    /** Asks the distribution itself for its manual and its completions. */
    private FileSet documents(FileSet berth, String version, Instant time) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("berth-package");
        try {
            List<Library> libraries = Library.among(berth, parts.resolve("third-party.list"));
            return new FileSet()
                    .text("share/man/man1/berth.1", ask(home, "manual"))
                    .text(
                            "share/bash-completion/completions/berth",
                            // It is read, not run.
                            ask(home, "completion", "bash").replaceFirst("^#!.*\n", ""))
                    .text("share/zsh/site-functions/_berth", ask(home, "completion", "zsh"))
                    .text("share/fish/vendor_completions.d/berth.fish", ask(home, "completion", "fish"))
                    .text("share/doc/THIRD-PARTY.txt", SupplyChain.notices(berth, libraries))
                    .text("share/doc/berth.cdx.json", SupplyChain.billOfMaterials(berth, libraries, version, time));
        } finally {
            RuntimeImage.delete(home);
        }
    }

    private String ask(Path home, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + layout.resolve("conf/jvm.options"),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                layout.resolve("lib/berth.jar").toString(),
                "--home",
                home.toString()));
        line.addAll(List.of(command));
        return RuntimeImage.run(line);
    }

    private Path file(String folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(layout.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().matches(prefix + "\\d.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + prefix + " in " + layout.resolve(folder)));
        }
    }

    /** Returns the time that the build gives all its files: the one of the entries of its jars. */
    private static Instant timeOfBuild(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry(JarFile.MANIFEST_NAME).getTimeLocal().toInstant(ZoneOffset.UTC);
        }
    }

    /** Writes to a stream. */
    private interface Body {
        void write(OutputStream out) throws IOException;
    }

    private void write(String name, Map<String, String> written, Body body) throws IOException {
        Path file = target.resolve(name);
        try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file))) {
            body.write(out);
        }
        tell(file, written);
    }

    private static void tell(Path file, Map<String, String> written) throws IOException {
        written.put(file.getFileName().toString(), sha256(Files.readAllBytes(file)));
        System.out.printf(Locale.ROOT, "%s %.1f MB%n", file, Files.size(file) / 1e6);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
