package dev.baton.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What functions are told and leave behind.
class PayloadsTest {
    private static final Instant START = Instant.parse("2026-11-22T04:52:08.123Z");
    private static final RunReference RUN =
            new RunReference("weather", "w.20261122T045208123Z", START, Map.of("year", "2012"));
    private static final PinnedObject OBJECT =
            new PinnedObject("s3://lake/clean/seattle/2012.csv", "v1", "ab".repeat(32), 42);

    @Test
    void what_items_made_tells_the_same_content_in_other_versions() {
        var again = new PinnedObject(OBJECT.uri(), "v2", OBJECT.sha256(), 42);
        var first = new ItemManifest(List.of(new ItemManifest.Item(Map.of("name", "a"), OBJECT)));
        var second = new ItemManifest(List.of(new ItemManifest.Item(Map.of("name", "a"), again)));
        assertThat(first).isNotEqualTo(second);
        assertThat(first.content()).isEqualTo(second.content());
        assertThat(first.identity()).isEqualTo(second.identity());
        assertThat(new ItemManifest(List.of(new ItemManifest.Item(Map.of("name", "b"), OBJECT))).identity())
                .isNotEqualTo(first.identity());
        // Where no checksum is known, the version is all there is to tell contents apart.
        var unknown = new PinnedObject(OBJECT.uri(), "v", null, 42);
        assertThat(Json.print(new ItemManifest(List.of(new ItemManifest.Item(Map.of(), unknown))).content()))
                .contains("\"version\":\"v\"");
    }

    @Test
    void every_payload_is_read_back_as_it_was() {
        var invocation = new TaskInvocation("Clean seattle", RUN, "arn:aws:states:::execution:m:x", 2);
        assertThat(TaskInvocation.parse(Json.bytes(invocation.toJson()))).isEqualTo(invocation);
        var item = new TaskInvocation(
                "Every", RUN, "arn", 0, TaskInvocation.Part.ITEM, Optional.of(Map.of("name", "a")), Optional.empty());
        assertThat(TaskInvocation.parse(Json.bytes(item.toJson()))).isEqualTo(item);
        assertThat(invocation.toJson()).doesNotContainKeys("part", "item");
        var looked = new TaskInvocation(
                "Every", RUN, "arn", 0, TaskInvocation.Part.LOOK, Optional.of(Map.of()), Optional.empty());
        assertThat(TaskInvocation.parse(Json.bytes(looked.toJson())))
                .as("an item without parameters is one too")
                .isEqualTo(looked);
        var list = new ItemList(List.of(Map.of("name", "b", "year", "2012"), Map.of("year", "2012", "name", "a")));
        assertThat(ItemList.parse(Json.bytes(list.toJson()))).isEqualTo(list);
        assertThat(list.items()).first().isEqualTo(Map.of("name", "a", "year", "2012"));
        var manifest = new ItemManifest(List.of(
                new ItemManifest.Item(Map.of("name", "b"), OBJECT),
                new ItemManifest.Item(Map.of("name", "a"), OBJECT)));
        assertThat(ItemManifest.parse(Json.bytes(manifest.toJson()))).isEqualTo(manifest);
        assertThat(manifest.items().getFirst().parameters()).isEqualTo(Map.of("name", "a"));
        var expanded = new ExpandedItems("Every", "runs/w/r/items/E.json", "runs/w/r/items/E/", 2);
        assertThat(ExpandedItems.of(expanded.toJson())).isEqualTo(expanded);
        var made = new ItemResult(Map.of("name", "a"), TaskResult.ran("Every", OBJECT, ""));
        assertThat(ItemResult.of(made.toJson())).isEqualTo(made);
        for (var result : List.of(
                TaskResult.ran("n", OBJECT, "its code changed"),
                TaskResult.skipped("n", OBJECT, ""),
                TaskResult.unneeded("n"))) {
            assertThat(TaskResult.parse(Json.bytes(result.toJson()))).isEqualTo(result);
        }
        var pin = new Pin(RUN, Map.of(OBJECT.uri(), new PinnedObject(OBJECT.uri(), "v", null, 1)));
        assertThat(Pin.parse(Json.bytes(pin.toJson()))).isEqualTo(pin);
        var ada = Requester.person("okta", "ada@example.com", List.of("data-owners"));
        var by = new Pin(RUN.startedBy(ada), pin.inputs());
        assertThat(Pin.parse(Json.bytes(by.toJson()))).isEqualTo(by);
        assertThat(by.run().startedBy()).contains(ada.withoutTeams());
        var waits = new Await("Await for b", "secret", List.of("runs/a", "runs/b"));
        var begin = new AwaitInvocation.Begin("arn:f:1", Map.of("node", "b"));
        var begins = new Await(
                "b", "secret", List.of("runs/a"), Optional.of(begin), Optional.of("runs/b"), 0, Optional.empty());
        var begun = new Await.Begun(START, "secret", true);
        for (var await : List.of(waits, begins, begins.with(begun), begins.with(begun.over()), begins.after(3))) {
            assertThat(Await.parse(Json.bytes(await.toJson()))).isEqualTo(await);
            assertThat(await.toString()).doesNotContain("secret");
        }
        var entered = new AwaitInvocation("b", List.of("a"), "secret", RUN, Optional.of(begin));
        assertThat(AwaitInvocation.parse(Json.bytes(entered.toJson()))).isEqualTo(entered);
        assertThat(entered.toString()).doesNotContain("secret");
        for (var outdated : List.of(Optional.<String>empty(), Optional.of("a later run began"))) {
            var pinned = new PinResult(RUN, outdated);
            assertThat(PinResult.of(pinned.toJson())).isEqualTo(pinned);
        }
        var pinning = new PinInvocation("arn", "w", START, Map.of("parameters", Map.of("year", "2012")));
        assertThat(PinInvocation.parse(Json.bytes(pinning.toJson()))).isEqualTo(pinning);
        assertThat(pinning.run("weather", Map.of("year", "2012"), Optional.empty()))
                .isEqualTo(RUN);
        var input = new ExecutionInput(Optional.of("weather"), Map.of("year", "2012"), Map.of("s3://lake/a", "v"));
        assertThat(ExecutionInput.of(input.toJson())).isEqualTo(input);
        var continuing =
                new ExecutionInput(Optional.empty(), Map.of(), Map.of()).continuing(Optional.of("weather-2012-ab"));
        assertThat(ExecutionInput.of(continuing.toJson())).isEqualTo(continuing);
    }

    @Test
    void what_is_forced_goes_from_the_input_of_an_execution_to_every_task_of_it() {
        var force = Optional.of(new Force(List.of("Tables+", "Report"), "user/ada"));
        var input = new ExecutionInput(Optional.of("weather"), Map.of("year", "2012"), Map.of()).forcing(force);
        assertThat(ExecutionInput.of(Json.parse(Json.print(input.toJson())))).isEqualTo(input);
        var run = new PinInvocation("arn", "w", START, input.toJson()).run("weather", Map.of("year", "2012"), force);
        assertThat(PinResult.of(new PinResult(run, Optional.empty()).toJson()).run())
                .isEqualTo(run)
                .isNotEqualTo(RUN);
        var invocation = new TaskInvocation("Report", run, "arn", 0);
        assertThat(TaskInvocation.parse(Json.bytes(invocation.toJson()))).isEqualTo(invocation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"Tables+\"|[Tables+]|the execution's input",
                "[\"Tables\",\"Report\"]|[Tables, Report]|the execution's input",
                "{\"tasks\":[\"all\"]}|[all]|the execution's input",
                "{\"tasks\":[\"all\"],\"by\":\"the rule nightly\"}|[all]|the rule nightly"
            })
    void a_person_may_force_in_few_words(String typed, String tasks, String by) {
        var force = ExecutionInput.of(Json.parse("{\"parameters\":{\"year\":2012},\"force\":" + typed + "}"))
                .force()
                .orElseThrow();
        assertThat(force.tasks()).hasToString(tasks);
        assertThat(force.by()).isEqualTo(by);
    }

    @Test
    void a_completion_record_is_read_back_as_it_was() {
        var record = new CompletionRecord(
                "dev.baton.weather.CleanObservations",
                Map.of("city", "seattle", "year", "2012"),
                "weather",
                "arn:aws:states:::execution:m:x",
                RUN.run(),
                START,
                OBJECT,
                List.of(OBJECT),
                "fp",
                "code",
                Map.of("class own.Csv", "0123456789abcdef"),
                List.of(new Reason("code", "class Csv changed")),
                Map.of("memory", "1024"),
                new SourceRevision("git", "1a2b3c4d5e6f7a8b", "main", true),
                "arn:aws:sts::1:assumed-role/r/s",
                START,
                START.plusSeconds(3),
                2,
                new DataProfile(
                        "csv",
                        6,
                        1L,
                        1,
                        List.of(new ColumnProfile("a", ColumnType.NUMBER, 0L, 1L, "1.5", "1.5", 1.5)),
                        0,
                        null),
                Optional.of(Requester.event(Requester.EventKind.COMPLETION, "tides")));
        assertThat(CompletionRecord.parse(Json.bytes(record.toJson()))).isEqualTo(record);
        var older = new LinkedHashMap<>(record.toJson());
        older.keySet().removeAll(List.of("code", "reasons", "profile", "startedBy"));
        assertThat(CompletionRecord.parse(Json.bytes(older)).code()).isEmpty();
        assertThat(CompletionRecord.parse(Json.bytes(older)).reasons()).isEmpty();
        assertThat(CompletionRecord.parse(Json.bytes(older)).profile()).isNull();
        assertThat(CompletionRecord.parse(Json.bytes(older)).startedBy()).isEmpty();
        assertThat(record.revision()).hasToString("1a2b3c4d5e6f on main, with uncommitted changes");
        var later = Json.print(record.toJson()).replace("{\"version\":1,", "{\"version\":2,");
        assertThatThrownBy(() -> CompletionRecord.parse(later.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("\"version\" of the completion record must be 1, but was 2");
    }

    @Test
    void lambdas_record_of_an_invocation_tells_what_step_functions_tells_of_a_synchronous_one() {
        var request = Json.print(Map.of("run", RUN.toJson(), "await", Map.of("awaiter", "b", "token", "secret")));
        var success = "{\"version\":\"1.0\",\"requestContext\":{\"condition\":\"Success\"},\"requestPayload\":"
                + request + ",\"responsePayload\":{\"node\":\"b\"}}";
        assertThat(CallbackEvent.of(Json.parse(success)))
                .isEqualTo(
                        new CallbackEvent.Ended(RUN, "b", "secret", new InvocationEnd.Succeeded("{\"node\":\"b\"}")));
        assertThat(CallbackEvent.of(Json.parse(success)).toString()).doesNotContain("secret");
        var much = "x".repeat(40_000);
        var failure = success.replace("Success", "RetriesExhausted")
                .replace(
                        "{\"node\":\"b\"}",
                        "{\"errorMessage\":\"" + much + "\",\"errorType\":\"java.io.IOException\"}");
        assertThat(((CallbackEvent.Ended) CallbackEvent.of(Json.parse(failure))).ending())
                .isInstanceOfSatisfying(InvocationEnd.Failed.class, failed -> {
                    assertThat(failed.error()).isEqualTo("java.io.IOException");
                    assertThat(failed.cause()).hasSize(InvocationEnd.MAX_CAUSE).startsWith("{\"errorMessage\":\"xxx");
                });
    }

    @Test
    void an_input_typed_in_the_console_may_give_numbers() {
        assertThat(ExecutionInput.of(Json.parse("{\"parameters\":{\"year\":2012,\"all\":true}}")))
                .isEqualTo(new ExecutionInput(Optional.empty(), Map.of("year", "2012", "all", "true"), Map.of()));
        assertThat(ExecutionInput.of(Json.parse("{\"year\":2012,\"city\":\"seattle\"}")))
                .as("the parameters alone")
                .isEqualTo(new ExecutionInput(Optional.empty(), Map.of("year", "2012", "city", "seattle"), Map.of()));
        assertThat(ExecutionInput.of(Json.parse("{}")).parameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|the execution's input must be a JSON object, but was []",
                "null|the execution's input must be a JSON object, but was null",
                "{\"year\":[2012]}|the execution's input has \"year\", but may only have \"pipeline\", \"parameters\", \"inputs\", \"continues\", \"force\"",
                "{\"parameters\":[]}|\"parameters\" of the execution's input must be an object, but was []",
                "{\"parameters\":{\"year\":{}}}|\"year\" of \"parameters\" of the execution's input must be a string, but was {}",
                "{\"parameters\":{\"year\":null}}|\"year\" of \"parameters\" of the execution's input must be a string, but was null",
                "{\"parameters\":{\"year\":1.5}}|\"year\" of \"parameters\" of the execution's input must be a string, but was 1.5",
                "{\"inputs\":{\"s3://a/b\":1}}|\"s3://a/b\" of \"inputs\" of the execution's input must be a string, but was 1",
                "{\"force\":[]}|\"force\" names no task; name one, one with what follows it, as in \"Tables+\", or \"all\"",
                "{\"force\":1}|\"force\" of the execution's input must be an object, but was 1",
                "{\"force\":{\"task\":1}}|\"force\" of the execution's input has \"task\", but may only have \"tasks\", \"by\"",
                "{\"pipeline\":1}|\"pipeline\" of the execution's input must be a string, but was 1"
            })
    void bad_input_is_answered_with_a_sentence(String json, String message) {
        assertThatThrownBy(() -> ExecutionInput.of(Json.parse(json)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{|the task function's event is not JSON (line 1",
                "[1]|the task function's event must be a JSON object, but was [1]",
                "{}|the task function's event lacks \"node\", a string",
                "{\"node\":\"n\"}|the task function's event lacks \"run\", an object",
                "{\"node\":\"n\",\"run\":{\"pipeline\":\"p\",\"run\":\"r\",\"startedAt\":\"yesterday\"}}|"
                        + "\"startedAt\" of \"run\" of the task function's event must be a time such as"
            })
    void a_bad_invocation_is_answered_with_a_sentence(String json, String message) {
        assertThatThrownBy(() -> TaskInvocation.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void a_result_without_output_is_only_that_of_a_task_that_was_not_needed() {
        assertThatThrownBy(() -> new TaskResult("n", TaskOutcome.RAN, Optional.empty(), ""))
                .hasMessage("the result of n is RAN and has no output");
        assertThatThrownBy(() ->
                        TaskResult.parse("{\"node\":\"n\",\"outcome\":\"LOST\"}".getBytes(StandardCharsets.UTF_8)))
                .hasMessage(
                        "\"outcome\" of the task's result must be one of [RAN, SKIPPED, UNNEEDED], but was \"LOST\"");
    }

    @Test
    void a_fingerprint_changes_with_everything_that_it_is_of_and_with_nothing_else() {
        var base = fingerprint("C", "code", Map.of("a", "1"), Map.of("m", "1"), OBJECT);
        assertThat(fingerprint("C", "code", Map.of("a", "1"), Map.of("m", "1"), OBJECT))
                .isEqualTo(base);
        assertThat(fingerprint("D", "code", Map.of("a", "1"), Map.of("m", "1"), OBJECT))
                .isNotEqualTo(base);
        assertThat(fingerprint("C", "kode", Map.of("a", "1"), Map.of("m", "1"), OBJECT))
                .isNotEqualTo(base);
        assertThat(fingerprint("C", "code", Map.of("a", "2"), Map.of("m", "1"), OBJECT))
                .isNotEqualTo(base);
        assertThat(fingerprint("C", "code", Map.of("a", "1"), Map.of("m", "2"), OBJECT))
                .isNotEqualTo(base);
        assertThat(fingerprint("C", "code", Map.of(), Map.of("a", "1", "m", "1"), OBJECT))
                .isNotEqualTo(base);
        var sameBytes = new PinnedObject(OBJECT.uri(), "v2", OBJECT.sha256(), OBJECT.size());
        assertThat(fingerprint("C", "code", Map.of("a", "1"), Map.of("m", "1"), sameBytes))
                .as("another version of the same bytes")
                .isEqualTo(base);
        var unknown = new PinnedObject(OBJECT.uri(), "v1", null, OBJECT.size());
        assertThat(fingerprint("C", "code", Map.of("a", "1"), Map.of("m", "1"), unknown))
                .isNotEqualTo(base);
        var other = new PinnedObject("s3://lake/b", "v", null, 1);
        assertThat(fingerprint("C", "code", Map.of(), Map.of(), OBJECT, other))
                .isEqualTo(fingerprint("C", "code", Map.of(), Map.of(), other, OBJECT));
    }

    private static String fingerprint(
            String task,
            String code,
            Map<String, String> parameters,
            Map<String, String> configuration,
            PinnedObject... inputs) {
        return Fingerprint.of(task, code, parameters, configuration, List.of(inputs));
    }
}
