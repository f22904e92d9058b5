/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.engine.Mount;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.ImageException;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.runc.internal.net.UserNamespace;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.ContainerRecord;
import dev.berth.plugin.engine.runc.internal.store.EngineHome;
import dev.berth.plugin.engine.runc.internal.store.Fields;
import dev.berth.plugin.engine.runc.internal.store.Hashes;
import dev.berth.plugin.engine.runc.internal.store.ImageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Containers on this Linux host through crun or runc (OCI runtime specification 1.0). */
@Component(service = ContainerEngine.class)
public final class RuncEngine implements ContainerEngine {

    static final String ID = "runc";

    private static final String HOME_PROPERTY = "berth.home";

    private final Engine engine;

    /** For the framework. */
    @Activate
    public RuncEngine(BundleContext context) {
        this(Path.of(Objects.requireNonNull(context.getProperty(HOME_PROPERTY), HOME_PROPERTY)));
    }

    RuncEngine(Path berthHome) {
        this(berthHome, RuntimeChooser::installed);
    }

    RuncEngine(Path berthHome, Supplier<List<Path>> runtimes) {
        EngineHome home = new EngineHome(berthHome);
        engine = new Engine(home, UserNamespace.ofThisProcess(home), runtimes);
    }

    @Deactivate
    void deactivate() {
        engine.watcher().close();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "OCI runtime of this host";
    }

    @Override
    public int preference() {
        return 100;
    }

    @Override
    public EngineReport probe(TaskContext context) throws InterruptedException {
        return new Probe(engine).report();
    }

    @Override
    public EngineImage load(ImageContent image, TaskContext context) throws EngineException, InterruptedException {
        try {
            List<String> layers = new ArrayList<>();
            for (Path layer : image.unpack(engine.elevation().ids(), context)) {
                layers.add(layer.toAbsolutePath().toString());
            }
            if (layers.isEmpty()) {
                throw new EngineException(
                        "engine.image", ErrorKind.INVALID, "The image has no layers.", "", Remedy.NONE, null);
            }
            String reference = image.digest().hex() + "-" + Hashes.brief(String.join("\n", layers));
            Path file = engine.home().image(reference);
            Files.createDirectories(file.getParent());
            Fields fields = new Fields();
            ImageRecord.of(image.config(), layers).put(fields);
            fields.write(file);
            return new EngineImage(ID, reference, image.digest());
        } catch (ImageException e) {
            throw new EngineException(e.code(), e.kind(), e.summary(), e.detail(), e.remedy(), e);
        } catch (IOException e) {
            throw new EngineException("engine.image", "What is known of the image cannot be written.", e);
        }
    }

    @Override
    public Container create(ContainerSpec spec, TaskContext context) throws EngineException, InterruptedException {
        check(spec);
        try {
            return engine.home().<Container, EngineException>locked("container-" + spec.id(), () -> made(spec));
        } catch (IOException e) {
            throw new EngineException("engine.create", "Container " + spec.id() + " cannot be made.", e);
        }
    }

    private Container made(ContainerSpec spec) throws EngineException, IOException, InterruptedException {
        ContainerFiles files = engine.home().files(spec.folder().toAbsolutePath());
        Path entry = engine.home().entry(spec.id());
        Optional<ContainerFiles> other = engine.home().find(spec.id());
        if (other.isPresent() && Files.exists(other.get().record()) || Files.exists(files.record())) {
            throw new EngineException(
                    "engine.exists",
                    ErrorKind.INVALID,
                    "There is a container " + spec.id() + " already.",
                    "",
                    Remedy.NONE,
                    null);
        }
        boolean done = false;
        try {
            Files.createDirectories(entry.getParent());
            Files.createDirectories(files.bundle());
            Files.createDirectories(files.upper());
            Files.createDirectories(files.work());
            for (Mount mount : spec.mounts()) {
                if (mount.kind() == Mount.Kind.VOLUME) {
                    Files.createDirectories(files.volume(mount.source()));
                }
            }
            Fields.write(entry, files.folder() + "\n");
            new ContainerRecord(spec, image(spec.image())).write(files.record());
            done = true;
            return new RuncContainer(engine, spec.id(), files);
        } finally {
            if (!done) {
                RuncContainer.discard(engine, spec.id(), files);
            }
        }
    }

    private ImageRecord image(EngineImage image) throws EngineException, IOException {
        Path file = engine.home().image(image.reference());
        if (!image.engine().equals(ID) || !image.reference().matches("[0-9a-f-]+") || !Files.exists(file)) {
            throw new EngineException(
                    "engine.image",
                    ErrorKind.INVALID,
                    "The image was not made ready for this engine.",
                    "",
                    Remedy.NONE,
                    null);
        }
        return ImageRecord.of(Fields.read(file));
    }

    private void check(ContainerSpec spec) throws EngineException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        if (!Files.isDirectory(spec.folder())) {
            wrong.add("the folder " + spec.folder() + " does not exist");
        }
        if (!Files.isDirectory(spec.runtimeFolder())) {
            wrong.add("the folder " + spec.runtimeFolder() + " does not exist");
        }
        if (spec.init() == ContainerSpec.Init.SYSTEMD
                && !engine.runtimes().choose().runsSystemd()) {
            wrong.add("systemd as the first process needs control groups, which containers cannot use here");
        }
        for (Mount mount : spec.mounts()) {
            if (mount.kind() == Mount.Kind.DEVICE) {
                wrong.add("this engine gives containers no devices (" + mount.source() + ")");
            }
            if (mount.kind() == Mount.Kind.BIND && !Files.exists(Path.of(mount.source()))) {
                wrong.add(mount.source() + " does not exist");
            }
            if (mount.kind() == Mount.Kind.VOLUME && !mount.source().matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
                wrong.add("\"" + mount.source() + "\" is no name for a volume");
            }
        }
        if (!wrong.isEmpty()) {
            throw new EngineException(
                    "engine.spec",
                    ErrorKind.INVALID,
                    "Container " + spec.id() + " cannot be made: " + String.join("; ", wrong) + ".",
                    "",
                    Remedy.NONE,
                    null);
        }
    }

    @Override
    public List<Container> containers(TaskContext context) throws EngineException, InterruptedException {
        try {
            List<Container> containers = new ArrayList<>();
            for (String id : engine.home().ids()) {
                find(id, context).ifPresent(containers::add);
            }
            return containers;
        } catch (IOException e) {
            throw new EngineException("engine.list", "The list of containers cannot be read.", e);
        }
    }

    @Override
    public Optional<Container> find(String id, TaskContext context) throws EngineException {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
            return Optional.empty();
        }
        try {
            return engine.home()
                    .find(id)
                    .filter(files -> Files.exists(files.record()))
                    .map(files -> new RuncContainer(engine, id, files));
        } catch (IOException e) {
            throw new EngineException("engine.list", "The list of containers cannot be read.", e);
        }
    }

    @Override
    public List<String> cleanUp(TaskContext context) throws EngineException, InterruptedException {
        try {
            return new CleanUp(engine).run(context);
        } catch (IOException e) {
            throw new EngineException("engine.cleanup", "What dead processes left cannot be taken away.", e);
        }
    }

    @Override
    public void createNetwork(String name, TaskContext context) throws EngineException, InterruptedException {
        try {
            engine.networks().create(name);
        } catch (IOException e) {
            throw new EngineException("engine.network", "The network " + name + " cannot be made.", e);
        }
    }

    @Override
    public List<String> networks(TaskContext context) throws EngineException {
        try {
            return engine.networks().names();
        } catch (IOException e) {
            throw new EngineException("engine.network", "The list of networks cannot be read.", e);
        }
    }

    @Override
    public void removeNetwork(String name, TaskContext context) throws EngineException, InterruptedException {
        try {
            engine.networks().remove(name);
        } catch (IOException e) {
            throw new EngineException("engine.network", "The network " + name + " cannot be removed.", e);
        }
    }
}
