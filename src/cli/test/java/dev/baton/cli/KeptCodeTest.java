package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LocalCloud;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What records name by its hash alone: the parts of the code, which a deployment keeps.
class KeptCodeTest {
    private static final String HEAD =
            "package own; import dev.baton.task.*; import java.util.List; import java.time.Year; ";

    @TempDir
    private Path home;

    private int edits;

    /// Edits the helper that the task reaches, and says what the run or the plan of it says.
    private List<String> edited(String... words) throws IOException {
        var jar = SourceJar.of(
                home.resolve("own" + ++edits),
                "Mills",
                Map.of(
                        "Stone",
                        "package own; final class Stone { static String grind() { return \"meal " + edits + "\"; } }",
                        "Meal",
                        HEAD + "@Intent(\"Meal\") public record Meal(Year year) implements Task {"
                                + " public List<Task> requires() { return List.of(); }"
                                + " public Target output() { return S3Target.at(\"s3://mill/{year}.txt\", this); }"
                                + " public void run(TaskRun run) throws java.io.IOException {"
                                + " run.output().text(Stone.grind()); } }",
                        "Mills",
                        HEAD + "public final class Mills implements PipelineProvider { public List<Pipeline>"
                                + " pipelines() { return List.of(Pipeline.of(\"mill\", Meal.class)); } }"));
        var call = Call.in(
                home,
                Stream.concat(Stream.of(words), Stream.of("mill", "--year", "2012", "--jar", jar.toString()))
                        .toArray(String[]::new));
        assertThat(call.exit()).as(call.out() + call.err()).isZero();
        return call.lines();
    }

    /// What is kept of the runs here.
    private interface Look {
        void at(S3Client s3) throws IOException;
    }

    private void look(Look look) throws IOException {
        try (var cloud = new LocalCloud(0, home.resolve(".baton/data"))) {
            look.at(cloud.endpoint().s3());
        }
    }

    private static List<String> keys(S3Client s3, String prefix) {
        return s3
                .listObjectsV2(
                        request -> request.bucket(LocalCloud.STATE_BUCKET).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith(".json"))
                .toList();
    }

    private static Map<String, @Nullable Object> object(S3Client s3, String key) {
        return Json.parseObject(s3.getObjectAsBytes(
                        request -> request.bucket(LocalCloud.STATE_BUCKET).key(key))
                .asByteArray());
    }

    @Test
    void a_record_names_its_code_and_the_deployment_keeps_what_that_was_made_of() throws IOException {
        edited("run");
        look(s3 -> {
            var record = object(s3, keys(s3, "completions/").getFirst());
            assertThat(record).containsEntry("code", Map.of());
            assertThat(keys(s3, "parts/")).containsExactly("parts/own.Meal/" + record.get("codeHash") + ".json");
            assertThat(object(s3, keys(s3, "parts/").getFirst()).get("code"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsOnlyKeys("class own.Meal", "class own.Stone");
        });
        assertThat(edited("plan")).anyMatch(line -> line.contains("Meal 2012 would run: class Stone changed"));
        assertThat(edited("run", "--json"))
                .as("the task's function itself says what changed")
                .anyMatch(line -> line.contains("\"RAN\"") && line.contains("class Stone changed"));
        look(s3 -> assertThat(keys(s3, "parts/")).hasSize(2));
    }

    @Test
    void without_what_was_kept_it_is_only_known_that_the_code_is_another() throws IOException {
        edited("run");
        look(s3 -> keys(s3, "parts/")
                .forEach(key -> s3.deleteObject(
                        request -> request.bucket(LocalCloud.STATE_BUCKET).key(key))));
        assertThat(edited("plan")).anyMatch(line -> line.contains("Meal 2012 would run: its code changed"));
        assertThat(edited("run", "--json"))
                .anyMatch(line -> line.contains("\"RAN\"") && line.contains("its code changed"));
    }

    @Test
    void records_that_tell_of_their_code_themselves_are_read_as_ever() throws IOException {
        edited("run");
        look(s3 -> {
            var kept = keys(s3, "parts/").getFirst();
            var key = keys(s3, "completions/").getFirst();
            var record = new LinkedHashMap<>(object(s3, key));
            record.put("code", object(s3, kept).get("code"));
            // The bucket refuses this to whoever is not the task's own role.
            s3.deleteBucketPolicy(request -> request.bucket(LocalCloud.STATE_BUCKET));
            s3.putObject(
                    request -> request.bucket(LocalCloud.STATE_BUCKET).key(key),
                    RequestBody.fromBytes(Json.bytes(record)));
            s3.deleteObject(request -> request.bucket(LocalCloud.STATE_BUCKET).key(kept));
        });
        assertThat(edited("plan")).anyMatch(line -> line.contains("Meal 2012 would run: class Stone changed"));
    }
}
