/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The contract as text: {@code api.txt} lists each public type and member, so that a change of the contract shows in review. After an
 * intended change, {@code ./mvnw -pl bundles/runtime -am verify -Dtest=ContractTextTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dberth.api.write=true} writes it anew.
 */
class ContractTextTest {

    @ParameterizedTest
    @CsvSource({"dev.berth.api, ../../plugin-api/core/api.txt", "dev.berth.api.ui, ../../plugin-api/ui/api.txt"})
    void theContractIsAsWritten(String bundle, Path file) throws Exception {
        Path jar = ClassPathJars.bundles(System.getProperty("java.class.path")).get(bundle);
        assertThat(jar).isNotNull();
        SortedSet<String> lines = new TreeSet<>();
        for (Class<?> type : types(jar)) {
            describe(type, lines);
        }
        String text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("berth.api.write")) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("written by -Dberth.api.write=true, see the head of this test")
                .content()
                .isEqualTo(text);
    }

    private static List<Class<?>> types(Path place) throws IOException, ClassNotFoundException {
        if (Files.isDirectory(place)) {
            return typesBelow(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            return typesBelow(jar.getPath("/"));
        }
    }

    private static List<Class<?>> typesBelow(Path root) throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.');
                Class<?> type = Class.forName(
                        name.substring(0, name.length() - ".class".length()),
                        false,
                        ContractTextTest.class.getClassLoader());
                if (isVisible(type)) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    private static boolean isVisible(Class<?> type) {
        for (@Nullable Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!isVisible(each.getModifiers()) || each.isAnonymousClass() || each.isSynthetic()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(int modifiers) {
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static void describe(Class<?> type, SortedSet<String> lines) {
        String name = type.getName();
        String parents = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(each -> each.getTypeName())
                .filter(each -> !each.startsWith("java.lang.Object") && !each.startsWith("java.lang.Record"))
                .collect(Collectors.joining(", "));
        // JDKs differ in whether this names "sealed".
        String head = type.toGenericString().replaceFirst(" (non-)?sealed ", type.isSealed() ? " sealed " : " ");
        if (type.isSealed() && !head.contains(" sealed ")) {
            head = head.replaceFirst(" (interface|class) ", " sealed $1 ");
        }
        lines.add(name + " : " + head + (parents.isEmpty() ? "" : " is " + parents));
        for (Constructor<?> each : type.getDeclaredConstructors()) {
            if (isVisible(each.getModifiers()) && !each.isSynthetic()) {
                lines.add(name + " (" + parameters(each) + ")" + thrown(each));
            }
        }
        for (Method each : type.getDeclaredMethods()) {
            if (isVisible(each.getModifiers()) && !each.isSynthetic()) {
                String kind = Modifier.isStatic(each.getModifiers()) ? "static " : each.isDefault() ? "default " : "";
                lines.add(name + " ." + each.getName() + "(" + parameters(each) + ")" + thrown(each) + " : " + kind
                        + text(each.getAnnotatedReturnType()));
            }
        }
        for (Field each : type.getDeclaredFields()) {
            if (isVisible(each.getModifiers()) && !each.isSynthetic()) {
                lines.add(name + " ." + each.getName() + " : " + text(each.getAnnotatedType()));
            }
        }
    }

    private static String parameters(Executable code) {
        return Arrays.stream(code.getAnnotatedParameterTypes())
                .map(ContractTextTest::text)
                .collect(Collectors.joining(", "));
    }

    private static String thrown(Executable code) {
        String types = Arrays.stream(code.getExceptionTypes())
                .map(Class::getSimpleName)
                .sorted()
                .collect(Collectors.joining(", "));
        return types.isEmpty() ? "" : " throws " + types;
    }

    private static String text(AnnotatedType type) {
        return type.getType().getTypeName() + (type.isAnnotationPresent(Nullable.class) ? "?" : "");
    }
}
