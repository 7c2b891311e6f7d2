package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.output.FunctionLog;
import dev.baton.cli.pipelines.Fragile;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The logs of executions and tasks, as people ask for them while a `baton local` runs. Each test has a year of its own.
class LogsCommandTest {
    /// Held, for loggers that nobody holds lose their level.
    private static final Logger OURS = Logger.getLogger("dev.baton");

    private static final FunctionLog LOG = new FunctionLog();

    @TempDir
    private static Path home;

    private static DeployedPipeline fragile;

    @BeforeAll
    static void deploy() throws IOException {
        OURS.setLevel(Level.INFO);
        OURS.addHandler(LOG);
        OURS.setUseParentHandlers(false);
        fragile = new DeployedPipeline(TestPipelines.FRAGILE);
        fragile.tell(home);
    }

    @AfterAll
    static void stop() {
        OURS.removeHandler(LOG);
        OURS.setLevel(null);
        OURS.setUseParentHandlers(true);
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

    private static String uploaded(int year) throws InterruptedException {
        return String.valueOf(fragile.upload("landing/anne/" + year + ".txt", "Dear Anne")
                .getFirst()
                .get("name"));
    }

    private static String failed(int year) throws InterruptedException {
        Fragile.BROKEN.set(true);
        var name = uploaded(year);
        fragile.ended(fragile.arn(name));
        return name;
    }

    private static List<Map<String, Object>> json(Call call) {
        return call.lines().stream().map(Json::parseObject).toList();
    }

    @Test
    void an_error_stands_beside_its_task_its_attempt_and_its_revision() throws InterruptedException {
        var name = failed(2001);
        var call = baton("logs", name);

        assertThat(call.exit()).as(call.err()).isZero();
        assertThat(call.out())
                .containsPattern("(?m)^\\S+ \\S+  Fragile #1 +\\S+ +attempt begins$")
                .containsPattern("(?m)^\\S+ \\S+  Fragile #1 +\\S+ +ERROR failed: something is broken$")
                .containsPattern("(?m)^    java.io.IOException: something is broken$")
                .containsPattern("(?m)^\\S+ \\S+  Fragile +state machine  TaskStateEntered$")
                .containsPattern(
                        "(?m)^\\S+ \\S+  Fragile +state machine  ERROR TaskFailed java.io.IOException: something")
                .containsPattern("(?m)^\\S+ \\S+  Fragile #1 .* Duration: .* ms, Billed Duration: ")
                .doesNotContain("TaskScheduled", "START RequestId", "_aws");
        assertThat(call.lines().stream().filter(line -> line.startsWith("20")).toList())
                .isSortedAccordingTo((one, other) -> one.substring(0, 23).compareTo(other.substring(0, 23)));
    }

    @Test
    void programs_are_told_all_of_it() throws InterruptedException {
        var name = failed(2002);
        var lines = json(baton("logs", name, "--json"));

        assertThat(lines)
                .filteredOn("from", "state machine")
                .anyMatch(line -> "TaskScheduled".equals(line.get("message")));
        var error = lines.stream()
                .filter(line -> "task".equals(line.get("from")) && "ERROR".equals(line.get("level")))
                .toList();
        assertThat(error)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("task", "Fragile")
                        .containsEntry("attempt", 1L)
                        .containsEntry("execution", fragile.arn(name))
                        .hasEntrySatisfying(
                                "run", run -> assertThat((String) run).startsWith(name + "."))
                        .hasEntrySatisfying(
                                "revision",
                                revision -> assertThat((String) revision).isNotEmpty())
                        .hasEntrySatisfying(
                                "requestId", id -> assertThat((String) id).isNotEmpty())
                        .hasEntrySatisfying(
                                "log",
                                log -> assertThat((String) log).startsWith("/aws/lambda/baton-fragile-Fragile ")));
    }

    @Test
    void one_execution_is_told_apart_from_the_others_of_its_functions() throws InterruptedException {
        var one = failed(2003);
        var other = failed(2004);

        assertThat(json(baton("logs", one, "--json")).stream()
                        .filter(line -> "task".equals(line.get("from")))
                        .map(line -> line.get("execution"))
                        .distinct())
                .containsExactly(fragile.arn(one));
        assertThat(json(baton("logs", fragile.arn(other), "--filter", "broken", "--json")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat((String) line.get("raw")).contains("broken"));
        // The newest of the pipeline, and both of the task.
        assertThat(json(baton("logs", "fragile", "--json")))
                .filteredOn("from", "task")
                .extracting("execution")
                .containsOnly(fragile.arn(other));
        assertThat(json(baton("logs", "Fragile", "--json", "--filter", "{ $.level = \"ERROR\" }")))
                .extracting("execution")
                .contains(fragile.arn(one), fragile.arn(other));
        var nothing = baton("logs", "Fragile", "--since", "2999-01-01T00:00:00Z");
        assertThat(nothing.exit()).isZero();
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).startsWith("nothing was logged since 2999-01-01T00:00:00Z");
    }

    @Test
    void following_ends_when_the_execution_has_ended() throws InterruptedException {
        Fragile.GATE.set(new CountDownLatch(1));
        Fragile.BEGUN.set(new CountDownLatch(1));
        var name = uploaded(2005);
        Fragile.BEGUN.get().await();
        var followed = CompletableFuture.supplyAsync(() -> baton("logs", name, "--follow"));
        Fragile.GATE.get().countDown();
        var call = followed.join();

        assertThat(call.exit()).isZero();
        assertThat(call.out()).contains("attempt begins", "Duration: ", "ExecutionSucceeded");
        assertThat(call.lines()).doesNotHaveDuplicates();
    }

    @Test
    void what_is_not_there_is_said_with_what_was_meant() throws IOException {
        assertThat(baton("logs", "Fragil").err())
                .startsWith("error CLI090 at Fragil")
                .contains("did you mean Fragile?");
        assertThat(baton("logs", "fragile", "--since", "yesterday").err()).startsWith("error CLI091 at --since");
        assertThat(baton("logs", "fragile", "--filter", "a.b").err())
                .startsWith("error CLI092 at --filter")
                .contains("Invalid character(s) in term 'a.b'");
        assertThat(Call.in(Files.createDirectory(home.resolve("empty")), "logs", "fragile")
                        .err())
                .startsWith("error CLI093 at fragile");
    }
}
