/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

class BundlesResolveTest {

    /** On the class path of this test because it runs in Maven: annotations that no bundle needs at run time, test libraries, the framework. */
    private static final Set<String> NOT_SHIPPED_PREFIXES = Set.of(
            "org.junit.",
            "junit-",
            "org.opentest4j",
            "org.assertj",
            "net.bytebuddy",
            "assertj-",
            "org.apiguardian",
            "byte-buddy");

    private static final Set<String> ON_THE_LAUNCHERS_CLASS_PATH = Set.of(
            "slf4j.api",
            "ch.qos.logback.classic",
            "ch.qos.logback.core",
            "com.github.weisj.jsvg",
            "org.apache.felix.framework",
            "org.osgi.service.log");

    private static final Set<String> ANNOTATIONS = Set.of(
            "osgi.annotation",
            "org.osgi.namespace.extender",
            "org.osgi.service.component.annotations",
            "org.jspecify",
            "org.jspecify.jspecify",
            "com.google.errorprone.annotations");

    @TempDir
    Path cache;

    @Test
    void theListAndTheDependenciesNameTheSameBundles() throws Exception {
        Set<String> listed = BundleList.read().entries().stream()
                .map(BundleList.Entry::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> present = new TreeSet<>(
                ClassPathJars.bundles(System.getProperty("java.class.path")).keySet());
        present.removeAll(ON_THE_LAUNCHERS_CLASS_PATH);
        present.removeAll(ANNOTATIONS);
        present.removeIf(name -> NOT_SHIPPED_PREFIXES.stream().anyMatch(name::startsWith));
        assertThat(Sets.difference(listed, present))
                .as("listed, but no dependency")
                .isEmpty();
        assertThat(Sets.difference(present, listed))
                .as("a dependency, but not listed")
                .isEmpty();
    }

    @Test
    void everyBundleResolves() throws Exception {
        Map<String, Path> jars = ClassPathJars.bundles(System.getProperty("java.class.path"));
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        configuration.put("felix.log.level", "1");
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", SystemPackages.of(classPath())));
        Framework framework = new FrameworkFactory().newFramework(configuration);
        try {
            framework.start();
            List<Bundle> bundles = new ArrayList<>();
            for (BundleList.Entry entry : BundleList.read().entries()) {
                Path jar = jars.get(entry.name());
                assertThat(jar).isNotNull();
                bundles.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
            }
            List<String> problems = new ArrayList<>();
            framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
            for (Bundle bundle : bundles) {
                if (bundle.getState() == Bundle.INSTALLED) {
                    problems.add(whyNot(bundle));
                }
            }
            assertThat(problems).isEmpty();
        } finally {
            framework.stop();
            framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
        }
    }

    /** Felix says why only when asked to start. */
    private static String whyNot(Bundle bundle) {
        try {
            bundle.start();
            return bundle.getSymbolicName() + " resolves only when it is started";
        } catch (BundleException e) {
            return bundle.getSymbolicName() + ": " + e.getMessage();
        }
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }
}
