package dev.baton.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.definition.Asl;
import dev.baton.engine.Engine;
import dev.baton.engine.Machines;
import dev.baton.engine.execution.Execution;
import dev.baton.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an engine runs, exports and replays must come out the same; and what was tampered with must not.
class ExportedHistoryTest {
    private static final String DEFINITION = """
            {"StartAt":"M","States":{
              "M":{"Type":"Map","MaxConcurrency":2,"ItemProcessor":{"StartAt":"T","States":{
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","TimeoutSeconds":9,
                     "Parameters":{"FunctionName":"f","Payload.$":"$"},
                     "Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":2}],
                     "Catch":[{"ErrorEquals":["States.ALL"],"Next":"C"}],"Next":"D"},
                "C":{"Type":"Pass","Result":"caught","End":true},
                "D":{"Type":"Wait","Seconds":1,"End":true}}},"Next":"S"},
              "S":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                   "Parameters":{"QueueUrl":"q","MessageBody":{
                     "t":"fixed","entered.$":"$$.State.EnteredTime","token.$":"$$.Task.Token"}},"End":true}}}
            """;

    /// Items 1 to 4: one succeeds late, one fails once, one fails always, one hangs.
    private static Execution original() {
        var holder = new Machines[1];
        holder[0] = Machines.with(
                Engine.builder().taskHandler((invocation, completion) -> {
                    if (invocation.state().equals("S")) {
                        completion.submitted("accepted");
                        completion.success(
                                Map.of("done", invocation.context().get("State").toString()));
                        return;
                    }
                    switch (String.valueOf(((Map<?, ?>) invocation.parameters()).get("Payload"))) {
                        case "1" ->
                            holder[0].time.at(
                                    holder[0].time.now().plus(Duration.ofSeconds(3)), () -> completion.success("late"));
                        case "2" -> {
                            if (invocation.attempt() == 0) {
                                completion.failure("E", "once");
                            } else {
                                completion.success("second");
                            }
                        }
                        case "3" -> completion.failure("E", "always");
                        default -> {
                            // It hangs; the timeout ends it.
                        }
                    }
                }),
                1);
        return holder[0].run(Machines.machine(DEFINITION), "[1,2,3,4]");
    }

    private static Map<String, Object> export(Execution execution) {
        var events =
                execution.history().stream().map(event -> event.toApi(true)).toList();
        // As text and back, since that is what a file holds.
        return Json.parseObject(Json.print(Map.of("events", events)));
    }

    @Test
    void an_exported_history_replays_to_the_same_events() {
        var execution = original();
        var recorded = ExportedHistory.toCase("exported", DEFINITION, export(execution));
        var verdict = RecordingReplay.of(recorded);

        assertThat(verdict.differences()).isEmpty();
        assertThat(verdict.isExact()).isTrue();
        assertThat(verdict.execution().history()).hasSameSizeAs(execution.history());
        assertThat(verdict.execution().stopDate()).isEqualTo(execution.stopDate());
    }

    @Test
    void another_definition_does_not_replay() {
        var changed = DEFINITION.replace("\"MaxAttempts\":2", "\"MaxAttempts\":1");
        assertThat(Asl.parse("changed", changed).isValid()).isTrue();
        var verdict = RecordingReplay.of(ExportedHistory.toCase("exported", changed, export(original())));

        assertThat(verdict.isExact()).isFalse();
        assertThat(verdict.differences()).isNotEmpty();
    }

    @Test
    void another_output_does_not_pass() {
        var exported = new LinkedHashMap<>(export(original()));
        var text = Json.print(exported).replace("\\\"done\\\"", "\\\"gone\\\"");
        var events = Json.parseObject(text);
        // The task's own event keeps the old output, so that only the expectation differs.
        var verdict = RecordingReplay.of(ExportedHistory.toCase("exported", DEFINITION, merged(exported, events)));

        assertThat(verdict.pass()).isFalse();
        assertThat(verdict.differences()).anyMatch(difference -> difference.startsWith("output: "));
    }

    private static Map<String, Object> merged(Map<String, Object> exported, Map<String, Object> changed) {
        var events = new ArrayList<Object>((List<?>) exported.get("events"));
        events.set(events.size() - 1, ((List<?>) changed.get("events")).getLast());
        return Map.of("events", events);
    }
}
