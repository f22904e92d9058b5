/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.Platform;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsFeature;
import dev.berth.api.rootfs.RootfsOffer;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes {@code wsl:NAME}, a distribution of those that are published for WSL. Option: {@code manifest}, the address of
 * another list in the form of Microsoft's.
 */
@Component(service = RootfsSource.class)
public final class WslRootfsSource implements RootfsSource {

    private static final Logger LOG = LoggerFactory.getLogger(WslRootfsSource.class);
    private static final String MANIFEST =
            "https://raw.githubusercontent.com/microsoft/WSL/master/distributions/DistributionInfo.json";
    private static final int MANIFEST_BYTES = 4 << 20;

    private final Fetch fetch = new Fetch();
    private final String manifest;

    /** The source with Microsoft's list. */
    @Activate
    public WslRootfsSource() {
        this(MANIFEST);
    }

    WslRootfsSource(String manifest) {
        this.manifest = manifest;
    }

    @Override
    public String id() {
        return "dev.berth.rootfs.wsl";
    }

    @Override
    public boolean understands(RootfsReference reference) {
        return reference.scheme().equals("wsl");
    }

    @Override
    public Set<RootfsFeature> features() {
        return Set.of(RootfsFeature.RESUME);
    }

    @Override
    public List<RootfsOffer> offers(TaskContext context) throws InterruptedException {
        try {
            return catalogue(Map.of(), Platform.host()).distributions().stream()
                    .map(each -> new RootfsOffer(
                            new RootfsReference("wsl", each.name()), each.title(), "Published for WSL", -1))
                    .toList();
        } catch (RootfsException e) {
            LOG.info("The list of distributions for WSL is not to be had: {}", e.summary());
            return List.of();
        }
    }

    private WslCatalogue catalogue(Map<String, String> options, Platform platform)
            throws RootfsException, InterruptedException {
        try {
            URI address = URI.create(options.getOrDefault("manifest", manifest));
            return WslCatalogue.read(fetch.document(address, MANIFEST_BYTES), platform);
        } catch (IOException | IllegalArgumentException e) {
            throw Failures.failed("rootfs.wsl.offline", "The list of distributions for WSL cannot be read.", e);
        }
    }

    private WslCatalogue.Distribution find(RootfsRequest request) throws RootfsException, InterruptedException {
        Failures.checkOptions(request, Set.of("manifest"));
        String name = request.reference().name();
        return catalogue(request.options(), request.platform())
                .find(name)
                .orElseThrow(() -> Failures.invalid(
                        "rootfs.wsl.unknown",
                        "There is no distribution " + name + " for WSL and " + request.platform() + "."));
    }

    @Override
    public RootfsResolution resolve(RootfsRequest request, TaskContext context)
            throws RootfsException, InterruptedException {
        context.progress().start(0, Unit.PARTS, "Reading the list of distributions");
        context.checkCancelled();
        WslCatalogue.Distribution found = find(request);
        return new RootfsResolution(request, found.sha256(), -1, -1, found.title());
    }

    @Override
    public FetchedRootfs fetch(RootfsResolution resolution, ImageWriter writer, TaskContext context)
            throws BerthException, InterruptedException {
        RootfsRequest request = resolution.request();
        WslCatalogue.Distribution found = find(request);
        if (!found.sha256().equals(resolution.key())) {
            throw Failures.failed("rootfs.wsl.changed", "The distribution was published anew meanwhile.", null);
        }
        context.checkCancelled();
        try {
            Path folder = Files.createDirectories(writer.downloads().resolve("wsl"));
            Path file = fetch.file(found.address(), found.sha256(), folder, context);
            FetchedRootfs fetched = new FetchedRootfs(
                    new ArchiveFile(file, request.platform()).fetchDistribution(found.sha256(), writer, context),
                    List.of());
            Files.deleteIfExists(file);
            return fetched;
        } catch (IOException e) {
            throw Failures.failed("rootfs.wsl.io", found.title() + " cannot be fetched: " + e.getMessage() + ".", e);
        }
    }
}
