package dev.baton.compiler.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.baton.task.Task;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an artefact's classes see: the class path that Lambda's Java runtime lays over the same jars.
class ArtefactLoaderTest {
    private static final String ASKING = """
            package own;
            public class Asking implements java.util.concurrent.Callable<String> {
                public String call() { return org.lib.Csv.version(); }
            }
            """;

    @TempDir
    private Path folder;

    private int builds;

    private Path jar(String name, Map<String, String> files) throws IOException {
        var build = Files.createDirectory(folder.resolve("build" + builds++));
        var classes = Files.createDirectory(build.resolve("classes"));
        var words = new ArrayList<>(List.of("-d", classes.toString(), "--release", "21", "-proc:none", "-cp", stubs()));
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "of " + name);
        for (var file : files.entrySet()) {
            var isJava = file.getKey().endsWith(".java");
            var path = (isJava ? build : classes).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (isJava) {
                words.add(path.toString());
            }
        }
        if (words.stream().anyMatch(word -> word.endsWith(".java"))
                && ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)) != 0) {
            throw new AssertionError("the sources do not compile");
        }
        var jar = build.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var inside = Files.walk(classes)) {
            for (var file : inside.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    /// What sources are compiled against: a library and Baton's API by name.
    private String stubs() throws IOException {
        var stubs = folder.resolve("stubs");
        if (!Files.isDirectory(stubs)) {
            Files.createDirectory(stubs);
            var file = Files.writeString(
                    folder.resolve("Csv.java"),
                    "package org.lib; public class Csv { public static String version() { return \"\"; } }");
            ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", stubs.toString(), file.toString());
        }
        return stubs.toString();
    }

    private static Map<String, String> csv(String version) {
        return Map.of(
                "org/lib/Csv.java",
                "package org.lib; public class Csv { public static String version() { return \"%s\"; } }"
                        .formatted(version),
                "org/lib/name.txt",
                version,
                "META-INF/services/java.util.concurrent.Callable",
                "# of " + version + "\n");
    }

    /// What the command itself has.
    private ClassLoader command(Path... jars) throws IOException {
        var urls = new ArrayList<URL>();
        for (var jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), getClass().getClassLoader());
    }

    private static String asked(ClassLoader loader) throws Exception {
        var asking = loader.loadClass("own.Asking").getConstructor().newInstance();
        return (String) ((Callable<?>) asking).call();
    }

    @Test
    void the_authors_version_of_a_library_wins_over_the_commands() throws Exception {
        var deployed = jar("baton-lambda-deployed.jar", Map.of("dev/baton/none.txt", ""));
        var own = jar("shop.jar", Map.of("own/Asking.java", ASKING));
        var command = command(jar("csv-9.jar", csv("9")));
        try (var loader = new ArtefactLoader(List.of(own, jar("csv-2.jar", csv("2"))), deployed, command)) {
            assertThat(asked(loader)).isEqualTo("2");
            var type = loader.loadClass("org.lib.Csv");
            assertThat(type.getClassLoader()).isSameAs(loader);
            assertThat(type.getPackage().getImplementationVersion()).isEqualTo("of csv-2.jar");
            assertThat(new String(loader.getResourceAsStream("org/lib/name.txt").readAllBytes())).isEqualTo("2");
            assertThat(new String(loader.getResource("org/lib/name.txt").openStream().readAllBytes()))
                    .isEqualTo("2");
            assertThat(Collections.list(loader.getResources("META-INF/services/java.util.concurrent.Callable")))
                    .as("not the command's")
                    .hasSize(1);
        }
    }

    @Test
    void what_only_the_command_has_is_not_there() throws Exception {
        var deployed = jar("baton-lambda-deployed.jar", Map.of("dev/baton/none.txt", ""));
        var own = jar("shop.jar", Map.of("own/Asking.java", ASKING));
        try (var loader = new ArtefactLoader(List.of(own), deployed, command(jar("csv-9.jar", csv("9"))))) {
            assertThatExceptionOfType(NoClassDefFoundError.class)
                    .isThrownBy(() -> asked(loader))
                    .withMessageContaining("org/lib/Csv");
            assertThat(loader.getResource("org/lib/name.txt")).isNull();
            assertThat(loader.has("org/lib/Csv")).isFalse();
            assertThat(loader.has("java/lang/String")).isTrue();
            assertThat(loader.has("org/w3c/dom/Node")).isTrue();
            assertThat(loader.has("own/Asking")).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"aaa.jar, own", "csv-2.jar, deployed"})
    void of_two_versions_the_jar_whose_name_comes_first_is_taken_as_in_lambda(String name, String taken)
            throws Exception {
        var deployed = jar("baton-lambda-deployed.jar", csv("deployed"));
        var own = jar("shop.jar", Map.of("own/Asking.java", ASKING));
        try (var loader = new ArtefactLoader(
                List.of(own, jar(name, csv("own"))), deployed, command(jar("csv-9.jar", csv("9"))))) {
            assertThat(asked(loader)).isEqualTo(taken);
            assertThat(loader.loadClass("org.lib.Csv").getClassLoader())
                    .as("never the command's, which may be another version")
                    .isSameAs(loader);
        }
    }

    @Test
    void batons_api_is_the_commands_own_also_where_an_author_packed_it() throws Exception {
        var deployed = jar("baton-lambda-deployed.jar", Map.of("dev/baton/task/Task.class", "not read"));
        var own = jar("aaa.jar", Map.of("dev/baton/task/Task.class", "not read"));
        try (var loader = new ArtefactLoader(List.of(own), deployed, getClass().getClassLoader())) {
            assertThat(loader.loadClass("dev.baton.task.Task")).isSameAs(Task.class);
        }
    }

    @Test
    void an_authors_class_in_a_package_of_batons_name_is_the_authors() throws Exception {
        var deployed = jar("baton-lambda-deployed.jar", Map.of("dev/baton/none.txt", ""));
        var own = jar("shop.jar", Map.of("dev/baton/shop/Own.java", "package dev.baton.shop; public class Own {}"));
        try (var loader = new ArtefactLoader(List.of(own), deployed, getClass().getClassLoader())) {
            assertThat(loader.loadClass("dev.baton.shop.Own").getClassLoader()).isSameAs(loader);
        }
    }

    @Test
    void services_are_found_by_the_loader_and_by_the_context() throws Exception {
        var deployed = jar("baton-lambda-deployed.jar", Map.of("dev/baton/none.txt", ""));
        var own = jar(
                "shop.jar",
                Map.of("own/Asking.java", ASKING, "META-INF/services/java.util.concurrent.Callable", "own.Asking\n"));
        try (var loader = new ArtefactLoader(List.of(own), deployed, getClass().getClassLoader())) {
            assertThat(ServiceLoader.load(Callable.class, loader))
                    .singleElement()
                    .satisfies(found -> assertThat(found.getClass().getName()).isEqualTo("own.Asking"));
        }
    }

    @Test
    void where_nothing_was_packaged_the_command_stands_in_after_the_artefact() throws Exception {
        var own = jar("shop.jar", Map.of("own/Asking.java", ASKING));
        var command = command(jar("csv-9.jar", csv("9")));
        try (var alone = new ArtefactLoader(List.of(own), null, command);
                var whole = new ArtefactLoader(List.of(own, jar("csv-2.jar", csv("2"))), null, command)) {
            assertThat(asked(alone)).isEqualTo("9");
            assertThat(asked(whole)).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "System.exit(3);",
                "Runtime.getRuntime().exit(3);",
                "Runtime.getRuntime().halt(3);",
                "java.util.function.IntConsumer end = System::exit; end.accept(3);",
                "java.util.function.IntConsumer end = Runtime.getRuntime()::halt; end.accept(3);",
                "if (System.nanoTime() != 0) { System.exit(1 + 2); }"
            })
    void a_call_that_ends_the_jvm_ends_the_function(String statement) throws Exception {
        var own = jar("shop.jar", Map.of("own/Ending.java", """
                package own;
                public class Ending implements Runnable {
                    public void run() { try { %s } catch (Exception e) { throw new IllegalStateException(e); } }
                }
                """.formatted(statement)));
        var deployed = jar("baton-lambda-deployed.jar", Map.of("dev/baton/none.txt", ""));
        try (var loader = new ArtefactLoader(List.of(own), deployed, getClass().getClassLoader())) {
            var ending = (Runnable) loader.loadClass("own.Ending").getConstructor().newInstance();
            assertThatExceptionOfType(RuntimeExit.class)
                    .isThrownBy(ending::run)
                    .satisfies(exit -> assertThat(exit.status()).isEqualTo(3));
        }
    }

    @Test
    void a_method_of_the_same_name_is_left_alone() throws Exception {
        var own = jar("shop.jar", Map.of("own/Ending.java", """
                package own;
                public class Ending implements java.util.concurrent.Callable<String> {
                    static String exit(int code) { return "java/lang/System" + code; }
                    public String call() { System.nanoTime(); return exit(3); }
                }
                """));
        try (var loader = new ArtefactLoader(List.of(own), null, getClass().getClassLoader())) {
            var ending = (Callable<?>) loader.loadClass("own.Ending").getConstructor().newInstance();
            assertThat(ending.call()).isEqualTo("java/lang/System3");
        }
    }
}
