package dev.baton.engine;

import static dev.baton.engine.Machines.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskHandler;
import dev.baton.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributedMapTest {
    private static final String PASS = "\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}";
    private static final String TASK = "\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,"
            + "\"Resource\":\"arn:aws:states:::lambda:invoke\"}}";

    private final Map<String, String> objects = new TreeMap<>();

    private final ObjectReader reader = new ObjectReader() {
        @Override
        public byte[] read(ObjectRequest request) throws ObjectAccessException {
            var content = objects.get(request.key());
            if (content == null) {
                throw new ObjectAccessException("S3.NoSuchKeyException", "no " + request.key());
            }
            return content.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public List<Map<String, Object>> list(ObjectRequest request) {
            return objects.keySet().stream()
                    .filter(key -> key.startsWith(request.key()))
                    .map(key -> Map.<String, Object>of(
                            "Key", key, "Size", (long) objects.get(key).length()))
                    .toList();
        }
    };

    private Machines machines(TaskHandler handler) {
        return Machines.with(
                Engine.builder()
                        .taskHandler(handler)
                        .objectReader(reader)
                        .objectWriter((request, content) ->
                                objects.put(request.key(), new String(content, StandardCharsets.UTF_8))),
                1);
    }

    private static PreparedMachine map(String fields, String processor) {
        return Machines.jsonPath("\"M\":{\"Type\":\"Map\"," + (fields.isEmpty() ? "" : fields + ",")
                + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"
                + processor + "},\"End\":true}");
    }

    private static String reading(String config) {
        return "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:getObject\",\"ReaderConfig\":{" + config
                + "},\"Parameters\":{\"Bucket\":\"b\",\"Key\":\"k\"}}";
    }

    @ParameterizedTest(name = "{0} of {1} gives {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "InputType":"JSON"                            | [1,2]                       | [1,2]
                    "InputType":"JSON","MaxItems":1               | [1,2]                       | [1]
                    "InputType":"JSON"                            | {"a":1}                     | [{"Key":"a","Value":1}]
                    "InputType":"JSON","ItemsPointer":"/d/items"  | {"d":{"items":[3]}}         | [3]
                    "InputType":"JSONL"                           | {"a":1}\\n\\n{"a":2}\\n     | [{"a":1},{"a":2}]
                    "InputType":"CSV","CSVHeaderLocation":"FIRST_ROW" | a,b\\n1,"x ""y"", z"\\n  | [{"a":"1","b":"x \\"y\\", z"}]
                    "InputType":"CSV","CSVHeaderLocation":"FIRST_ROW","CSVDelimiter":"PIPE" | a;b\\r\\n1;2 | [{"a;b":"1;2"}]
                    "InputType":"CSV","CSVHeaderLocation":"GIVEN","CSVHeaders":["x","y"] | 1,2,3\\n4 | [{"x":"1","y":"2"},{"x":"4","y":""}]
                    """)
    void an_object_becomes_items(String config, String content, String expected) {
        objects.put("k", content.replace("\\r", "\r").replace("\\n", "\n"));
        var execution = machines((i, c) -> {}).run(map(reading(config), PASS), "{}");

        assertThat(execution.cause()).isNull();
        assertThat(execution.output()).isEqualTo(Json.parse(expected));
    }

    @Test
    void a_missing_object_fails_the_map_run() {
        var execution = machines((i, c) -> {}).run(map(reading("\"InputType\":\"JSON\""), PASS), "{}");

        assertThat(execution.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(types(execution)).endsWith("MapRunStarted", "MapRunFailed", "MapStateFailed", "ExecutionFailed");
    }

    @Test
    void a_listing_becomes_items() {
        objects.put("in/a", "1");
        objects.put("in/b", "22");
        objects.put("other", "");
        var execution = machines((i, c) -> {})
                .run(
                        map(
                                "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:listObjectsV2\","
                                        + "\"Parameters\":{\"Bucket\":\"b\",\"Prefix\":\"in/\"}}",
                                PASS),
                        "{}");

        assertThat(Json.print(execution.output())).contains("in/a", "in/b").doesNotContain("other");
    }

    @Test
    void an_inventory_manifest_names_the_files_with_the_items() {
        objects.put(
                "k", "{\"fileSchema\":\"Bucket, Key\",\"files\":[{\"key\":\"data/1.csv\"},{\"key\":\"data/2.csv\"}]}");
        objects.put("data/1.csv", "\"b\",\"one\"\n");
        objects.put("data/2.csv", "\"b\",\"two\"\n");
        var execution = machines((i, c) -> {})
                .run(map(reading("\"InputType\":\"MANIFEST\",\"ManifestType\":\"S3_INVENTORY\""), PASS), "{}");

        assertThat(execution.output())
                .isEqualTo(Json.parse("[{\"Bucket\":\"b\",\"Key\":\"one\"},{\"Bucket\":\"b\",\"Key\":\"two\"}]"));
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
        assertThat(objects.keySet())
                .containsExactly(folder + "FAILED_0.json", folder + "SUCCEEDED_0.json", folder + "manifest.json");
        assertThat(objects.get(folder + "manifest.json")).contains("\"DestinationBucket\":\"out\"");
        assertThat((List<?>) Json.parse(objects.get(folder + "SUCCEEDED_0.json")))
                .hasSize(2);
        assertThat(objects.get(folder + "FAILED_0.json")).contains("\"Error\":\"E\"");
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
}
