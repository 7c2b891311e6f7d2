package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionAssetTest {
    @TempDir
    private Path folder;

    @Test
    void jars_lie_under_lib_and_those_of_before_are_gone() throws IOException {
        var a = jar("a.jar", "a");
        var b = jar("b.jar", "b");
        var target = folder.resolve("code");
        FunctionAsset.staged(List.of(a), target);

        FunctionAsset.staged(List.of(b), target);

        assertThat(target.resolve("lib"))
                .isDirectoryContaining("glob:**/b.jar")
                .isDirectoryNotContaining("glob:**/a.jar");
    }

    @Test
    void equal_contents_have_one_hash_wherever_they_lie_and_whenever_they_were_written() throws IOException {
        var a = jar("a.jar", "a");
        var one = FunctionAsset.staged(List.of(a), folder.resolve("one"));
        Files.setLastModifiedTime(a, java.nio.file.attribute.FileTime.fromMillis(1));
        var other = FunctionAsset.staged(List.of(a), folder.resolve("other"));

        assertThat(one.hash()).isEqualTo(other.hash()).matches("[0-9a-f]{64}");
        assertThat(FunctionAsset.in(folder.resolve("one")).hash()).isEqualTo(one.hash());
    }

    @Test
    void another_content_another_name_and_another_file_are_other_code() throws IOException {
        var hashes = List.of(
                FunctionAsset.staged(List.of(jar("a.jar", "a")), folder.resolve("1"))
                        .hash(),
                FunctionAsset.staged(List.of(jar("a.jar", "b")), folder.resolve("2"))
                        .hash(),
                FunctionAsset.staged(List.of(jar("b.jar", "b")), folder.resolve("3"))
                        .hash(),
                FunctionAsset.staged(List.of(jar("a.jar", "b"), jar("b.jar", "b")), folder.resolve("4"))
                        .hash());

        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void the_jar_of_functions_that_people_ask_lies_in_a_folder_for_these_alone() throws IOException {
        var lean = jar("lean.jar", "a");
        var people = folder.resolve("people.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(people))) {
            zip.putNextEntry(new ZipEntry("dev/baton/lambda/people/GovernedStartFunction.class"));
        }
        var alone = FunctionAsset.staged(List.of(lean), folder.resolve("alone"));

        var both = FunctionAsset.staged(List.of(lean, people), folder.resolve("both"));

        assertThat(both.hash()).isEqualTo(alone.hash());
        assertThat(alone.governed()).isNull();
        assertThat(both.folder().resolve("lib")).isDirectoryNotContaining("glob:**/people.jar");
        assertThat(both.governed()).isNotNull().satisfies(governed -> {
            assertThat(governed.hash()).isNotEqualTo(both.hash());
            assertThat(governed.folder().resolve("lib"))
                    .isDirectoryContaining("glob:**/people.jar")
                    .isDirectoryContaining("glob:**/lean.jar");
        });
    }

    @Test
    void two_jars_of_one_name_are_refused() throws IOException {
        var a = jar("a.jar", "a");
        var other = jar("sub/a.jar", "other");

        assertThatThrownBy(() -> FunctionAsset.staged(List.of(a, other), folder.resolve("code")))
                .hasMessage("two jars are named a.jar");
    }

    private Path jar(String name, String content) throws IOException {
        var jar = folder.resolve("jars").resolve(name);
        Files.createDirectories(jar.getParent());
        return Files.writeString(jar, content);
    }
}
