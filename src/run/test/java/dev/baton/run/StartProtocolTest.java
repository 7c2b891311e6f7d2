package dev.baton.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.task.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the start function is asked and answers, written and read.
class StartProtocolTest {
    private static final Map<String, String> PARAMETERS = Map.of("year", "2012");

    private static List<StartResult> results() {
        return List.of(
                new StartResult.Started(PARAMETERS, "arn:e", "e", null),
                new StartResult.Started(PARAMETERS, "arn:e", "e", "s3://lake/report is not there any more"),
                new StartResult.Running(PARAMETERS, "arn:e", "e", "RUNNING"),
                new StartResult.Running(PARAMETERS, "arn:e", "e", "SUCCEEDED"),
                new StartResult.Failed(PARAMETERS, "arn:e", "e", "TIMED_OUT", "see why"),
                new StartResult.Waiting(PARAMETERS, List.of("s3://lake/a")),
                new StartResult.Misshapen(PARAMETERS, "RUN011", "no graph", "mend it"),
                new StartResult.Refused(PARAMETERS, "RUN050", "lacks a check", "record it"),
                new StartResult.Complete(PARAMETERS, "nothing is new"),
                new StartResult.Seen(PARAMETERS, List.of("s3://lake/b")),
                new StartResult.Unmatched("s3://lake/c", List.of("s3://lake/{year}")));
    }

    private static List<StartInvocation> invocations() {
        var input = new ExecutionInput(Optional.empty(), PARAMETERS, Map.of());
        var force = Optional.of(new Force(List.of("Tables+"), "user/ada"));
        return List.of(
                new StartInvocation.Start(input),
                new StartInvocation.Start(input.forcing(force)),
                new StartInvocation.See(input),
                new StartInvocation.Sweep());
    }

    @ParameterizedTest
    @MethodSource("results")
    void a_result_is_read_as_it_was_written(StartResult result) {
        var text = Json.print(new StartAnswer("weather", List.of(result)).toJson());
        assertThat(StartAnswer.of(Json.parse(text))).isEqualTo(new StartAnswer("weather", List.of(result)));
    }

    @ParameterizedTest
    @MethodSource("invocations")
    void a_request_is_read_as_it_was_written(StartInvocation asked) {
        assertThat(StartInvocation.find(Json.parseObject(Json.print(asked.toJson()))))
                .isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sweep\":false}", "{\"sweep\":true,\"start\":{}}", "{\"detail\":{}}"})
    void other_events_are_not_requests(String event) {
        assertThat(StartInvocation.find(Json.parseObject(event))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outcome\":\"postponed\",\"until\":\"tomorrow\"}",
                "{\"outcome\":\"started\",\"parameters\":{\"year\":\"2012\"}}",
                "{\"result\":1}",
            })
    void what_another_version_answers_is_kept_whole(String text) {
        var result = StartResult.of(Json.parse(text));
        assertThat(result).isInstanceOf(StartResult.Foreign.class);
        assertThat(Json.print(result.toJson())).isEqualTo(text);
    }

    @Test
    void what_is_not_an_answer_is_refused() {
        assertThatThrownBy(() -> StartAnswer.of(Map.of("pipeline", "weather")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the start function's answer lacks \"results\"");
    }
}
