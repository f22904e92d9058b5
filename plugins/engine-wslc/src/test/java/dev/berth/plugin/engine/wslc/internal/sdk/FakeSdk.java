/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The fake library, compiled from C by the test, loaded anew for each test so that it counts from nothing. */
final class FakeSdk {

    private static final AtomicInteger COPIES = new AtomicInteger();

    private final NativeLibrary controls;
    private final WslcLibrary library;
    private final ComThreads com;

    private FakeSdk(NativeLibrary controls, WslcLibrary library, ComThreads com) {
        this.controls = controls;
        this.library = library;
        this.com = com;
    }

    /** Puts the C sources into a folder. */
    static void sources(Path folder) throws Exception {
        for (String name : List.of("wslcsdk-facts.h", "layout.c", "fake-wslcsdk.c")) {
            try (InputStream in = FakeSdk.class.getResourceAsStream(name)) {
                Files.copy(Objects.requireNonNull(in, name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Runs a program that must succeed; what it printed. */
    static String run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    /** Compiles it. */
    static Path compile(Path folder, String name, String... options) throws Exception {
        sources(folder);
        List<String> command = new ArrayList<>(
                List.of("cc", "-std=gnu11", "-shared", "-fPIC", "-fvisibility=hidden", "-w", "-pthread", "-o", name));
        command.addAll(List.of(options));
        command.add("fake-wslcsdk.c");
        run(folder, command.toArray(new String[0]));
        return folder.resolve(name);
    }

    /** Loads a copy of it. */
    static FakeSdk load(Path compiled) throws Exception {
        Path copy = compiled.resolveSibling(COPIES.incrementAndGet() + "-" + compiled.getFileName());
        Files.copy(compiled, copy);
        WslcLibrary library = WslcLibrary.open(copy, copy.toString(), copy.toString());
        return new FakeSdk(NativeLibrary.getInstance(copy.toString()), library, new ComThreads(library));
    }

    WslcLibrary library() {
        return library;
    }

    ComThreads com() {
        return com;
    }

    long number(String name) {
        return controls.getFunction(name).invokeLong(new Object[0]);
    }

    void tell(String name) {
        controls.getFunction(name).invokeVoid(new Object[0]);
    }

    Pointer handle() {
        return controls.getFunction("fake_handle").invokePointer(new Object[0]);
    }

    long calls(String name) {
        return controls.getFunction("fake_calls").invokeLong(new Object[] {name});
    }

    /** All is given back, and nothing was done that must not be. */
    void assertClean() {
        assertThat(controls.getFunction("fake_violations").invokeInt(new Object[0]))
                .as(controls.getFunction("fake_complaint").invokeString(new Object[0], false))
                .isZero();
        assertThat(number("fake_live")).as("objects and handles").isZero();
        assertThat(number("fake_blocks")).as("blocks of memory").isZero();
        com.close();
    }
}
