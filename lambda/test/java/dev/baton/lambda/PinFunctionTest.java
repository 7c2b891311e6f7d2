package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.simulated.Wires;
import dev.baton.run.Pin;
import dev.baton.run.PinInvocation;
import dev.baton.run.PinResult;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinFunctionTest {
    private static final String NORTH = "s3://lake/landing/north/2012.txt";
    private static final String SOUTH = "s3://lake/landing/south/2012.txt";

    private final Farm farm = new Farm();

    private PinResult pin(String input, Wires wires) {
        var invocation = new PinInvocation(
                "arn:aws:states:eu-central-1:123456789012:execution:baton-farm:farm-2012",
                "farm-2012",
                Instant.parse("2026-11-22T04:52:08.123Z"),
                Json.parse(input));
        return PinResult.of(farm.call("pin", invocation.toJson(), wires));
    }

    private PinResult pin(String input) {
        return pin(input, farm.wires());
    }

    private Pin written(PinResult result) {
        return Pin.parse(farm.aws
                .objects()
                .current(Farm.STATE, StateKeys.pin("farm", result.run().run()))
                .content());
    }

    @Test
    void a_start_from_the_console_gets_the_versions_of_now_and_the_name_of_its_run() {
        var north = farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "old\n");
        var south = farm.upload(Field.SOUTH, 2012, "2\n");
        var result = pin("{\"parameters\":{\"year\":\"2012\"}}");

        assertThat(result.outdated()).isEmpty();
        assertThat(result.run().run()).isEqualTo("farm-2012.20261122T045208123Z");
        assertThat(written(result).inputs().get(NORTH).version()).isEqualTo(north.id());
        assertThat(written(result).inputs().get(SOUTH).version()).isEqualTo(south.id());
        assertThat(written(result).inputs().get(SOUTH).size()).isEqualTo(2);
    }

    @Test
    void a_version_that_an_event_named_and_that_is_no_longer_the_current_one_ends_the_run() {
        var old = farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");
        farm.upload(Field.NORTH, 2012, "3\n");
        var result = pin("{\"pipeline\":\"farm\",\"parameters\":{\"year\":\"2012\"},\"inputs\":{\"" + NORTH + "\":\""
                + old.id() + "\"}}");

        assertThat(result.outdated().orElseThrow()).contains(NORTH).contains(old.id());
        assertThat(farm.aws.objects().keys(Farm.STATE, "runs/")).isEmpty();
    }

    @Test
    void asked_again_it_answers_the_same_whatever_was_uploaded_meanwhile() {
        farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");
        var first = written(pin("{\"parameters\":{\"year\":2012}}"));
        farm.upload(Field.NORTH, 2012, "3\n");

        assertThat(written(pin("{\"parameters\":{\"year\":2012}}"))).isEqualTo(first);
    }

    @Test
    void two_of_it_at_the_same_time_agree() {
        for (var request = 1; request < 6; request++) {
            var other = new PinFunctionTest();
            other.farm.upload(Field.NORTH, 2012, "1\n");
            other.farm.upload(Field.SOUTH, 2012, "2\n");
            var seen = new Pin[1];
            var wires = other.farm.wires().pausingAt(request, () -> {
                other.farm.upload(Field.NORTH, 2012, "3\n");
                seen[0] = other.written(other.pin("{\"parameters\":{\"year\":2012}}"));
            });
            var result = other.pin("{\"parameters\":{\"year\":2012}}", wires);

            if (wires.sent() >= request) {
                assertThat(other.written(result)).isEqualTo(seen[0]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    []                                                                     | must be a JSON object
                    "2012"                                                                 | must be a JSON object
                    {}                                                                     | "year" is missing
                    {"parameters":{"year":"MMXII"}}                                        | "year"
                    {"parameters":{"year":2012,"month":5}}                                 | no parameter "month"
                    {"parameters":{"year":2012},"colour":"red"}                            | "colour"
                    {"pipeline":"weather","parameters":{"year":2012}}                      | runs the pipeline "farm"
                    {"parameters":{"year":2012},"inputs":{"s3://lake/other.txt":"v1"}}     | names s3://lake/other.txt
                    {"parameters":{"year":2012},"inputs":["v1"]}                           | "inputs"
                    {"parameters":{"year":2012},"force":"Harvest"}                         | RUN044
                    {"parameters":{"year":1999}}                                           | are not there; upload them
                    """)
    void what_cannot_be_run_is_refused_with_a_sentence(String input, String sentence) {
        farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");

        assertThatThrownBy(() -> pin(input)).isInstanceOf(InvalidInput.class).hasMessageContaining(sentence);
    }

    @Test
    void all_that_is_missing_is_named_at_once() {
        assertThatThrownBy(() -> pin("{\"parameters\":{\"year\":1999}}"))
                .hasMessageMatching(
                        "s3://\\S+1999\\S+, s3://\\S+1999\\S+ are not there; upload them, and the run starts by"
                                + " itself");
        farm.upload(Field.NORTH, 1999, "1\n");
        assertThatThrownBy(() -> pin("{\"parameters\":{\"year\":1999}}"))
                .hasMessageMatching("s3://\\S+1999\\S+ is not there; upload it, and the run starts by itself");
    }

    @Test
    void what_is_not_what_the_first_state_sends_is_refused_too() {
        assertThatThrownBy(() -> farm.call("pin", Map.of("input", Map.of()))).isInstanceOf(InvalidInput.class);
    }
}
