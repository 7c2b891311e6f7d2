package dev.baton.run.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClassFilesTest {
    private final ClassFiles files = new ClassFiles(ClassFilesTest.class);

    /// Else a task that reads XML would have another hash on each JDK.
    @Test
    void no_class_of_the_jdk_is_one_of_a_project() {
        assertThat(ModuleFinder.ofSystem().findAll())
                .hasSizeGreaterThan(20)
                .allSatisfy(module -> assertThat(classes(module))
                        .filteredOn(name -> files.project(name).isPresent())
                        .isEmpty());
    }

    private static Stream<String> classes(ModuleReference module) {
        try (var reader = module.open();
                var names = reader.list()) {
            return names
                    .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_class_of_a_project_is_read() {
        assertThat(files.project("dev/baton/run/code/ClassFilesTest")).isPresent();
        assertThat(files.project("org/assertj/core/api/Assertions")).isPresent();
    }
}
