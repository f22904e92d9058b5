/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.image.Platform;
import dev.berth.api.image.ProvisioningStep;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsFeature;
import dev.berth.api.rootfs.RootfsOffer;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;
import dev.berth.plugin.rootfs.debian.internal.index.PackageIndex;
import dev.berth.plugin.rootfs.debian.internal.index.PackageResolver;
import dev.berth.plugin.rootfs.debian.internal.mirror.AptConfig;
import dev.berth.plugin.rootfs.debian.internal.mirror.AptSources;
import dev.berth.plugin.rootfs.debian.internal.mirror.Downloads;
import dev.berth.plugin.rootfs.debian.internal.mirror.Http;
import dev.berth.plugin.rootfs.debian.internal.mirror.KeyRing;
import dev.berth.plugin.rootfs.debian.internal.mirror.MirrorChoice;
import dev.berth.plugin.rootfs.debian.internal.mirror.MirrorIndexes;
import dev.berth.plugin.rootfs.debian.internal.mirror.Reason;
import dev.berth.plugin.rootfs.debian.internal.mirror.SourceEntry;
import dev.berth.plugin.rootfs.debian.internal.tree.DivertedException;
import dev.berth.plugin.rootfs.debian.internal.tree.Excludes;
import dev.berth.plugin.rootfs.debian.internal.tree.LayerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes root file systems of {@code debian:SUITE} and {@code ubuntu:SUITE} from the packages of a mirror, with no tool of
 * the host. Options: see {@link #OPTIONS}.
 *
 * <p>Indexes are kept in {@code cache/debian} of the Berth home (system property {@code berth.home}), or in a folder of
 * the temporary directory when there is none; archives in {@link ImageWriter#downloads()}.
 */
@Component(service = RootfsSource.class)
public final class DebianRootfsSource implements RootfsSource {

    /**
     * What a request may set: the address of a {@code mirror} and of a {@code security-mirror}, a {@code keyring} file,
     * {@code components} separated by blanks, {@code check-valid-until} yes or no, paths to {@code exclude} as dpkg(1) does.
     */
    static final Set<String> OPTIONS =
            Set.of("mirror", "security-mirror", "keyring", "components", "check-valid-until", "exclude");

    private static final Logger LOG = LoggerFactory.getLogger(DebianRootfsSource.class);
    private static final Pattern SUITE = Pattern.compile("[a-z0-9][a-z0-9.-]*");
    private static final int REMEMBERED = 4;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Path etcApt;
    private final Path cache;
    private final Clock clock;
    private final Map<Digest, Pinned> remembered = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Pinned> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The source of this host. */
    @Activate
    public DebianRootfsSource() {
        this(Path.of("/etc/apt"), defaultCache(), Clock.systemUTC());
    }

    /**
     * @param etcApt apt's configuration on this host; it need not exist
     * @param cache a folder for indexes, which may be emptied at any time
     */
    DebianRootfsSource(Path etcApt, Path cache, Clock clock) {
        this.etcApt = etcApt;
        this.cache = cache;
        this.clock = clock;
    }

    private static Path defaultCache() {
        String home = System.getProperty("berth.home");
        return home != null
                ? Path.of(home, "cache", "debian")
                : Path.of(System.getProperty("java.io.tmpdir", "."), "berth-debian-" + System.getProperty("user.name"));
    }

    @Override
    public String id() {
        return "dev.berth.rootfs.debian";
    }

    @Override
    public boolean understands(RootfsReference reference) {
        return reference.scheme().equals("debian") || reference.scheme().equals("ubuntu");
    }

    @Override
    public Set<RootfsFeature> features() {
        return Set.of(RootfsFeature.PACKAGES, RootfsFeature.RESUME);
    }

    @Override
    public List<RootfsOffer> offers(TaskContext context) {
        Set<String> names = new TreeSet<>();
        for (SourceEntry entry : AptSources.read(etcApt)) {
            String archive = entry.archiveName();
            if ((archive.equals("debian") || archive.equals("ubuntu"))
                    && !entry.suite().contains("-")) {
                names.add(archive + ":" + entry.suite());
            }
        }
        return names.stream()
                .map(RootfsReference::parse)
                .map(r -> new RootfsOffer(
                        r, title(r.scheme()) + " " + r.name(), "The base system, from this host's mirror", -1))
                .toList();
    }

    @Override
    public RootfsResolution resolve(RootfsRequest request, TaskContext context)
            throws RootfsException, InterruptedException {
        check(request);
        String distribution = request.reference().scheme();
        String suite = request.reference().name();
        String architecture = Architecture.of(request.platform());
        context.progress().start(0, Unit.PARTS, "Reading package indexes of " + suite);
        List<SourceEntry> entries =
                new MirrorChoice(distribution, suite, request.options()).choose(AptSources.read(etcApt));
        PackageIndex index = new PackageIndex(architecture);
        List<MirrorIndexes.Suite> suites = new ArrayList<>();
        MirrorIndexes indexes =
                new MirrorIndexes(new Http(AptConfig.read(etcApt).httpProxy()), cache, clock);
        Map<List<String>, KeyRing> rings = new HashMap<>();
        for (SourceEntry entry : entries) {
            KeyRing keys = rings.get(entry.signedBy());
            if (keys == null) {
                keys = KeyRing.read(entry.signedBy());
                rings.put(entry.signedBy(), keys);
            }
            indexes.read(entry, keys, architecture, index, context).ifPresent(suites::add);
        }
        context.checkCancelled();
        Pinned pinned = pin(request, architecture, suites, index);
        Digest key = pinned.key();
        synchronized (remembered) {
            remembered.put(key, pinned);
        }
        Path folder = cache.resolveSibling("downloads").resolve("debian");
        long missing = 0;
        long installed = 0;
        for (DebPackage each : pinned.downloads()) {
            missing += Downloads.missingBytes(folder, each);
        }
        for (DebPackage each : pinned.packages()) {
            installed += each.installedBytes();
        }
        String version = suites.get(0).release().version();
        String summary = title(distribution) + (version.isEmpty() ? "" : " " + version) + " " + suite + ", "
                + pinned.packages().size() + " packages";
        return new RootfsResolution(request, key, missing, installed, summary);
    }

    private static Pinned pin(
            RootfsRequest request, String architecture, List<MirrorIndexes.Suite> suites, PackageIndex index)
            throws RootfsException {
        List<String> base = new ArrayList<>(index.baseSystem());
        // apt is what a person expects in a guest; usr-is-merged says that /usr is, without a tool that merges it.
        for (String name : List.of("apt", "usr-is-merged")) {
            if (!base.contains(name) && index.candidate(name).isPresent()) {
                base.add(name);
            }
        }
        boolean tls = suites.stream().anyMatch(s -> s.entry().uri().startsWith("https:"));
        if (tls) {
            base.add("ca-certificates");
        }
        PackageResolver.Selection selection =
                new PackageResolver(index, request.recommends()).resolve(base, request.packages());
        Map<String, byte[]> files =
                new LinkedHashMap<>(GuestSources.files(request.reference().scheme(), suites, selection.packages()));
        files.putAll(excludes(request).files());
        Optional<DebPackage> quiet = index.candidate("libeatmydata1");
        return new Pinned(
                architecture,
                Pinned.ordered(selection.packages()),
                selection.automatic(),
                files,
                quiet,
                suites.get(0).release().date().getEpochSecond());
    }

    @Override
    public FetchedRootfs fetch(RootfsResolution resolution, ImageWriter writer, TaskContext context)
            throws BerthException, InterruptedException {
        Pinned pinned = pinned(resolution, context);
        Path folder = writer.downloads().resolve("debian");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new RootfsException(
                    "rootfs.download.folder", "The folder for downloads cannot be made: " + Reason.of(e) + ".", e);
        }
        List<DebPackage> packages = pinned.packages();
        long missing = pinned.downloads().stream()
                .mapToLong(each -> Downloads.missingBytes(folder, each))
                .sum();
        context.progress().start(missing, Unit.BYTES, "Downloading " + packages.size() + " packages");
        LayerBuilder builder = new LayerBuilder(pinned.architecture(), packages, pinned.automatic(), pinned.time());
        pinned.files().forEach(builder::file);
        builder.exclude(excludes(resolution.request()));
        pinned.quiet().ifPresent(builder::withoutSync);
        AtomicLong left = new AtomicLong(missing);
        Http http = new Http(AptConfig.read(etcApt).httpProxy());
        try (Downloads downloads = new Downloads(http, pinned.downloads(), folder, bytes -> {
            left.addAndGet(-bytes);
            context.progress().add(bytes);
        })) {
            while (!write(resolution.summary(), builder, downloads, left, packages.size(), writer, context)) {
                LOG.debug("Beginning the layer again");
            }
        }
        return new FetchedRootfs(config(resolution), List.of(setup(packages.size())));
    }

    private static Excludes excludes(RootfsRequest request) throws RootfsException {
        try {
            return Excludes.parse(request.options().getOrDefault("exclude", ""));
        } catch (IllegalArgumentException e) {
            throw invalid("rootfs.option.exclude", "This cannot be excluded: " + e.getMessage() + ".");
        }
    }

    /** Writes the layer; false if a package turned out to be one for dpkg, so that it has to be written anew. */
    private static boolean write(
            String title,
            LayerBuilder builder,
            Downloads downloads,
            AtomicLong left,
            int packages,
            ImageWriter writer,
            TaskContext context)
            throws BerthException, InterruptedException {
        boolean[] unpacking = new boolean[1];
        IntConsumer written = count -> {
            if (!unpacking[0] && left.get() <= 0) {
                unpacking[0] = true;
                context.progress().start(packages, Unit.ITEMS, "Unpacking packages");
                context.progress().add(count);
            } else if (unpacking[0]) {
                context.progress().add(1);
            }
        };
        try (LayerOutput layer = writer.newLayer(title, context)) {
            builder.write(layer, downloads::file, written, context);
            layer.commit();
            return true;
        } catch (DivertedException e) {
            context.progress().log("Leaving " + e.diverter().name() + " to dpkg: it diverts files of other packages.");
            builder.leave(e.diverter());
            return false;
        } catch (IOException e) {
            throw new RootfsException(
                    "rootfs.layer.failed", "The layer could not be written: " + Reason.of(e) + ".", e);
        }
    }

    private static ImageConfig config(RootfsResolution resolution) {
        return new ImageConfig(
                resolution.request().platform(),
                Map.of("PATH", PATH),
                List.of(),
                List.of("/bin/sh"),
                "/",
                "",
                Map.of(
                        "org.opencontainers.image.base.name",
                        resolution.request().reference().toString()));
    }

    private static ProvisioningStep setup(int packages) {
        return new ProvisioningStep.Run(
                "Configuring " + packages + " packages", LayerBuilder.SETUP_COMMAND, Map.of("PATH", PATH), false);
    }

    /** The packages of a resolution: from memory, or found again as long as the mirror still offers the same. */
    private Pinned pinned(RootfsResolution resolution, TaskContext context)
            throws RootfsException, InterruptedException {
        for (int attempt = 0; attempt < 2; attempt++) {
            synchronized (remembered) {
                Pinned pinned = remembered.get(resolution.key());
                if (pinned != null) {
                    return pinned;
                }
            }
            if (attempt == 0) {
                RootfsResolution again = resolve(resolution.request(), context);
                LOG.debug("Resolved {} again: {}", resolution.request().reference(), again.key());
            }
        }
        throw new RootfsException(
                "rootfs.mirror.changed",
                ErrorKind.FAILED,
                "The mirror offers other packages than it did when this was resolved.",
                resolution.summary(),
                Remedy.advice("Start again."),
                null);
    }

    private static void check(RootfsRequest request) throws RootfsException {
        for (String option : request.options().keySet()) {
            if (!OPTIONS.contains(option)) {
                throw invalid("rootfs.option.unknown", "There is no option called " + option + " for this source.");
            }
        }
        String suite = request.reference().name();
        if (!SUITE.matcher(suite).matches()) {
            throw invalid("rootfs.suite.unknown", "This is no name of a suite: " + suite);
        }
        if (request.packages().stream().anyMatch(String::isBlank)) {
            throw invalid("rootfs.package.unknown", "One of the package names is empty.");
        }
    }

    private static RootfsException invalid(String code, String summary) {
        return new RootfsException(code, ErrorKind.INVALID, summary, "", Remedy.NONE, null);
    }

    private static String title(String distribution) {
        return distribution.substring(0, 1).toUpperCase(Locale.ROOT) + distribution.substring(1);
    }

    /** Debian's names for processors. */
    private static final class Architecture {

        static String of(Platform platform) throws RootfsException {
            String name = switch (platform.architecture()) {
                case "amd64", "arm64", "s390x", "riscv64", "loong64" -> platform.architecture();
                case "386" -> "i386";
                case "arm" ->
                    platform.variant().equals("v5") || platform.variant().equals("v6") ? "armel" : "armhf";
                case "ppc64le" -> "ppc64el";
                case "mips64le" -> "mips64el";
                default -> "";
            };
            if (name.isEmpty() || !platform.os().equals("linux")) {
                throw invalid("rootfs.platform.unknown", "There are no packages for " + platform + ".");
            }
            return name;
        }
    }
}
