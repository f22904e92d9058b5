/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.RecipeException;
import dev.berth.api.image.ProvisioningStep;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeDocument;
import dev.berth.images.RecipeName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidedRecipesTest {

    private static final String FULL = """
            {"schema":1,"id":"debian-xfce","title":"Debian with XFCE","description":"d","icon":"debian",
             "base":{"references":["debian:bookworm","oci:registry.example/library/debian:bookworm"],
                     "packages":["xfce4","tigervnc-standalone-server"],"recommends":true,"options":{"variant":"minbase"}},
             "steps":[{"title":"Adding the user","run":["useradd","-m","berth"],"network":true,"environment":{"A":"b"}},
                      {"title":"Doing","script":["echo a","echo b"]},
                      {"title":"Writing","file":{"path":"/etc/x","content":["l1","l2"],"mode":"0755","owner":"1000:100"}},
                      {"title":"More","packages":["firefox-esr"]}],
             "session":{"user":"berth","command":["startxfce4"],"environment":{"LANG":"C.UTF-8"},"size":"1920x1080",
                        "memory":"2g","cpus":1.5,"sound":"pulseaudio"},
             "cost":{"download":"350m","installed":"1.3g"}}
            """;

    @Test
    void readsAWholeRecipe() throws Exception {
        Recipe recipe = new ProvidedRecipes(List.of()).read(document("debian-xfce", FULL));

        assertThat(recipe.base().references())
                .extracting(Object::toString)
                .first()
                .isEqualTo("debian:bookworm");
        assertThat(recipe.base().recommends()).isTrue();
        assertThat(recipe.steps()).hasSize(4);
        assertThat(recipe.steps().get(1)).isEqualTo(ProvisioningStep.Run.script("Doing", "echo a\necho b\n"));
        assertThat(recipe.steps().get(2))
                .isEqualTo(new ProvisioningStep.WriteFile("Writing", "/etc/x", "l1\nl2\n", 0755, 1000, 100));
        assertThat(recipe.session().width()).isEqualTo(1920);
        assertThat(recipe.session().display()).isEqualTo("rfb");
        assertThat(recipe.session().memoryBytes()).isEqualTo(2L << 30);
        assertThat(recipe.downloadBytes()).isEqualTo(350L << 20);
        assertThat(recipe.installedBytes()).isEqualTo(Math.round(1.3 * (1L << 30)));
    }

    private static final String WITH_PARAMETERS = """
            {"schema":1,"id":"asked","title":"T",
             "parameters":{"suite":{"default":"bookworm","choices":["bookworm","trixie"]},
                           "user":{"default":"anna"},
                           "motto":{"default":"a b","pattern":"[a-z ]*"}},
             "base":{"references":["debian:{{suite}}"],"packages":["task-{{user}}"]},
             "steps":[{"title":"Adding {{user}}","script":["useradd {{user}}","echo '{{motto}}' ${HOME} {{ x }}"]}],
             "session":{"user":"{{user}}"}}
            """;

    @Test
    void putsTheValuesOfParametersIntoTexts() throws Exception {
        RecipeDocument child = document("lower", """
                {"schema":1,"id":"lower","title":"L","extends":"asked","parameters":{"user":{"default":"berta"}}}
                """);
        ProvidedRecipes book = new ProvidedRecipes(List.of(() -> List.of(child, document("asked", WITH_PARAMETERS))));

        Recipe own = book.find("asked").orElseThrow();
        assertThat(own.base().references().get(0)).hasToString("debian:bookworm");
        assertThat(own.steps())
                .containsExactly(
                        ProvisioningStep.Run.script("Adding anna", "useradd anna\necho 'a b' ${HOME} {{ x }}\n"));
        assertThat(book.find("lower").orElseThrow().session().user()).isEqualTo("berta");

        RecipeName name = new RecipeName("asked", Map.of("suite", "trixie", "motto", "c d"));
        assertThat(name).hasToString("asked?motto=c+d&suite=trixie");
        assertThat(RecipeName.parse(name.toString())).isEqualTo(name);
        Recipe given = book.find(name.toString()).orElseThrow();
        assertThat(given.id()).isEqualTo("asked");
        assertThat(given.base().references().get(0)).hasToString("debian:trixie");
        assertThat(given.steps().get(0)).isNotEqualTo(own.steps().get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "suite|sid|/parameters/suite must be one of bookworm, trixie",
                "user|x; rm -rf /|/parameters/user must match",
                "motto|A|/parameters/motto must match",
                "user|Anna|/session/user",
                "colour|red|/parameters has no colour; there are suite, user, motto"
            })
    void refusesValues(String parameter, String value, String expected) {
        ProvidedRecipes book = new ProvidedRecipes(List.of(() -> List.of(document("asked", WITH_PARAMETERS))));

        assertThatThrownBy(() -> book.find(new RecipeName("asked", Map.of(parameter, value))))
                .isInstanceOfSatisfying(
                        RecipeException.class, e -> assertThat(e.summary()).contains(expected));
        assertThat(book.find(new RecipeName("asked", Map.of(parameter, value)).toString()))
                .isEmpty();
    }

    @Test
    void refusesParametersThatAreNotDeclared() {
        ProvidedRecipes book = new ProvidedRecipes(List.of());
        assertThat(book.lint(document("asked", WITH_PARAMETERS.replace("{{ x }}", "{{x}}"))))
                .containsExactly("/steps/0/script/1 uses a parameter that is not declared: x");
    }

    @Test
    void mergesARecipeOverTheOneThatItExtends() {
        RecipeDocument child = document("mine", """
                {"schema":1,"id":"mine","title":"Mine","extends":"debian-xfce",
                 "base":{"packages":["gimp"],"options":{"x":"y"}},
                 "steps":[{"title":"Last","run":["true"]}],
                 "session":{"size":"800x600","environment":{"B":"c"}}}
                """);
        ProvidedRecipes book = new ProvidedRecipes(List.of(() -> List.of(child, document("debian-xfce", FULL))));

        Recipe recipe = book.find("mine").orElseThrow();

        assertThat(book.recipes()).extracting(Recipe::id).containsExactly("mine", "debian-xfce");
        assertThat(recipe.base().packages()).containsExactly("xfce4", "tigervnc-standalone-server", "gimp");
        assertThat(recipe.base().options()).containsEntry("variant", "minbase").containsEntry("x", "y");
        assertThat(recipe.steps()).hasSize(5);
        assertThat(recipe.steps().get(4).title()).isEqualTo("Last");
        assertThat(recipe.session().width()).isEqualTo(800);
        assertThat(recipe.session().command()).containsExactly("startxfce4");
        assertThat(recipe.session().environment()).containsKeys("LANG", "B");
        assertThat(recipe.downloadBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"schema\":2                             | / lacks, /schema must be 1",
                "\"schema\":1,\"id\":\"Bad Id\"           | /id does not have the form",
                "\"nonsense\":true                        | /nonsense is not known here",
                "\"steps\":[{\"title\":\"t\"}]            | /steps/0 needs one of run, script, file, packages",
                "\"steps\":[{\"title\":\"t\",\"run\":[1]}] | /steps/0/run/0 must be a string",
                "\"steps\":[{\"run\":[\"a\"]}]            | /steps/0 lacks \"title\"",
                "\"steps\":[7]                            | /steps/0 must be an object",
                "\"session\":{\"sound\":\"loud\"}         | /session/sound must be one of",
                "\"session\":{\"size\":\"wide\"}          | /session/size does not have the form",
                "\"cost\":{\"download\":\"much\"}         | /cost/download has none of the forms",
                "\"base\":{\"references\":[]}             | /base/references needs at least 1",
                "\"extends\":\"gone\"                     | / lacks"
            })
    void namesThePlaceOfEachMistake(String members, String expected) {
        List<String> problems = new ProvidedRecipes(List.of()).lint(document("x", "{" + members + "}"));

        for (String part : expected.split(", (?=/)")) {
            assertThat(problems).anyMatch(problem -> problem.startsWith(part.strip()));
        }
    }

    @Test
    void refusesCirclesDuplicatesAndGarbage() {
        ProvidedRecipes book = new ProvidedRecipes(List.of(() -> List.of(
                document("a", "{\"schema\":1,\"id\":\"a\",\"title\":\"A\",\"extends\":\"b\"}"),
                document("b", "{\"schema\":1,\"id\":\"b\",\"title\":\"B\",\"extends\":\"a\"}"))));

        assertThat(book.recipes()).isEmpty();
        assertThat(book.lint(book.document("a").orElseThrow())).anyMatch(problem -> problem.contains("circle"));
        assertThat(book.lint(document("a", "{\"schema\":1,\"schema\":1}")))
                .anyMatch(problem -> problem.startsWith("/ is not JSON: line 1"));
        assertThat(book.lint(document("a", ""))).isNotEmpty();
        assertThat(book.lint(document("a", "[".repeat(5000)))).isNotEmpty();
        assertThatThrownBy(() -> book.read(document("a", "nope")))
                .isInstanceOfSatisfying(
                        RecipeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID));
    }

    @Test
    void oneProvidersBugDoesNotHideTheOthers() {
        ProvidedRecipes book = new ProvidedRecipes(List.of(
                () -> {
                    throw new IllegalStateException("bug");
                },
                () -> List.of(document("debian-xfce", FULL))));

        assertThat(book.recipes()).extracting(Recipe::id).containsExactly("debian-xfce");
    }

    private static RecipeDocument document(String id, String json) {
        return new RecipeDocument(id, json, "a test");
    }

    @Test
    void severalRecipesAreExtendedInOrderAndAbstractOnesNotOffered() throws Exception {
        RecipeDocument look = document("look", """
                {"schema":1,"id":"look","title":"Look","abstract":true,
                 "steps":[{"title":"Looking","script":"look"}],"session":{"sound":"pulseaudio"}}""");
        RecipeDocument system = document("system", """
                {"schema":1,"id":"system","title":"System","abstract":true,"base":{"references":["x:y"]},
                 "steps":[{"title":"Installing","packages":["a"]}]}""");
        RecipeDocument desk = document("desk", """
                {"schema":1,"id":"desk","title":"Desk","extends":["system","look"],"session":{"size":"800x600"}}""");
        ProvidedRecipes book = new ProvidedRecipes(List.of(() -> List.of(desk, look, system)));

        assertThat(book.lint(look)).isEmpty();
        assertThat(book.recipes()).extracting(Recipe::id).containsExactly("desk");
        assertThat(book.find("look")).isEmpty();
        Recipe read = book.read(desk);
        assertThat(read.title()).isEqualTo("Desk");
        assertThat(read.steps()).extracting(ProvisioningStep::title).containsExactly("Installing", "Looking");
        assertThat(read.session().sound()).isEqualTo("pulseaudio");
        assertThat(read.session().width()).isEqualTo(800);
    }
}
