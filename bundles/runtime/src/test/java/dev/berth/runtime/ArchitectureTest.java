/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of the design: who may see whom. */
class ArchitectureTest {

    private static final String ROOT = "dev.berth.";

    /** What a bundle sees of Berth besides itself. A plugin is "plugin", a theme "theme". */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("api.ui", Set.of("api")),
            Map.entry("platform", Set.of("api")),
            Map.entry("images", Set.of("api", "platform")),
            Map.entry("sessions", Set.of("api", "platform", "images")),
            Map.entry("plugins", Set.of("api", "platform")),
            Map.entry("updates", Set.of("api", "platform")),
            Map.entry("cli", Set.of("api", "api.ui", "platform", "images", "sessions", "plugins", "updates")),
            Map.entry("canvas", Set.of("api", "api.ui", "platform", "images", "sessions")),
            Map.entry("shell", Set.of("api", "api.ui", "platform", "images", "sessions", "plugins", "canvas")),
            Map.entry("plugin", Set.of("api", "api.ui")),
            Map.entry("theme", Set.of("api.ui")),
            Map.entry("launcher", Set.of()),
            Map.entry("runtime", Set.of()));

    /** A class with a {@code main} is a program that Berth runs in a process of its own. */
    private static final DescribedPredicate<JavaClass> PART_OF_BERTHS_PROCESS = describe(
            "no programs of their own",
            type -> type.tryGetMethod("main", String[].class).isEmpty());

    private static JavaClasses berth;

    @BeforeAll
    static void read() {
        berth = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.berth");
        assertThat(berth.contain("dev.berth.launcher.Main")).isTrue();
    }

    @Test
    void arrowsPointAsDesigned() {
        classes().should(followTheArrows()).check(berth);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.berth.(**)").should().beFreeOfCycles().check(berth);
    }

    @Test
    void theHeadlessContractKnowsNoWindows() {
        noClasses()
                .that()
                .resideInAPackage("dev.berth.api..")
                .and()
                .resideOutsideOfPackage("dev.berth.api.ui..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.swing..")
                .check(berth);
    }

    @Test
    void theContractSpeaksJavaAndItself() {
        codeUnits()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.berth.api..")
                .and(are(describe("public or protected", ArchitectureTest::isVisible)))
                .should(mentionOnly("java.", "javax.", "dev.berth.api."))
                .check(berth);
    }

    @Test
    void oneGatewayLeadsToTheEventThread() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.berth.api.ui.edt")
                .should(callAnyOf(
                        "javax.swing.SwingUtilities.invokeLater",
                        "javax.swing.SwingUtilities.invokeAndWait",
                        "java.awt.EventQueue.invokeLater",
                        "java.awt.EventQueue.invokeAndWait"))
                .check(berth);
    }

    @Test
    void nobodyIsShownAStackTraceOrLosesTheProcess() {
        noClasses().should(callAnyOf("java.lang.Throwable.printStackTrace")).check(berth);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.berth.launcher")
                .and(are(PART_OF_BERTHS_PROCESS))
                .should(callAnyOf("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt"))
                .check(berth);
    }

    @Test
    void onlyTheCommandLineWritesToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.berth.launcher", "dev.berth.cli..")
                .and(are(PART_OF_BERTHS_PROCESS))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(berth);
    }

    @Test
    void logsGoThroughSlf4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.berth.launcher")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging", "ch.qos.logback..")
                .check(berth);
    }

    /** Returns the bundle that a class of Berth belongs to, as {@link #ARROWS} calls it. */
    private static String bundle(JavaClass type) {
        String name = type.getPackageName().substring(ROOT.length());
        String first = name.split("\\.", 2)[0];
        return name.equals("api.ui") || name.startsWith("api.ui.") ? "api.ui" : first;
    }

    /** Two plugins are two bundles: {@code plugin.KIND.NAME}. */
    private static String plugin(JavaClass type) {
        return Stream.of(type.getPackageName().split("\\.")).limit(5).reduce("", (a, b) -> a + "." + b);
    }

    private static ArchCondition<JavaClass> followTheArrows() {
        return new ArchCondition<>("see only what the design lets them see") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String from = bundle(type);
                Set<String> allowed = ARROWS.get(from);
                if (allowed == null) {
                    events.add(SimpleConditionEvent.violated(type, "the design knows no bundle dev.berth." + from));
                    return;
                }
                type.getDirectDependenciesFromSelf().stream()
                        .filter(each -> each.getTargetClass()
                                .getBaseComponentType()
                                .getPackageName()
                                .startsWith(ROOT))
                        .filter(each -> {
                            JavaClass target = each.getTargetClass().getBaseComponentType();
                            String to = bundle(target);
                            boolean same = from.equals(to)
                                    && (!from.equals("plugin") || plugin(type).equals(plugin(target)));
                            boolean seen = allowed.contains(to)
                                    && !target.getPackageName().contains(".internal");
                            return !same && !seen;
                        })
                        .forEach(each -> events.add(SimpleConditionEvent.violated(type, each.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> callAnyOf(String... methods) {
        Set<String> names = Set.of(methods);
        return new ArchCondition<>("call " + new TreeSet<>(names)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMethodCallsFromSelf().stream()
                        .filter(call -> Stream.concat(
                                        Stream.of(call.getTargetOwner()),
                                        call.getTargetOwner().getAllRawSuperclasses().stream())
                                .anyMatch(owner -> names.contains(owner.getName() + "." + call.getName())))
                        .forEach(call -> events.add(SimpleConditionEvent.satisfied(type, call.getDescription())));
                type.getMethodReferencesFromSelf().stream()
                        .filter(call -> names.contains(call.getTargetOwner().getName() + "." + call.getName()))
                        .forEach(call -> events.add(SimpleConditionEvent.satisfied(type, call.getDescription())));
            }
        };
    }

    private static boolean isVisible(JavaCodeUnit unit) {
        return unit.getModifiers().stream()
                .anyMatch(each -> List.of("PUBLIC", "PROTECTED").contains(each.name()));
    }

    private static ArchCondition<JavaCodeUnit> mentionOnly(String... prefixes) {
        return new ArchCondition<>("mention only types of " + List.of(prefixes)) {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                Stream.of(
                                unit.getAllInvolvedRawTypes().stream(),
                                unit.getExceptionTypes().stream().map(JavaClass.class::cast))
                        .flatMap(each -> each)
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> !type.isPrimitive())
                        .filter(type -> Stream.of(prefixes).noneMatch(type.getName()::startsWith))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                unit, unit.getFullName() + " mentions " + type.getName())));
            }
        };
    }
}
