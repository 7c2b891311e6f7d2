package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.Fragile;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.json.Json;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What people get who delete outputs and call again. Each test has a year of its own.
class DeletedOutputsTest {
    @TempDir
    private static Path home;

    private static DeployedPipeline weather;

    @BeforeAll
    static void deploy() throws IOException {
        weather = new DeployedPipeline(Weather.PIPELINE);
        weather.tell(home);
    }

    @AfterAll
    static void stop() {
        weather.close();
    }

    private static Call baton(String... words) {
        return Call.in(home, words);
    }

    /// As `aws s3 rm` does: where the bucket keeps versions, a delete marker hides them.
    private static void remove(DeployedPipeline pipeline, String key) {
        pipeline.endpoint().s3().deleteObject(request -> request.bucket("lake").key(key));
        assertThat(keys(pipeline, key)).isEmpty();
    }

    private static List<String> keys(DeployedPipeline pipeline, String prefix) {
        return pipeline
                .endpoint()
                .s3()
                .listObjectsV2(request -> request.bucket("lake").prefix(prefix))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
    }

    /// Those of 2012, a leap year like the others.
    private static String observations(String city, int year) throws IOException {
        return WeatherData.of(city, 2012).replace("2012", String.valueOf(year));
    }

    /// The name of the execution that made everything of a year.
    private static String complete(int year) throws IOException, InterruptedException {
        weather.upload("landing/new-york/" + year + ".csv", observations("new-york", year));
        var started = weather.upload("landing/seattle/" + year + ".csv", observations("seattle", year))
                .getFirst();
        assertThat(weather.ended(started.get("execution")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return String.valueOf(started.get("name"));
    }

    private static List<String> executions(int year) {
        return weather.executions().stream()
                .map(execution -> execution.name())
                .filter(name -> name.startsWith("weather-" + year))
                .sorted()
                .toList();
    }

    @Test
    void a_root_that_was_deleted_is_made_again_by_start_and_only_it_runs() throws IOException, InterruptedException {
        var name = complete(1988);
        remove(weather, "reports/1988.html");

        var call = baton("start", "weather", "--year", "1988", "--follow");
        assertThat(call.err()).isEmpty();
        assertThat(call.exit()).isZero();
        assertThat(call.lines("started"))
                .singleElement()
                .asString()
                .matches("started     " + name + "-r2: WeatherReport 1988 has to run: its output"
                        + " s3://lake/reports/1988.html, which run \\S+ made, is not there any more");
        assertThat(call.lines("succeeded")).singleElement().asString().contains("1 task ran, 10 were fresh");
        assertThat(weather.read("reports/1988.html")).contains("The weather of 1988");
        assertThat(baton("start", "weather", "--year", "1988").out())
                .contains(name + "-r2 is SUCCEEDED: nothing is started a second time");
        assertThat(executions(1988)).containsExactly(name, name + "-r2");
    }

    @Test
    void again_insists_on_a_run_that_succeeded_by_its_parameters_and_by_its_name()
            throws IOException, InterruptedException {
        var name = complete(1992);
        remove(weather, "clean/seattle/1992.csv");

        var deleted = baton("start", "weather", "--year", "1992", "--again", "--follow");
        assertThat(deleted.exit()).as(deleted.err()).isZero();
        assertThat(keys(weather, "clean/seattle/1992.csv")).hasSize(1);
        // The same bytes as before: nothing that reads them has anything to do.
        assertThat(deleted.lines("succeeded")).singleElement().asString().contains("1 task ran, 10 were fresh");
        var nothing = baton("start", name, "--again", "--follow");
        assertThat(nothing.exit()).as(nothing.err()).isZero();
        assertThat(nothing.lines("succeeded")).singleElement().asString().contains("all 11 are fresh");
        assertThat(executions(1992)).containsExactly(name, name + "-r2", name + "-r3");
    }

    @Test
    void a_sweep_makes_again_what_was_deleted_once_however_many_sweep() throws Exception {
        var name = complete(1996);
        assertThat(baton("sweep", "weather").out()).contains(" complete").doesNotContain("started");
        remove(weather, "clean/new-york/1996.csv");
        remove(weather, "reports/1996.html");
        // Commands share a system property here: what they do is called side by side.
        Callable<String> sweep = () -> weather.endpoint()
                .lambda()
                .invoke(request -> request.functionName("baton-weather-start")
                        .payload(SdkBytes.fromUtf8String("{\"sweep\":true}")))
                .payload()
                .asUtf8String();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer :
                    threads.invokeAll(Stream.generate(() -> sweep).limit(6).toList())) {
                assertThat(answer.get()).contains(name + "-r2");
            }
        }

        assertThat(weather.ended(weather.arn(name + "-r2")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(executions(1996)).containsExactly(name, name + "-r2");
        assertThat(keys(weather, "clean/new-york/1996.csv")).hasSize(1);
        assertThat(keys(weather, "reports/1996.html")).hasSize(1);
        assertThat(baton("sweep", "weather").out()).contains(" complete").doesNotContain("started");
    }

    @Test
    void what_was_made_again_and_failed_is_left_to_a_person() throws InterruptedException {
        try (var fragile = new DeployedPipeline(TestPipelines.FRAGILE)) {
            Fragile.BROKEN.set(false);
            var name = String.valueOf(fragile.upload("landing/anne/2001.txt", "Dear Anne")
                    .getFirst()
                    .get("name"));
            assertThat(fragile.ended(fragile.arn(name)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            remove(fragile, "fragile/2001.txt");
            Fragile.BROKEN.set(true);
            var failing = Json.parseObject(started(fragile, 2001));
            assertThat(String.valueOf(failing)).contains(name + "-r2");
            assertThat(fragile.ended(fragile.arn(name + "-r2")).status()).isEqualTo(ExecutionStatus.FAILED);

            assertThat(started(fragile, 2001))
                    .as("by itself nothing fails for ever")
                    .contains("\"failed\"");
            assertThat(fragile.executions()).hasSize(2);
        } finally {
            Fragile.BROKEN.set(false);
        }
    }

    @Test
    void a_redrive_would_leave_away_what_was_deleted_so_again_starts_anew() throws IOException, InterruptedException {
        complete(1984);
        var failing =
                weather.upload("landing/seattle/1984.csv", "no,observations\n").getFirst();
        var name = String.valueOf(failing.get("name"));
        assertThat(weather.ended(failing.get("execution")).status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(baton("start", "weather", "--year", "1984", "--again", "--follow")
                        .lines("redriven"))
                .hasSize(1);

        remove(weather, "clean/new-york/1984.csv");
        var again = baton("start", "weather", "--year", "1984", "--again", "--follow");
        assertThat(again.lines("started")).containsExactly("started     " + name + "-r2");
        assertThat(again.exit()).as("its data is still broken").isOne();
    }

    private static String started(DeployedPipeline pipeline, int year) {
        return pipeline.endpoint()
                .lambda()
                .invoke(request -> request.functionName("baton-fragile-start")
                        .payload(SdkBytes.fromUtf8String("{\"start\":{\"parameters\":{\"year\":" + year + "}}}")))
                .payload()
                .asUtf8String();
    }

    @Test
    void an_item_of_a_fan_out_that_was_deleted_is_made_again_and_nothing_else(@TempDir Path other)
            throws IOException, InterruptedException {
        try (var apiary = new DeployedPipeline(TestPipelines.APIARY)) {
            apiary.tell(other);
            var uploaded = apiary.upload("hives/2026.txt", "oak 500\nelm 40\n");
            var first = apiary.ended(uploaded.getFirst().get("execution"));
            assertThat(first.status()).as(first.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            var shelves = apiary.versions("shelves/").size();
            remove(apiary, "jars/2026/elm/40.txt");

            var swept = Call.in(other, "sweep", "apiary");
            assertThat(swept.out())
                    .containsPattern(
                            "-r2: Jar \\S+ \\S+ 40 has to run: its output s3://lake/jars/2026/elm/40.txt, which run"
                                    + " \\S+ made, is not there any more");
            var again = apiary.executions().stream()
                    .filter(execution -> execution.name().endsWith("-r2"))
                    .findFirst()
                    .orElseThrow();
            assertThat(apiary.ended(again.executionArn()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(keys(apiary, "jars/2026/elm/40.txt")).hasSize(1);
            assertThat(apiary.versions("shelves/"))
                    .as("the same bytes as before")
                    .hasSize(shelves);
            assertThat(Call.in(other, "sweep", "apiary").out())
                    .contains("1 complete")
                    .doesNotContain("started");
        }
    }

    @Test
    void a_version_that_is_deleted_for_good_and_a_bucket_that_keeps_no_more_are_noticed(@TempDir Path other)
            throws IOException, InterruptedException {
        try (var fragile = new DeployedPipeline(TestPipelines.FRAGILE)) {
            fragile.tell(other);
            fragile.ended(fragile.upload("landing/anne/2002.txt", "Dear Anne")
                    .getFirst()
                    .get("execution"));
            for (ObjectVersion version : fragile.versions("fragile/2002.txt")) {
                fragile.endpoint()
                        .s3()
                        .deleteObject(request ->
                                request.bucket("lake").key("fragile/2002.txt").versionId(version.versionId()));
            }
            assertThat(Call.in(other, "start", "fragile", "--year", "2002", "--follow")
                            .exit())
                    .isZero();
            assertThat(fragile.read("fragile/2002.txt")).isEqualTo("Dear Anne");

            fragile.endpoint()
                    .s3()
                    .putBucketVersioning(request -> request.bucket("lake")
                            .versioningConfiguration(kept -> kept.status(BucketVersioningStatus.SUSPENDED)));
            remove(fragile, "fragile/2002.txt");
            assertThat(Call.in(other, "start", "fragile", "--year", "2002", "--follow")
                            .out())
                    .containsPattern(
                            "-r3: Fragile 2002 has to run: its output s3://lake/fragile/2002.txt, which run \\S+ made, is"
                                    + " not there any more");
            assertThat(Call.in(other, "start", "fragile", "--year", "2002").out())
                    .contains("-r3 is SUCCEEDED");
            remove(fragile, "fragile/2002.txt");
            assertThat(Call.in(other, "start", "fragile", "--year", "2002", "--follow")
                            .out())
                    .contains("-r4: ");
            assertThat(fragile.read("fragile/2002.txt")).isEqualTo("Dear Anne");
        }
    }
}
