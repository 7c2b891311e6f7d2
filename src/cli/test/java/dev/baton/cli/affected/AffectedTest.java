package dev.baton.cli.affected;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.Call;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a changeset touches, in real repositories.
class AffectedTest {
    @TempDir
    private Path folder;

    @Test
    void between_two_revisions_the_tasks_by_class_and_the_outputs_that_records_tell_of() throws Exception {
        var project = ShopProject.in(folder.resolve("shop"), "git");
        var jar = project.code("one", Map.of());
        var first = project.commit("first");
        Files.createDirectories(project.root().resolve("statemachines/shop/data/raw"));
        Files.writeString(project.root().resolve("statemachines/shop/data/raw/a.txt"), "1");
        assertThat(Call.in(project.root(), "run", "shop", "--name", "a", "--jar", jar.toString())
                        .exit())
                .isZero();
        project.code("two", Map.of());
        var second = project.commit("second");
        project.code(
                "two",
                Map.of(
                        "Sum",
                        ShopProject.task("Sum", "Tidy", "\"sums\""),
                        "Words",
                        "final class Words { static String word() { return \"two\"; } }"));

        var call = project.affected(first, second);
        assertThat(call.lines())
                .as(call.err())
                .startsWith(
                        "shop: 1 of 3 tasks affected between " + first.substring(0, 12) + " (git) and "
                                + second.substring(0, 12) + " (git)",
                        "  Tidy  class Words changed",
                        "  then, if what they read comes out different: Sum")
                .endsWith("    s3://shop/tidy/a.txt")
                .hasSize(5);
        assertThat(call.lines().get(3))
                .matches("  1 output would be made again: [0-9.]+ s of tasks, [0-9.]+ GB-seconds of Lambda,"
                        + " [1-9][0-9]* transitions: \\$0\\.[0-9]{6}; 1 more, [0-9.]+ s, if what they read comes out"
                        + " different");

        var copy = project.affected(second, "--json");
        var json = Json.parseObject(copy.out());
        assertThat(json.get("after")).isEqualTo("the working copy");
        assertThat(json.get("pipelines"))
                .asString()
                .contains("task=own.Sum", "task=own.Tally, way=left")
                .doesNotContain("own.Tidy");

        var same = project.affected("HEAD", second, "--no-records");
        assertThat(same.out())
                .isEqualTo(
                        "nothing is affected between %1$s (git) and %1$s (git)%n".formatted(second.substring(0, 12)));
        assertThat(project.call("git", "status", "--porcelain")).isEqualTo("M prebuilt/own.jar");
    }

    @Test
    void in_mercurial_too() throws Exception {
        var project = ShopProject.in(folder.resolve("shop"), "hg");
        project.code("one", Map.of());
        var first = project.commit("first");
        project.code("two", Map.of());

        assertThat(project.affected(first, "--no-records").lines())
                .containsExactly(
                        "shop: 1 of 3 tasks affected between " + first.substring(0, 12) + " (hg) and the working copy",
                        "  Tidy  class Words changed",
                        "  then, if what they read comes out different: Sum");
    }

    @Test
    void artefacts_that_are_given_are_not_built() throws Exception {
        var project = ShopProject.in(folder.resolve("shop"), "git");
        var before = Files.move(project.code("one", Map.of()), folder.resolve("before.jar"));
        var after = Files.move(project.code("two", Map.of()), folder.resolve("after.jar"));

        var call =
                Call.in(folder, "affected", "--before", before.toString(), "--after", after.toString(), "--no-records");
        assertThat(call.lines()).as(call.err()).contains("  Tidy  class Words changed");
    }

    @Test
    void pipelines_of_tests_are_not_deployed() throws Exception {
        var project = ShopProject.in(folder.resolve("shop"), "git");
        project.write("build.sh", """
                mkdir -p target other/target/test-classes/META-INF/services
                cp prebuilt/own.jar target/shop.jar
                echo own.Absent > other/target/test-classes/META-INF/services/dev.baton.task.PipelineProvider
                touch other/target/test-classes/Absent.class
                """);
        project.code("one", Map.of());
        var first = project.commit("first");

        var same = project.affected(first, first, "--no-records");
        assertThat(same.out()).as(same.err()).startsWith("nothing is affected between");
    }

    @Test
    void a_build_that_cannot_be_fails_or_takes_too_long_says_why() throws Exception {
        var project = ShopProject.in(folder.resolve("shop"), "git");
        project.commit("nothing to build");
        assertThat(Call.in(project.root(), "affected", "HEAD").err())
                .startsWith("error CLI060 at ")
                .contains("no mvnw, pom.xml, gradlew or build.gradle");
        assertThat(project.affected("HEAD").err())
                .startsWith("error CLI061 at ")
                .contains("sh build.sh ended with 1, saying at last", "prebuilt/own.jar");
        assertThat(builds("HEAD", project, "no-such-program").err()).contains("CLI061", "cannot be called");
        assertThat(builds("HEAD", project, "true").err()).contains("CLI062", "built no jar with pipelines");
        assertThat(Call.in(project.root(), "affected", "HEAD", "--within", "1", "--build", "sleep 60")
                        .err())
                .contains("CLI061", "has not ended within 1 s");
    }

    private static Call builds(String revision, ShopProject project, String build) {
        return Call.in(project.root(), "affected", revision, "--build", build);
    }

    @Test
    void a_revision_that_is_an_option_or_a_command_is_refused() throws Exception {
        var project = ShopProject.in(folder.resolve("shop"), "git");
        project.commit("first");
        var trap = folder.resolve("trap");
        for (var revision : List.of(
                "--output=" + trap,
                "--config=alias.log=!touch " + trap,
                "$(touch " + trap + ")",
                "HEAD;touch " + trap)) {
            var call = Call.in(project.root(), "affected", "--", revision);
            assertThat(call.err()).startsWith("error REV002 at ");
            assertThat(trap).doesNotExist();
        }
    }

    @Test
    void a_folder_without_a_repository_and_a_call_without_revisions_are_told() throws IOException {
        assertThat(Call.in(folder, "affected", "HEAD").err()).startsWith("error REV011 at " + folder.toRealPath());
        for (var words : List.of(List.<String>of(), List.of("--after", "x"), List.of("a", "b", "--after", "x"))) {
            var all = new ArrayList<>(List.of("affected"));
            all.addAll(words);
            assertThat(Call.in(folder, all.toArray(String[]::new)).exit()).isEqualTo(2);
        }
    }
}
