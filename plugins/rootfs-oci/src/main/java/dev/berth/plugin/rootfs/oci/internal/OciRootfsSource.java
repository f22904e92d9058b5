/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsFeature;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Pulls {@code oci:REGISTRY/NAME[:TAG][@DIGEST]}; {@code docker:} means the same. The registry is always named. Option:
 * {@code plain-http} yes, for a registry that is not on this machine and has no TLS.
 */
@Component(service = RootfsSource.class)
public final class OciRootfsSource implements RootfsSource {

    private static final Set<String> OPTIONS = Set.of("plain-http");
    private static final int AT_ONCE = 3;

    private final Credentials credentials;

    /** The source of this host, with what Docker's client knows of registries. */
    @Activate
    public OciRootfsSource() {
        this(Credentials.ofHost());
    }

    OciRootfsSource(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public String id() {
        return "dev.berth.rootfs.oci";
    }

    @Override
    public boolean understands(RootfsReference reference) {
        return reference.scheme().equals("oci") || reference.scheme().equals("docker");
    }

    @Override
    public Set<RootfsFeature> features() {
        return Set.of(RootfsFeature.RESUME);
    }

    @Override
    public RootfsResolution resolve(RootfsRequest request, TaskContext context)
            throws RootfsException, InterruptedException {
        ImageName name = check(request);
        context.progress().start(0, Unit.PARTS, "Reading the manifest of " + name);
        context.checkCancelled();
        Registry registry = registry(name, request);
        Manifest manifest = Manifest.find(registry, name.selector(), request.platform());
        long bytes = manifest.layers().stream().mapToLong(Manifest.Blob::size).sum();
        String summary = name + ", " + manifest.layers().size() + " layers";
        return new RootfsResolution(request, manifest.digest(), bytes, -1, summary);
    }

    @Override
    public FetchedRootfs fetch(RootfsResolution resolution, ImageWriter writer, TaskContext context)
            throws BerthException, InterruptedException {
        RootfsRequest request = resolution.request();
        ImageName name = check(request);
        Registry registry = registry(name, request);
        Manifest manifest = Manifest.find(registry, resolution.key().toString(), request.platform());
        Configuration config = Configuration.read(
                Manifest.checked(
                        registry.document("blobs", manifest.config().digest().toString(), List.of()),
                        manifest.config().digest()),
                request.platform(),
                manifest.layers().size());
        long total = manifest.layers().stream().mapToLong(Manifest.Blob::size).sum();
        context.progress().start(total, Unit.BYTES, "Downloading " + name);
        context.checkCancelled();
        try {
            Path folder = Files.createDirectories(writer.downloads().resolve("oci"));
            layers(manifest, config, registry, folder, writer, context);
        } catch (IOException e) {
            throw Failures.failed(
                    "rootfs.oci.io", "The layers of " + name + " could not be kept: " + e.getMessage(), e);
        }
        ImageConfig image = config.image();
        return new FetchedRootfs(image, List.of());
    }

    private static void layers(
            Manifest manifest,
            Configuration config,
            Registry registry,
            Path folder,
            ImageWriter writer,
            TaskContext context)
            throws BerthException, IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "berth-rootfs-oci");
            thread.setDaemon(true);
            return thread;
        });
        Map<Digest, Blobs.Download> downloads = new LinkedHashMap<>();
        try (Blobs blobs = new Blobs(registry, folder, context.progress()::add)) {
            try {
                for (Manifest.Blob layer : manifest.layers()) {
                    if (!writer.hasBlob(layer.digest()) && !downloads.containsKey(layer.digest())) {
                        downloads.put(layer.digest(), blobs.begin(layer.digest(), layer.size()));
                    }
                }
                downloads.values().forEach(download -> pool.execute(download::run));
                for (int i = 0; i < manifest.layers().size(); i++) {
                    context.checkCancelled();
                    Manifest.Blob layer = manifest.layers().get(i);
                    Digest diffId = config.diffIds().get(i);
                    Blobs.Download download = downloads.get(layer.digest());
                    if (download == null || writer.hasBlob(layer.digest())) {
                        TaskContext quiet = context.with(new LogOnly(context.progress()));
                        writer.reuseLayer(layer.digest(), diffId, layer.mediaType(), quiet);
                        context.progress().add(download == null ? layer.size() : 0);
                        continue;
                    }
                    add(layer, diffId, download.stream(), writer, context);
                }
            } finally {
                blobs.close();
                pool.shutdownNow();
            }
        } finally {
            // The parts are put back in their place before another call looks for them.
            boolean interrupted = Thread.interrupted();
            boolean ended = interrupted;
            try {
                ended = pool.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            for (Map.Entry<Digest, Blobs.Download> each : downloads.entrySet()) {
                each.getValue().end(writer.hasBlob(each.getKey()));
            }
            if (!ended || interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        context.checkCancelled();
    }

    /** Takes a layer while it comes. */
    private static void add(Manifest.Blob layer, Digest diffId, Arriving in, ImageWriter writer, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        try {
            LayerInfo added = writer.addLayer(
                    in, layer.mediaType(), layer.digest(), layer.size(), context.with(new LogOnly(context.progress())));
            if (!added.diffId().equals(diffId)) {
                throw Failures.digest("the content of layer " + layer.digest().brief());
            }
        } catch (BerthException e) {
            context.checkCancelled();
            // What broke the download is why the layer could not be kept.
            Exception cause = in.failure();
            if (cause instanceof BerthException failure) {
                throw failure;
            }
            if (cause instanceof InterruptedException) {
                throw new InterruptedException("cancelled");
            }
            if (cause instanceof IOException broken) {
                throw broken;
            }
            throw e;
        }
    }

    private Registry registry(ImageName name, RootfsRequest request) {
        return new Registry(
                name, request.options().getOrDefault("plain-http", "no").equals("yes"), credentials);
    }

    private static ImageName check(RootfsRequest request) throws RootfsException {
        for (String option : request.options().keySet()) {
            if (!OPTIONS.contains(option)) {
                throw Failures.invalid(
                        "rootfs.option.unknown", "There is no option called " + option + " for this source.");
            }
        }
        try {
            return ImageName.parse(request.reference().name());
        } catch (IllegalArgumentException e) {
            throw Failures.invalid(
                    "rootfs.oci.name",
                    "This is no name of an image (write registry/name:tag): "
                            + request.reference().name());
        }
    }
}
