package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceStateTest {
    private static final String ENDS =
            ",\"Yes\":{\"Type\":\"Pass\",\"Result\":true,\"End\":true},\"No\":{\"Type\":\"Pass\",\"Result\":false,\"End\":true}";

    private static Execution run(String rule, String input) {
        var machine = Machines.jsonPath(
                "\"C\":{\"Type\":\"Choice\",\"Choices\":[{" + rule + ",\"Next\":\"Yes\"}],\"Default\":\"No\"}" + ENDS);
        return Machines.withoutTasks().run(machine, input);
    }

    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "StringEquals":"a"                | "a"                      | true
                    "StringEquals":"a"                | 1                        | false
                    "StringLessThan":"b"              | "a"                      | true
                    "StringMatches":"log-*.txt"       | "log-2012.txt"           | true
                    "StringMatches":"log-*.txt"       | "log-2012.csv"           | false
                    "StringMatches":"*a*b*"           | "xxaxxbxx"               | true
                    "StringMatches":"a\\\\*b"         | "a*b"                    | true
                    "StringMatches":"a\\\\*b"         | "axb"                    | false
                    "NumericEquals":1                 | 1.0                      | true
                    "NumericEquals":1                 | "1"                      | false
                    "NumericGreaterThanEquals":10     | 10                       | true
                    "NumericLessThan":0.5             | 0.25                     | true
                    "BooleanEquals":true              | true                     | true
                    "BooleanEquals":true              | "true"                   | false
                    "TimestampEquals":"2020-01-01T00:00:00Z"   | "2020-01-01T01:00:00+01:00" | true
                    "TimestampLessThan":"2020-01-01T00:00:00Z" | "2019-12-31T23:59:59.999Z"  | true
                    "TimestampLessThan":"2020-01-01T00:00:00Z" | "yesterday"                 | false
                    "IsNull":true                     | null                     | true
                    "IsNull":false                    | null                     | false
                    "IsNumeric":true                  | 1.5                      | true
                    "IsString":true                   | "1"                      | true
                    "IsBoolean":true                  | 1                        | false
                    "IsTimestamp":true                | "2020-01-01T00:00:00Z"   | true
                    "IsTimestamp":true                | "2020-01-01"             | false
                    "IsTimestamp":true                | "2020-01-01t00:00:00Z"   | false
                    "IsTimestamp":true                | "2020-01-01T00:00:00z"   | false
                    "IsPresent":true                  | null                     | true
                    """)
    void an_operator_compares_by_its_type(String operator, String value, boolean holds) {
        assertThat(run("\"Variable\":\"$.v\"," + operator, "{\"v\":" + value + "}")
                        .output())
                .isEqualTo(holds);
    }

    @Test
    void what_is_not_there_is_not_present_and_all_else_fails_the_execution() {
        assertThat(run("\"Variable\":\"$.v\",\"IsPresent\":false", "{}").output())
                .isEqualTo(true);

        var execution = run("\"Variable\":\"$.v\",\"StringEquals\":\"a\"", "{}");
        assertThat(execution.error()).isEqualTo("States.Runtime");
        assertThat(execution.cause())
                .endsWith("Invalid path '$.v': The choice state's condition path references an invalid value.");
    }

    @Test
    void no_match_and_no_default_fails_the_execution_whatever_is_caught() {
        var choice = "{\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Choice\",\"Choices\":["
                + "{\"Variable\":\"$.v\",\"IsPresent\":true,\"Next\":\"Yes\"}]},\"Yes\":{\"Type\":\"Succeed\"}}}";
        var machine = Machines.jsonPath("\"P\":{\"Type\":\"Parallel\",\"Branches\":[" + choice + "],"
                + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"Z\"}],\"Next\":\"Z\"},"
                + "\"Z\":{\"Type\":\"Succeed\"}");
        var execution = Machines.withoutTasks().run(machine, "{}");

        assertThat(execution.error()).isEqualTo("States.Runtime");
        assertThat(execution.cause())
                .isEqualTo("An error occurred while executing the state 'C' (entered at the event id #4). Failed to"
                        + " transition out of the state. The state does not point to a next state.");
    }

    @Test
    void a_number_is_compared_with_what_another_path_leads_to_whatever_that_is() {
        for (var other : List.of("7", "false", "[6]", "null", "\"7\"", "\"text\"")) {
            var rule = "\"Variable\":\"$.v\",\"NumericGreaterThanEqualsPath\":\"$.other\"";

            assertThat(run(rule, "{\"v\":7,\"other\":" + other + "}").output())
                    .as(other)
                    .isEqualTo(true);
            assertThat(run(rule, "{\"v\":{},\"other\":" + other + "}").output())
                    .as(other)
                    .isEqualTo(false);
        }
        assertThat(run("\"Variable\":\"$.v\",\"NumericLessThanPath\":\"$.other\"", "{\"v\":0,\"other\":true}")
                        .output())
                .isEqualTo(true);
    }

    @Test
    void rules_combine() {
        var rule = "\"And\":[{\"Not\":{\"Variable\":\"$.a\",\"NumericEquals\":1}},"
                + "{\"Or\":[{\"Variable\":\"$.a\",\"NumericEquals\":2},{\"Variable\":\"$.a\",\"NumericEquals\":3}]}]";

        assertThat(run(rule, "{\"a\":1}").output()).isEqualTo(false);
        assertThat(run(rule, "{\"a\":3}").output()).isEqualTo(true);
        assertThat(run(rule, "{\"a\":4}").output()).isEqualTo(false);
    }

    @Test
    void a_condition_that_is_no_boolean_is_an_evaluation_error() {
        var machine = Machines.jsonata("\"C\":{\"Type\":\"Choice\",\"Choices\":["
                + "{\"Condition\":\"{% $states.input.v %}\",\"Next\":\"Yes\"}],\"Default\":\"No\"},"
                + "\"Yes\":{\"Type\":\"Succeed\"},\"No\":{\"Type\":\"Succeed\"}");
        var execution = Machines.withoutTasks().run(machine, "{\"v\":\"true\"}");

        assertThat(execution.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(execution.cause()).contains("Expected 'boolean', but was 'string' for value: \"true\"");
    }
}
