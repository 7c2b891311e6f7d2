package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.read.SchedulerApi;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Greeting;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.local.EmbeddedAws;
import dev.baton.task.Pipeline;
import dev.baton.task.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// A pipeline with a schedule, deployed as to an account, where ticks come in virtual time.
class ScheduledPipelineTest {
    private static final Instant BEGIN = Instant.parse("2040-12-31T12:00:00Z");
    private static final CompiledPipeline GREETINGS = Compiler.compile(Greeting.PIPELINE);
    private static final String SCHEDULE = GREETINGS.schedules().getFirst().name();

    @TempDir
    private Path home;

    private VirtualScheduler time;
    private LocalCloud cloud;
    private DeployedPipeline greetings;

    @BeforeEach
    void deploy() throws IOException {
        time = new VirtualScheduler(BEGIN);
        cloud = cloud(EmbeddedAws.builder(), time);
        greetings = new DeployedPipeline(GREETINGS, cloud);
        greetings.tell(home);
        cloud.deployRecorded(GREETINGS);
        Files.createDirectories(home.resolve("cdk"));
        Files.writeString(home.resolve("cdk/environments.json"), "{\"local\": {\"endpoint\": \"embedded\"}}");
    }

    private static LocalCloud cloud(EmbeddedAws.Builder builder, VirtualScheduler time) {
        return new LocalCloud(builder.ticking(time).start(), LaptopFunctions.JVM);
    }

    @AfterEach
    void stop() {
        greetings.close();
    }

    private Map<String, @Nullable Object> schedule() {
        return cloud.endpoint().scheduler().find(SCHEDULE).orElseThrow();
    }

    private List<String> runs(int year) {
        return greetings.executions().stream()
                .map(execution -> execution.name())
                .filter(name -> name.contains("-" + year + "-"))
                .map(name -> name.substring(0, name.indexOf("-" + year)))
                .sorted()
                .toList();
    }

    @Test
    void a_tick_calls_the_start_function_which_starts_what_it_proposes_once() throws InterruptedException {
        // Its upload makes ready what the last tick proposed, by the clock on the wall.
        assertThat(greetings.upload("wishes.txt", "a good year")).hasSize(2);
        var before = greetings.starts();

        // Midnight in Berlin is an hour before that in London.
        time.advance(Duration.ofHours(11).minusSeconds(1));
        assertThat(greetings.starts()).isEqualTo(before);
        assertThat(runs(2041)).isEmpty();
        time.advance(Duration.ofSeconds(1));
        greetings.awaitStarts(before + 1);

        assertThat(cloud.aws().schedules().failures()).isEmpty();
        assertThat(runs(2041)).containsExactly("greetings-anne", "greetings-bob");
        for (var execution : greetings.executions()) {
            assertThat(greetings.ended(execution.executionArn()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
        assertThat(greetings.read("greetings/anne/2041.txt")).isEqualTo("Dear anne, a good year");
        assertThat(greetings.read("greetings/bob/2041.txt")).isEqualTo("Dear bob, a good year");

        time.advance(Duration.ofDays(365));
        greetings.awaitStarts(before + 2);
        assertThat(runs(2042)).hasSize(2);
        assertThat(runs(2041)).hasSize(2);
    }

    @Test
    void an_edited_schedule_is_told_by_drift_and_diff_and_put_back_by_a_deployment() {
        assertThat(Call.in(home, "drift", "local").out()).startsWith("greetings is as it was deployed at 20");
        var edited = new LinkedHashMap<>(schedule());
        edited.keySet().removeAll(List.of("Arn", "GroupName", "Name", "CreationDate", "LastModificationDate"));
        edited.put("ScheduleExpression", "cron(0 5 1 1 ? *)");
        edited.put("State", "DISABLED");
        cloud.endpoint().scheduler().put(SCHEDULE, edited);

        assertThat(Call.in(home, "drift", "local").out())
                .contains("schedule " + SCHEDULE + ": expression\n"
                        + "  is \"cron(0 5 1 1 ? *)\", but deployed was \"cron(0 0 1 1 ? *)\"")
                .contains("schedule " + SCHEDULE + ": state\n  is \"DISABLED\", but deployed was \"ENABLED\"");
        assertThat(Call.in(home, "diff", "local", "greetings").lines("setting"))
                .containsExactly(
                        "setting     EDITED  schedule " + SCHEDULE
                                + ": expression was \"cron(0 5 1 1 ? *)\" and will be \"cron(0 0 1 1 ? *)\"",
                        "setting     EDITED  schedule " + SCHEDULE
                                + ": state was \"DISABLED\" and will be \"ENABLED\"");

        cloud.deployRecorded(GREETINGS);
        assertThat(schedule())
                .containsEntry("ScheduleExpression", "cron(0 0 1 1 ? *)")
                .containsEntry("State", "ENABLED");
        assertThat(Call.in(home, "diff", "local", "greetings").out()).isEqualTo("greetings is deployed as it is\n");
        assertThat(Call.in(home, "drift", "local").exit()).isZero();
    }

    @Test
    void a_deleted_schedule_is_told_and_made_again() {
        cloud.endpoint().scheduler().delete(SCHEDULE);

        var drift = Call.in(home, "drift", "local");
        assertThat(drift.exit()).isOne();
        assertThat(drift.out()).contains("schedule " + SCHEDULE + ": all of it\n  is not there any more");
        assertThat(Call.in(home, "diff", "local", "greetings").out()).contains("schedule " + SCHEDULE);
        cloud.deployRecorded(GREETINGS);
        assertThat(Call.in(home, "drift", "local").exit()).isZero();
        time.advance(Duration.ofDays(1));
        assertThat(cloud.aws().schedules().failures()).isEmpty();
    }

    @Test
    void a_schedule_that_the_pipeline_has_no_more_goes_with_its_next_deployment() {
        var daily = Compiler.compile(Pipeline.of("greetings", Greeting.class)
                .scheduled(Schedule.cron("0 6 * * ? *"), at -> List.of(new Greeting("anne", Year.from(at)))));

        cloud.deployRecorded(daily);

        assertThat(cloud.endpoint().scheduler().find(SCHEDULE)).isEmpty();
        assertThat(cloud.endpoint()
                        .scheduler()
                        .find(daily.schedules().getFirst().name()))
                .get()
                .satisfies(there -> assertThat(there).containsEntry("ScheduleExpression", "cron(0 6 * * ? *)"));
        assertThat(Call.in(home, "drift", "local").exit()).isZero();
    }

    /// A schedule like the pipeline's, by another name.
    private void like(String name, String function) {
        var other = new LinkedHashMap<>(schedule());
        other.keySet().removeAll(List.of("Arn", "GroupName", "Name", "CreationDate", "LastModificationDate"));
        var target = new LinkedHashMap<>((Map<?, ?>) other.get("Target"));
        var arn = String.valueOf(target.get("Arn"));
        var called = new LinkedHashMap<String, @Nullable Object>();
        target.forEach((key, value) -> called.put(String.valueOf(key), value));
        called.put("Arn", arn.replace("baton-greetings-start", function));
        other.put("Target", called);
        cloud.endpoint().scheduler().put(name, other);
    }

    private List<String> schedules() {
        return cloud.endpoint().scheduler().all().stream()
                .map(SchedulerApi.Listed::name)
                .toList();
    }

    @Test
    void a_pipeline_that_nobody_provides_any_more_takes_along_what_ticks_for_it() {
        like("mine", "mine");
        like("another-for-greetings", "baton-greetings-start");

        cloud.removeAllBut(List.of());

        assertThat(schedules()).containsExactly("mine");
    }

    @Test
    void gc_removes_what_a_deployment_left_that_broke_off_and_nothing_that_people_made() {
        like("baton-greetings-at-0badcafe", "baton-greetings-start");
        like("baton-greetings-cards-at-0badcafe", "baton-greetings-cards-start");
        like("every-night", "baton-greetings-start");

        assertThat(Call.in(home, "gc", "--dry-run").lines("unused"))
                .singleElement()
                .asString()
                .endsWith(":schedule/default/baton-greetings-at-0badcafe");
        assertThat(schedules()).hasSize(4);
        assertThat(Call.in(home, "gc").lines("removed")).hasSize(1);
        assertThat(schedules()).containsExactlyInAnyOrder("baton-greetings-cards-at-0badcafe", "every-night", SCHEDULE);
        assertThat(Call.in(home, "drift", "local").exit()).isZero();
    }

    @Test
    void ticks_that_passed_while_nothing_ran_are_told_by_local_and_not_replayed() throws Exception {
        var data = home.resolve("data");
        try (var before = cloud(
                EmbeddedAws.builder().folder(data), new VirtualScheduler(Instant.parse("2019-12-31T12:00:00Z")))) {
            before.deployRecorded(GREETINGS);
        }
        var told = told("local", "--bare", "--port", "0", "--data", data.toString());
        assertThat(told)
                .as("what programs need to know, which is told before")
                .contains("export AWS_DISABLE_HOST_PREFIX_INJECTION=true")
                .anyMatch(line -> line.startsWith("export AWS_ENDPOINT_URL=http://"))
                .anyMatch(line -> line.startsWith("export AWS_ACCESS_KEY_ID="));
        assertThat(told)
                .anySatisfy(line -> assertThat(line)
                        .matches(SCHEDULE + " missed [0-9]+ ticks, the last at 20[0-9][0-9]-12-31T23:00:00Z:"
                                + " baton sweep starts what that one proposed"));
    }

    /// What a process of its own prints until it tells of missed ticks.
    private List<String> told(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dbaton.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.baton.cli.Baton"));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var lines = new ArrayList<String>();
        try (var out = process.inputReader()) {
            String line;
            while ((line = out.readLine()) != null) {
                lines.add(line);
                if (line.contains(" missed ")) {
                    break;
                }
            }
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return lines;
    }
}
