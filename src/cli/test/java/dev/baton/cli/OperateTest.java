package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.openlineage.OpenLineageGraph;
import dev.baton.cli.openlineage.OpenLineageSchemas;
import dev.baton.cli.pipelines.Fragile;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.local.events.DeliveryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The commands for executions, called as people call them while a `baton local` runs. Each test has a year of its
/// own.
class OperateTest {
    @TempDir
    private static Path home;

    private static DeployedPipeline fragile;

    @BeforeAll
    static void deploy() throws IOException {
        fragile = new DeployedPipeline(TestPipelines.FRAGILE);
        fragile.tell(home);
    }

    @AfterAll
    static void stop() {
        fragile.close();
    }

    @AfterEach
    void mend() {
        Fragile.BROKEN.set(false);
        Fragile.GATE.get().countDown();
    }

    private static Call baton(String... words) {
        return Call.in(home, words);
    }

    /// The one execution of a year, started by its upload.
    private static String uploaded(int year) throws InterruptedException {
        var answer =
                fragile.upload("landing/anne/" + year + ".txt", "Dear Anne").getFirst();
        return String.valueOf(answer.get("name"));
    }

    private static ExecutionStatus ended(String name) throws InterruptedException {
        return fragile.ended(fragile.arn(name)).status();
    }

    @Test
    void start_finds_the_execution_that_the_upload_started() throws InterruptedException {
        var name = uploaded(2001);
        assertThat(ended(name)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var call = baton("start", "fragile", "--year", "2001");

        assertThat(call.err()).isEmpty();
        assertThat(call.exit()).isZero();
        assertThat(call.out()).contains(name + " is SUCCEEDED: nothing is started a second time");
        assertThat(Json.parseObject(
                        baton("start", "fragile", "--year=2001", "--json").out()))
                .containsEntry("event", "known")
                .containsEntry("execution", name)
                .containsEntry("status", "SUCCEEDED");
    }

    @Test
    void start_without_the_upload_names_it() {
        var call = baton("start", "fragile", "--year", "1902");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).startsWith("error CLI018 at fragile").contains("s3://lake/landing/anne/1902.txt");
    }

    @Test
    void many_runs_are_a_line_each_and_a_second_call_finds_what_the_first_made() throws InterruptedException {
        for (var year = 1951; year <= 1953; year++) {
            assertThat(ended(uploaded(year))).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
        fragile.put("landing/anne/1955.txt", "Dear Anne");
        fragile.put("landing/anne/1956.txt", "Dear Anne");

        var first = baton("start", "fragile", "--from", "1951", "--to", "1956", "--at-once", "2");

        assertThat(first.exit()).as(first.out() + first.err()).isZero();
        // The events of the last two may be faster.
        assertThat(first.lines("complete")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(first.lines("complete").size() + first.lines("succeeded").size())
                .isEqualTo(5);
        assertThat(first.lines("waiting")).singleElement().asString().contains("1954", "landing/anne/1954.txt");
        assertThat(first.lines("succeeded")).allSatisfy(line -> assertThat(line).contains(" ran, 0 fresh"));
        assertThat(first.lines().getLast()).startsWith("6 runs: ").contains(" complete, ", "1 waiting, ");
        assertThat(baton("start", "fragile", "--year", "1951..1956").lines("complete"))
                .hasSize(5);
    }

    @Test
    void parameters_that_the_pipeline_has_not_are_told_in_its_own_words() {
        assertThat(baton("start", "fragile", "--year", "MMI").err())
                .startsWith("error CLI014 at fragile")
                .contains("\"year\"", "MMI")
                .doesNotContain("\tat ");
        assertThat(baton("start", "fragile", "--yaer", "2001").err())
                .startsWith("error CLI014 at fragile")
                .contains("yaer");
        assertThat(baton("start", "fragile", "2001").err()).startsWith("error CLI005 at baton start fragile");
    }

    @Test
    void names_that_nothing_has_are_told_with_those_that_there_are() {
        assertThat(baton("start", "fragil").err())
                .startsWith("error CLI013 at fragil\n")
                .contains("deployed are fragile");
        assertThat(baton("sweep", "fragil").err()).startsWith("error CLI013 at fragil\n");
        for (var command : List.of("status", "history", "redrive", "stop")) {
            var call = baton(command, "fragile-1999-00");
            assertThat(call.exit()).isEqualTo(1);
            assertThat(call.err()).startsWith("error CLI015 at fragile-1999-00");
        }
    }

    @Test
    void a_failed_run_is_started_again_only_when_asked_and_goes_on_where_it_failed() throws InterruptedException {
        Fragile.BROKEN.set(true);
        var name = uploaded(2002);
        assertThat(ended(name)).isEqualTo(ExecutionStatus.FAILED);
        assertThat(baton("status", name).lines("not"))
                .containsExactly("not made  Fragile 2002  s3://lake/fragile/2002.txt");
        assertThat(baton("status", name).lines("waits")).containsExactly("waits     echoes 2002");
        assertThat(Json.parseObject(baton("status", name, "--json").out()))
                .containsEntry("waiting", List.of("echoes 2002"));

        var refused = baton("start", "fragile", "--year", "2002");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("error CLI019 at fragile")
                .contains("ended FAILED: " + name)
                .contains("--again");

        Fragile.BROKEN.set(false);
        var again = baton("start", "fragile", "--year", "2002", "--again", "--follow");
        assertThat(again.err()).isEmpty();
        assertThat(again.exit()).isZero();
        assertThat(again.lines("redriven"))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith(name));
        assertThat(again.lines("succeeded")).hasSize(1);
        assertThat(fragile.read("fragile/2002.txt")).isEqualTo("Dear Anne");
        assertThat(fragile.executions().stream().filter(e -> e.name().startsWith("fragile-2002-")))
                .hasSize(1);
    }

    @Test
    void what_failed_and_what_went_well_then_is_told_as_events_of_open_lineage() throws InterruptedException {
        Fragile.BROKEN.set(true);
        var name = uploaded(2009);
        assertThat(ended(name)).isEqualTo(ExecutionStatus.FAILED);
        var failed = baton("openlineage", name);
        Fragile.BROKEN.set(false);
        assertThat(baton("redrive", name, "--follow").exit()).isZero();
        var mended = baton("openlineage", name);

        OpenLineageSchemas.check(failed.lines());
        OpenLineageSchemas.check(mended.lines());
        assertThat(failed.lines())
                .hasSize(4)
                .filteredOn(line -> line.contains("errorMessage"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("something is broken"));
        var before = new OpenLineageGraph(failed.lines());
        var after = new OpenLineageGraph(mended.lines());
        assertThat(before.edges()).isEmpty();
        assertThat(before.states("fragile").values()).containsExactly("FAIL");
        assertThat(before.states("fragile.Fragile").values()).containsExactly("FAIL");
        assertThat(after.states("fragile").values()).containsExactly("COMPLETE");
        assertThat(after.states("fragile").keySet())
                .isEqualTo(before.states("fragile").keySet());
        assertThat(after.states("fragile.Fragile").values()).containsExactly("COMPLETE");
        assertThat(after.states("fragile.Fragile").keySet())
                .as("a redrive goes on with the run that failed")
                .isEqualTo(before.states("fragile.Fragile").keySet());
        assertThat(after.edges()).singleElement().satisfies(edge -> {
            assertThat(edge.from()).startsWith("s3://lake/landing/anne/2009.txt?versionId=");
            assertThat(edge.to()).startsWith("s3://lake/fragile/2009.txt?versionId=");
        });
        assertThat(baton("openlineage", name).lines()).as("told again").isEqualTo(mended.lines());
        var bus = baton("openlineage", name, "--bus", "default");
        assertThat(bus.out()).as(bus.err()).isEqualTo(mended.lines().size() + " events\n");
        assertThat(baton("openlineage", name, "--since", "2999-01-01").out()).isEmpty();
    }

    @Test
    void redrive_goes_on_and_says_why_where_it_cannot() throws InterruptedException {
        Fragile.BROKEN.set(true);
        var name = uploaded(2003);
        assertThat(ended(name)).isEqualTo(ExecutionStatus.FAILED);
        Fragile.BROKEN.set(false);

        assertThat(baton("redrive", name, "--follow").exit()).isZero();
        var call = baton("redrive", name);
        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err())
                .startsWith("error CLI016 at " + name)
                .contains("Execution is SUCCEEDED and cannot be redriven");
    }

    @Test
    void stop_ends_what_runs_and_says_when_there_is_nothing_to_stop() throws InterruptedException {
        Fragile.BEGUN.set(new CountDownLatch(1));
        Fragile.GATE.set(new CountDownLatch(1));
        var name = uploaded(2004);
        assertThat(Fragile.BEGUN.get().await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(baton("status", name).out()).contains("RUNNING").contains("baton-fragile-Fragile");

        assertThat(baton("stop", name, "--cause", "enough").out()).startsWith("stopped     " + name);
        var stopped = fragile.ended(fragile.arn(name));
        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.cause()).isEqualTo("enough");
        var call = baton("stop", name);
        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).startsWith("error CLI017 at " + name).contains("it ended ABORTED at 20");
    }

    @Test
    void status_tells_of_each_task_its_role_duration_output_and_why_it_was_skipped() throws InterruptedException {
        var name = uploaded(2005);
        assertThat(ended(name)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var typed = fragile.start(Map.of("parameters", Map.of("year", "2005")));
        assertThat(fragile.ended(typed).status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        var first = Json.parseObject(baton("status", name, "--json").out());
        assertThat(first)
                .containsEntry("execution", name)
                .containsEntry("status", "SUCCEEDED")
                .containsEntry("version", "1")
                .containsEntry("redrivable", "NOT_REDRIVABLE");
        assertThat(tasks(first))
                .singleElement()
                .satisfies(task -> assertThat(task)
                        .containsEntry("state", "Fragile")
                        .containsEntry("role", "baton-fragile-Fragile")
                        .containsEntry("outcome", "RAN")
                        .containsEntry("attempts", 1L)
                        .containsEntry("output", "s3://lake/fragile/2005.txt")
                        .containsEntry("why", "its output was never made")
                        .hasEntrySatisfying(
                                "revision",
                                revision -> assertThat(String.valueOf(revision))
                                        .matches("\\{system=\\w+, id=[0-9a-f]*, branch=.*, dirty=\\w+}")));
        assertThat(tasks(Json.parseObject(baton("status", typed, "--json").out())))
                .singleElement()
                .satisfies(task -> assertThat(task)
                        .containsEntry("outcome", "SKIPPED")
                        .hasEntrySatisfying(
                                "why",
                                why -> assertThat((String) why)
                                        .startsWith(
                                                "fresh: its inputs, code and configuration are those of run " + name)));

        var nameOfTheConsole = typed.substring(typed.lastIndexOf(':') + 1);
        assertThat(baton("status", nameOfTheConsole).out())
                .contains("SUCCEEDED, started 20")
                .containsPattern("(?m)^code of ([0-9a-f]{12}|no known revision)")
                .containsPattern("(?m)^STATE +ROLE +OUTCOME +ATTEMPTS +TOOK +OUTPUT +WHY$")
                .containsPattern(
                        "(?m)^Fragile +baton-fragile-Fragile +SKIPPED +1 +[0-9.]+ s +s3://lake/fragile/2005.txt"
                                + " +fresh: ");
        assertThat(baton("status", "fragile").lines()).anyMatch(line -> line.endsWith(name));
        assertThat(baton("status", "--json").out().lines().map(Json::parseObject))
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("pipeline", "fragile")
                        .containsEntry("execution", name)
                        .containsEntry("status", "SUCCEEDED"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> tasks(Map<String, Object> report) {
        return (List<Map<String, Object>>) report.get("tasks");
    }

    @Test
    void history_is_readable_and_what_it_prints_for_programs_replays() throws IOException, InterruptedException {
        Fragile.BROKEN.set(true);
        var name = uploaded(2006);
        assertThat(ended(name)).isEqualTo(ExecutionStatus.FAILED);

        assertThat(baton("history", name).out())
                .containsPattern("(?m)^1 +0.000 s +ExecutionStarted +\\{\"pipeline\":\"fragile\"")
                .containsPattern("(?m)TaskFailed +Fragile +java.io.IOException: something is broken$");
        var history = Files.writeString(
                home.resolve("history.json"), baton("history", name, "--json").out());
        var definition = Files.writeString(
                home.resolve("definition.asl.json"),
                baton("history", name, "--definition").out());
        var replay = baton("replay", "--history", history.toString(), "--definition", definition.toString());
        assertThat(replay.err()).isEmpty();
        assertThat(replay.exit()).isZero();
    }

    @Test
    void sweep_starts_what_no_event_started_and_leaves_alone_what_is_complete() throws InterruptedException {
        var name = uploaded(2007);
        assertThat(ended(name)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var lost = new CountDownLatch(1);
        fragile.aws().events().deliver(delivery -> {
            lost.countDown();
            return List.of();
        });
        try {
            fragile.put("landing/anne/2008.txt", "lost");
            assertThat(lost.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            fragile.aws().events().deliver(DeliveryPolicy.PROMPT);
        }

        var started = baton("sweep", "fragile", "--json")
                .out()
                .lines()
                .map(Json::parseObject)
                .toList();
        assertThat(started)
                .filteredOn(event -> String.valueOf(event.get("execution")).startsWith("fragile-2008-"))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("event", "started"));
        assertThat(baton("sweep").out())
                .matches("(?s).*fragile: [0-9]+ runs: [0-9].*")
                .doesNotContain("{year=2007}");
        assertThat(baton("sweep", "--all").out())
                .contains("{year=2007}: its last run read the versions that are" + " there");
    }

    @Test
    void a_state_machine_that_is_only_called_like_a_pipelines_is_named_and_passed_over() {
        var states = fragile.endpoint().states();
        var role = fragile.endpoint()
                .iam()
                .createRole(request -> request.roleName("theirs").assumeRolePolicyDocument("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                         "Principal": {"Service": "states.amazonaws.com"}}]}
                        """))
                .role()
                .arn();
        var longest = "baton-" + "x".repeat(74);
        var foreign = Stream.of("baton-theirs", longest)
                .map(name -> states.createStateMachine(request -> request.name(name)
                                .roleArn(role)
                                .definition("{\"StartAt\": \"Done\", \"States\": {\"Done\": {\"Type\": \"Succeed\"}}}"))
                        .stateMachineArn())
                .toList();
        try {
            for (var words : List.of("status", "sweep", "drift", "gc --dry-run")) {
                var call = baton(words.split(" "));
                assertThat(call.err())
                        .as(words)
                        .startsWith("warning CLI026 at baton-theirs\n")
                        .contains("warning CLI026 at " + longest)
                        .doesNotContain("error CLI013", "Exception");
            }
            assertThat(baton("status").out()).contains("fragile").doesNotContain("theirs");
            assertThat(baton("status", "theirs").err())
                    .startsWith("error CLI013 at theirs\n")
                    .contains("deployed are fragile.");
            assertThat(baton("stop", "nothing-of-this-name").err()).startsWith("error CLI015 at nothing-of-this-name");
        } finally {
            foreign.forEach(arn -> states.deleteStateMachine(request -> request.stateMachineArn(arn)));
        }
    }

    @Test
    void a_deployment_s_document_that_somebody_overwrote_is_told_with_its_place() {
        var manifests = new Manifests(fragile.endpoint(), LocalCloud.STATE_BUCKET);
        for (var document : List.of("garbled.compiled", "garbled.begun", "garbled.json")) {
            fragile.endpoint()
                    .s3()
                    .putObject(
                            request -> request.bucket(LocalCloud.STATE_BUCKET).key("deployments/" + document),
                            RequestBody.fromString(
                                    document.endsWith("begun") ? "{\"at\": \"noon\"}" : "{\"form\": \"x\", \"a\": 1}"));
        }
        assertThatThrownBy(() -> manifests.compiled("garbled"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("error CLI027 at s3://baton-state/deployments/garbled.compiled\n")
                .hasMessageContaining("\"form\" is not a JSON object, but \"x\"");
        assertThatThrownBy(() -> manifests.unfinished("garbled"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("error CLI027 at s3://baton-state/deployments/garbled.begun\n")
                .hasMessageContaining("but noon");
        assertThat(manifests.find("garbled")).isEmpty();
    }

    @Test
    void no_aws_at_all_is_told(@TempDir Path elsewhere) {
        var call = Call.in(elsewhere, "status");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).startsWith("error CLI010 at the endpoint").contains("./baton local");
    }

    @Test
    void wrong_credentials_are_told_as_what_aws_says() {
        var call = baton("status", "--endpoint", "http://127.0.0.1:1");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).startsWith("error CLI012 at the endpoint").doesNotContain("\tat ");
    }
}
