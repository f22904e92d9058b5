/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import dev.berth.platform.settings.SettingsStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Settings as JSON files. A file that cannot be read is set aside under another name, never overwritten. */
@Component(service = SettingsStore.class)
public final class JsonSettingsStore implements SettingsStore {

    private static final Logger LOG = LoggerFactory.getLogger(JsonSettingsStore.class);
    private static final Pattern PAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");
    private static final TypeReference<LinkedHashMap<String, Object>> VALUES = new TypeReference<>() {};

    private static final TypeReference<LinkedHashMap<String, Map<String, Object>>> PAGES = new TypeReference<>() {};
    private static final long MOST_BYTES = 1 << 20;

    private final BerthHome home;
    private final JsonMapper mapper =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();
    private final Map<String, List<Consumer<Map<String, Object>>>> listeners = new ConcurrentHashMap<>();

    private record Cached(FileTime modified, long size, Map<String, Object> values) {}

    /** Settings of a home. */
    @Activate
    public JsonSettingsStore(@Reference BerthHome home) {
        this.home = home;
    }

    @Override
    public Map<String, Object> page(String page) {
        Path file = file(page);
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Cached cached = cache.get(page);
            if (cached != null && cached.modified().equals(modified) && cached.size() == size) {
                return cached.values();
            }
            Map<String, Object> values =
                    Collections.unmodifiableMap(mapper.readValue(Files.readAllBytes(file), VALUES));
            cache.put(page, new Cached(modified, size, values));
            return values;
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | JacksonException e) {
            LOG.warn("The settings in {} cannot be read and are ignored: {}", file, e.toString());
            return Map.of();
        }
    }

    @Override
    public void update(String page, Map<String, ?> changes) throws BerthException {
        Path file = file(page);
        Map<String, Object> values;
        try (HomeLock ignored =
                HomeLock.acquire(home.locks().resolve("settings-" + page), () -> {}, TaskContext.silent())) {
            home.ensure(home.settings());
            values = new LinkedHashMap<>(readForUpdate(file));
            changes.forEach((key, value) -> {
                if (value == null) {
                    values.remove(key);
                } else {
                    values.put(key, value);
                }
            });
            AtomicFiles.write(file, mapper.writeValueAsBytes(values));
        } catch (IOException | JacksonException e) {
            throw new BerthException(
                    "settings.write",
                    ErrorKind.FAILED,
                    "The settings could not be saved to " + file + ".",
                    String.valueOf(e),
                    Remedy.advice("Check that the disk has room and that the folder can be written to."),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BerthException("settings.write", "Saving the settings was interrupted.", e);
        }
        Map<String, Object> told = Collections.unmodifiableMap(values);
        for (Consumer<Map<String, Object>> listener : listeners.getOrDefault(page, List.of())) {
            listener.accept(told);
        }
    }

    private Map<String, Object> readForUpdate(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return mapper.readValue(Files.readAllBytes(file), VALUES);
        } catch (JacksonException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".broken");
            Files.move(file, aside, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("The settings in {} could not be read; they were set aside as {}", file, aside);
            return Map.of();
        }
    }

    @Override
    public Path file(String page) {
        if (!PAGE.matcher(page).matches()) {
            throw new IllegalArgumentException("not a settings page: " + page);
        }
        return home.settings().resolve(page + ".json");
    }

    @Override
    public void exportTo(Path document) throws BerthException {
        Map<String, Map<String, Object>> pages = new TreeMap<>();
        try (Stream<Path> files = Files.exists(home.settings()) ? Files.list(home.settings()) : Stream.empty()) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .filter(page -> PAGE.matcher(page).matches() && !page.startsWith(TRUST))
                    .forEach(page -> pages.put(page, page(page)));
            Files.write(document, mapper.writeValueAsBytes(pages));
        } catch (IOException | UncheckedIOException | JacksonException e) {
            throw new BerthException("settings.export", "The settings could not be written to " + document + ".", e);
        }
    }

    @Override
    public List<String> importFrom(Path document) throws BerthException {
        Map<String, Map<String, Object>> pages;
        try {
            if (Files.size(document) > MOST_BYTES) {
                throw new IOException("larger than " + MOST_BYTES + " bytes");
            }
            pages = mapper.readValue(Files.readAllBytes(document), PAGES);
        } catch (IOException | JacksonException e) {
            throw new BerthException("settings.import", document + " has no settings of Berth.", e);
        }
        for (Map.Entry<String, Map<String, Object>> page : pages.entrySet()) {
            if (!PAGE.matcher(page.getKey()).matches() || page.getValue() == null) {
                throw new BerthException(
                        "settings.import", document + " has a page that is none: " + page.getKey() + ".", null);
            }
        }
        if (pages.keySet().removeIf(page -> page.startsWith(TRUST))) {
            LOG.warn("{} also says whom to trust; that is not taken from a file", document);
        }
        for (Map.Entry<String, Map<String, Object>> page : pages.entrySet()) {
            update(page.getKey(), page.getValue());
        }
        return List.copyOf(pages.keySet());
    }

    @Override
    public Registration onChange(String page, Consumer<Map<String, Object>> listener) {
        List<Consumer<Map<String, Object>>> all = listeners.computeIfAbsent(page, key -> new CopyOnWriteArrayList<>());
        all.add(listener);
        return () -> all.remove(listener);
    }
}
