package dev.baton.engine;

import static dev.baton.engine.Machines.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskHandler;
import dev.baton.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributedMapTest {
    static final String PASS = "\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}";
    private static final String TASK = "\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,"
            + "\"Resource\":\"arn:aws:states:::lambda:invoke\"}}";

    private final StoredObjects objects = new StoredObjects();

    private Machines machines(TaskHandler handler) {
        return Machines.with(
                Engine.builder().taskHandler(handler).objectReader(objects).objectWriter(objects), 1);
    }

    static PreparedMachine map(String fields, String processor) {
        return Machines.jsonPath("\"M\":{\"Type\":\"Map\"," + (fields.isEmpty() ? "" : fields + ",")
                + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"
                + processor + "},\"End\":true}");
    }

    @Test
    void batches_hold_no_more_items_or_bytes_than_allowed() {
        var byItems = machines((i, c) -> {})
                .run(
                        map("\"ItemBatcher\":{\"MaxItemsPerBatch\":2,\"BatchInput\":{\"n.$\":\"$[0]\"}}", PASS),
                        "[1,2,3]");
        assertThat(byItems.output())
                .isEqualTo(Json.parse(
                        "[{\"BatchInput\":{\"n\":1},\"Items\":[1,2]},{\"BatchInput\":{\"n\":1},\"Items\":[3]}]"));

        var byBytes = machines((i, c) -> {})
                .run(
                        map("\"ItemBatcher\":{\"MaxInputBytesPerBatch\":40}", PASS),
                        Json.print(List.of("0123456789", "0123456789", "0123456789")));
        assertThat((List<?>) byBytes.output())
                .hasSize(2)
                .allSatisfy(batch -> assertThat(Json.bytes(batch).length).isLessThanOrEqualTo(40));
    }

    @ParameterizedTest(name = "MaxInputBytesPerBatch {0}: {1}")
    @CsvSource({"19, SUCCEEDED", "18, FAILED", "5, FAILED"})
    void an_item_that_alone_exceeds_a_batch_is_in_none(int bytes, ExecutionStatus expected) {
        var execution = machines((i, c) -> {})
                .run(map("\"ItemBatcher\":{\"MaxInputBytesPerBatch\":" + bytes + "}", PASS), "[{\"n\":1}]");

        assertThat(execution.status()).isEqualTo(expected);
        assertThat(execution.error()).isEqualTo(expected == ExecutionStatus.FAILED ? "States.DataLimitExceeded" : null);
    }

    @ParameterizedTest(name = "{0} with {1} of 10 failed: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                                     | 0 | SUCCEEDED
                    ``                                     | 1 | FAILED
                    "ToleratedFailureCount":2              | 2 | SUCCEEDED
                    "ToleratedFailureCount":2              | 3 | FAILED
                    "ToleratedFailurePercentage":20        | 2 | SUCCEEDED
                    "ToleratedFailurePercentage":20        | 3 | FAILED
                    "ToleratedFailurePercentage":100       | 10 | SUCCEEDED
                    """)
    void some_failures_are_tolerated(String tolerance, int failures, ExecutionStatus expected) {
        var execution = machines((invocation, completion) -> {
                    if ((Long) invocation.parameters() < failures) {
                        completion.failure("E", "C");
                    } else {
                        completion.success(invocation.parameters());
                    }
                })
                .run(map(tolerance, TASK), "[0,1,2,3,4,5,6,7,8,9]");

        assertThat(execution.status()).isEqualTo(expected);
        if (expected == ExecutionStatus.FAILED) {
            assertThat(execution.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
            assertThat(execution.cause()).isEqualTo("The specified tolerated failure threshold was exceeded");
        } else {
            assertThat((List<?>) execution.output()).hasSize(10 - failures);
        }
    }

    @Test
    void a_map_run_may_be_looked_at_and_changed_while_it_runs() {
        Deque<TaskCompletion> open = new ArrayDeque<>();
        var machines = machines((invocation, completion) -> open.add(completion));
        var execution = machines.start(map("\"Label\":\"tiles\",\"MaxConcurrency\":2", TASK), "[1,2,3,4,5]");
        machines.time.settle();
        var mapRun = machines.engine.mapRuns(execution.arn()).getFirst();

        assertThat(mapRun.arn()).startsWith("arn:aws:states:us-east-1:111111111111:mapRun:machine/tiles:");
        assertThat(machines.engine.mapRun(mapRun.arn())).contains(mapRun);
        assertThat(mapRun.itemCounts())
                .extracting("pending", "running", "total")
                .containsExactly(3L, 2L, 5L);
        assertThat(mapRun.executions()).allSatisfy(child -> {
            assertThat(child.arn()).startsWith("arn:aws:states:us-east-1:111111111111:execution:machine/tiles:");
            assertThat(child.mapRunArn()).isEqualTo(mapRun.arn());
            assertThat(machines.engine.execution(child.arn())).contains(child);
        });

        mapRun.update(4, null, null);
        machines.time.settle();
        assertThat(open).hasSize(4);
        while (!open.isEmpty()) {
            open.poll().success(1L);
            machines.time.settle();
        }
        assertThat(mapRun.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(mapRun.itemCounts()).extracting("succeeded", "total").containsExactly(5L, 5L);
    }

    @Test
    void stopping_the_parent_stops_the_children() {
        var machines = machines((invocation, completion) -> {});
        var execution = machines.start(map("", TASK), "[1,2]");
        machines.time.settle();
        var mapRun = machines.engine.mapRuns(execution.arn()).getFirst();
        machines.engine.stop(execution.arn(), null, null);
        machines.time.settle();

        assertThat(mapRun.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(mapRun.executions()).extracting(Execution::status).containsOnly(ExecutionStatus.ABORTED);
        assertThat(types(execution)).endsWith("MapRunAborted", "MapStateAborted", "ExecutionAborted");
    }

    @Test
    void the_result_writer_leaves_a_manifest_that_names_the_results() {
        var machines = machines((invocation, completion) -> {
            if (invocation.parameters().equals(2L)) {
                completion.failure("E", "C");
            } else {
                completion.success(invocation.parameters());
            }
        });
        var execution = machines.run(
                map(
                        "\"ToleratedFailureCount\":1,\"ResultWriter\":{\"Resource\":\"arn:aws:states:::s3:putObject\","
                                + "\"Parameters\":{\"Bucket\":\"out\",\"Prefix\":\"runs\"}}",
                        TASK),
                "[1,2,3]");
        var mapRun = machines.engine.mapRuns(execution.arn()).getFirst();
        var folder = "runs/" + mapRun.arn().substring(mapRun.arn().lastIndexOf(':') + 1) + "/";

        assertThat(execution.output())
                .isEqualTo(Map.of(
                        "MapRunArn", mapRun.arn(),
                        "ResultWriterDetails", Map.of("Bucket", "out", "Key", folder + "manifest.json")));
        assertThat(objects.keys())
                .containsExactly(folder + "FAILED_0.json", folder + "SUCCEEDED_0.json", folder + "manifest.json");
        assertThat(objects.text(folder + "manifest.json")).contains("\"DestinationBucket\":\"out\"");
        assertThat((List<?>) Json.parse(objects.text(folder + "SUCCEEDED_0.json")))
                .hasSize(2);
        assertThat(objects.text(folder + "FAILED_0.json")).contains("\"Error\":\"E\"");
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    COMPACT | [[1],[2,3]]
                    FLATTEN | [1,2,3]
                    """)
    void the_results_of_a_map_run_take_the_shape_that_is_asked_for(String transformation, String expected) {
        var execution = machines((i, c) -> {})
                .run(
                        map(
                                "\"ResultWriter\":{\"WriterConfig\":{\"OutputType\":\"JSON\",\"Transformation\":\""
                                        + transformation + "\"}}",
                                PASS),
                        "[[1],[2,3]]");

        assertThat(execution.output()).isEqualTo(Json.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({"COMPACT", "FLATTEN", "NONE"})
    void an_execution_that_failed_is_described_whatever_the_shape(String transformation) {
        var machines = machines((invocation, completion) -> {
            if (invocation.parameters().equals(1L)) {
                completion.failure("E", "C");
            } else {
                completion.success(List.of(7L));
            }
        });
        var execution = machines.run(
                map(
                        "\"ToleratedFailureCount\":1,\"ResultWriter\":{\"WriterConfig\":{\"Transformation\":\""
                                + transformation + "\"}}",
                        TASK),
                "[1,2]");

        assertThat(execution.output())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(((List<?>) execution.output()).getFirst())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("Status", "FAILED")
                .containsEntry("Error", "E");
    }

    @Test
    void the_lines_of_a_result_file_are_values_of_their_own() {
        machines((i, c) -> {})
                .run(
                        map(
                                "\"ResultWriter\":{\"Resource\":\"arn:aws:states:::s3:putObject\","
                                        + "\"WriterConfig\":{\"OutputType\":\"JSONL\",\"Transformation\":\"FLATTEN\"},"
                                        + "\"Parameters\":{\"Bucket\":\"out\",\"Prefix\":\"runs\"}}",
                                PASS),
                        "[[{\"a\":1}],[{\"b\":2},3]]");
        var key = objects.keys().stream()
                .filter(name -> name.contains("SUCCEEDED_0"))
                .findFirst()
                .orElseThrow();

        assertThat(objects.text(key)).isEqualTo("{\"a\":1}\n{\"b\":2}\n3");
    }

    @Test
    void an_item_that_no_execution_takes_fails_the_map_run() {
        objects.put("k", Json.print(List.of("x".repeat(262_144))));
        var reading = "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:getObject\","
                + "\"Parameters\":{\"Bucket\":\"b\",\"Key\":\"k\"}}";
        var reduced = ",\"ItemSelector\":{\"index.$\":\"$$.Map.Item.Index\"}";

        assertThat(machines((i, c) -> {}).run(map(reading, PASS), "{}").error()).isEqualTo("States.DataLimitExceeded");
        assertThat(machines((i, c) -> {})
                        .run(map(reading + reduced, PASS), "{}")
                        .status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
    }
}
