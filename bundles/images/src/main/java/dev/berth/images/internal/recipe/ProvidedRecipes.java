/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.recipe;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.RecipeException;
import dev.berth.api.error.Remedy;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeDocument;
import dev.berth.api.recipe.RecipeProvider;
import dev.berth.images.RecipeBook;
import dev.berth.images.RecipeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The recipe book: asks the providers each time, since their lists may change, and reads a document once. */
@Component(service = RecipeBook.class)
public final class ProvidedRecipes implements RecipeBook {

    private static final Logger LOG = LoggerFactory.getLogger(ProvidedRecipes.class);
    /** The longest document, in characters. */
    static final int DOCUMENT_LIMIT = 4 << 20;

    private static final int CHAIN_LIMIT = 16;

    private final List<RecipeProvider> providers = new CopyOnWriteArrayList<>();
    /** Complaints already logged: the list is asked for often. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** What reads documents, made when the first is read: most commands read none, and it takes a fifth of a second. */
    private static final class Reading {

        static final JsonMapper JSON = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();

        static final SchemaCheck SCHEMA = SchemaCheck.recipes();

        private Reading() {}
    }

    /** For the framework. */
    @Activate
    public ProvidedRecipes() {}

    /** A book without a framework. */
    public ProvidedRecipes(List<RecipeProvider> providers) {
        this.providers.addAll(providers);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProvider(RecipeProvider provider) {
        providers.add(provider);
    }

    void removeProvider(RecipeProvider provider) {
        providers.remove(provider);
    }

    @Override
    public List<Recipe> recipes() {
        Map<String, RecipeDocument> documents = documents();
        List<Recipe> recipes = new ArrayList<>();
        for (RecipeDocument document : documents.values()) {
            List<String> problems = new ArrayList<>();
            Recipe recipe = read(document, documents, Map.of(), problems);
            if (recipe != null) {
                recipes.add(recipe);
            } else if (!problems.isEmpty()) {
                tell(document, problems);
            }
        }
        return recipes;
    }

    @Override
    public Optional<Recipe> find(String name) {
        try {
            return find(RecipeName.parse(name));
        } catch (RecipeException | IllegalArgumentException e) {
            LOG.warn("The recipe {} cannot be had: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<Recipe> find(RecipeName name) throws RecipeException {
        Map<String, RecipeDocument> documents = documents();
        RecipeDocument document = documents.get(name.id());
        if (document == null) {
            return Optional.empty();
        }
        List<String> problems = new ArrayList<>();
        Recipe recipe = read(document, documents, name.values(), problems);
        if (recipe == null && !problems.isEmpty()) {
            if (!name.values().isEmpty()) {
                throw invalid(document, "does not take these values", problems);
            }
            tell(document, problems);
        }
        return Optional.ofNullable(recipe);
    }

    @Override
    public Optional<RecipeDocument> document(String id) {
        return Optional.ofNullable(documents().get(id));
    }

    @Override
    public Recipe read(RecipeDocument document) throws RecipeException {
        List<String> problems = new ArrayList<>();
        Recipe recipe = read(document, documents(), Map.of(), problems);
        if (recipe == null && problems.isEmpty()) {
            problems.add("/abstract: it is there only to be extended");
        }
        if (recipe == null) {
            throw invalid(document, "is not well-formed", problems);
        }
        return recipe;
    }

    private static RecipeException invalid(RecipeDocument document, String what, List<String> problems) {
        return new RecipeException(
                "recipe.invalid",
                ErrorKind.INVALID,
                "The recipe " + document.id() + " " + what + ": " + problems.get(0) + ".",
                document.origin() + "\n" + String.join("\n", problems),
                Remedy.NONE,
                null);
    }

    @Override
    public List<String> lint(RecipeDocument document) {
        List<String> problems = new ArrayList<>();
        read(document, documents(), Map.of(), problems);
        return problems;
    }

    private Map<String, RecipeDocument> documents() {
        Map<String, RecipeDocument> documents = new LinkedHashMap<>();
        for (RecipeProvider provider : providers) {
            try {
                provider.recipes().forEach(document -> documents.putIfAbsent(document.id(), document));
            } catch (RuntimeException e) {
                // One provider's bug must not hide the recipes of the others.
                if (told.add(provider.getClass().getName())) {
                    LOG.warn(
                            "The recipe provider {} failed", provider.getClass().getName(), e);
                }
            }
        }
        return documents;
    }

    private @Nullable Recipe read(
            RecipeDocument document,
            Map<String, RecipeDocument> known,
            Map<String, String> values,
            List<String> problems) {
        ObjectNode json = parse(document, problems);
        if (json == null) {
            return null;
        }
        ObjectNode inherited = inherit(json, known, List.of(), problems);
        if (inherited == null) {
            return null;
        }
        ObjectNode whole = ParameterValues.apply(inherited, values, problems);
        problems.addAll(Reading.SCHEMA.check(whole));
        if (json.path("abstract").asBoolean(false)) {
            return null;
        }
        if (!whole.path("base").path("references").isArray()) {
            problems.add("/base lacks \"references\"");
        }
        return problems.isEmpty() ? RecipeReader.read(whole) : null;
    }

    private @Nullable ObjectNode parse(RecipeDocument document, List<String> problems) {
        if (document.json().length() > DOCUMENT_LIMIT) {
            problems.add("/ is larger than 4 MiB");
            return null;
        }
        JsonNode json;
        try {
            json = Reading.JSON.readTree(document.json());
        } catch (JacksonException e) {
            problems.add(
                    "/ is not JSON: " + where(e) + Objects.requireNonNullElse(e.getOriginalMessage(), "malformed"));
            return null;
        }
        // Texts that must look a certain way do so once values stand in them.
        problems.addAll(Reading.SCHEMA.check(
                json instanceof ObjectNode written
                        ? ParameterValues.apply(written, Map.of(), new ArrayList<>())
                        : json));
        if (!problems.isEmpty() || !(json instanceof ObjectNode object)) {
            return null;
        }
        if (!object.path("id").asString().equals(document.id())) {
            problems.add("/id must be \"" + document.id() + "\", the name that " + document.origin() + " gives it");
            return null;
        }
        return object;
    }

    /** The document over all that it extends; {@code path} is how it was come to. */
    private @Nullable ObjectNode inherit(
            ObjectNode json, Map<String, RecipeDocument> known, List<String> path, List<String> problems) {
        List<String> here = new ArrayList<>(path);
        here.add(json.path("id").asString());
        JsonNode parents = json.path("extends");
        List<String> ids = new ArrayList<>();
        if (parents.isArray()) {
            parents.forEach(each -> ids.add(each.asString()));
        } else if (!parents.isMissingNode()) {
            ids.add(parents.asString());
        }
        ObjectNode lower = null;
        for (String id : ids) {
            if (here.contains(id) || here.size() > CHAIN_LIMIT) {
                problems.add("/extends goes in a circle: " + String.join(", ", here) + ", " + id);
                return null;
            }
            RecipeDocument parent = known.get(id);
            if (parent == null) {
                problems.add("/extends names a recipe that does not exist: " + id);
                return null;
            }
            List<String> inherited = new ArrayList<>();
            ObjectNode parsed = parse(parent, inherited);
            if (parsed == null) {
                problems.add("/extends names a recipe that is not well-formed: " + id + ": " + inherited.get(0));
                return null;
            }
            ObjectNode whole = inherit(parsed, known, here, problems);
            if (whole == null) {
                return null;
            }
            lower = lower == null ? whole : Inheritance.merge(lower, whole);
        }
        return lower == null ? json : Inheritance.merge(lower, json);
    }

    private static String where(JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        return place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
    }

    private void tell(RecipeDocument document, List<String> problems) {
        if (told.add(document.origin() + document.id() + problems)) {
            LOG.warn("The recipe {} of {} is left out: {}", document.id(), document.origin(), problems);
        }
    }
}
