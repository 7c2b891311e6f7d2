package dev.baton.engine;

import static dev.baton.engine.Machines.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// After the developer guide's pages *Passing data between states with variables* (Limits), *Handling errors* (Error
/// names) and *Step Functions service quotas*.
class LimitsTest {
    private static final String FIRST_HALF = "\"x\":\"" + "a".repeat(131_000) + "\"";

    private static Execution run(String states, String input) {
        return Machines.with((invocation, completion) -> completion.success("done"))
                .run(Machines.jsonPath(states), input);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a.$":"$.x"}                                                | SUCCEEDED
                    {"a.$":"States.Array($.x)"}                                  | SUCCEEDED
                    {"a.$":"States.Array($.x,$.x)","b":1}                        | FAILED
                    {"a.$":"$.x","b.$":"$.x"}                                    | SUCCEEDED
                    {"a.$":"$.x","b.$":"$.x","c.$":"$.x"}                        | FAILED
                    """)
    void what_one_assign_sets_is_bounded(String assign, ExecutionStatus expected) {
        var input = "{\"x\":\"" + "a".repeat(131_069) + "\"}";
        var execution = run("\"A\":{\"Type\":\"Pass\",\"Assign\":" + assign + ",\"End\":true}", input);

        assertThat(execution.status()).isEqualTo(expected);
        if (expected == ExecutionStatus.FAILED) {
            assertThat(execution.error()).isEqualTo("States.DataLimitExceeded");
        }
    }

    /// @param names how many names the variables have: as many as are assigned, or fewer, which are assigned again
    @ParameterizedTest(name = "{0} assignments of 131 kB to {1} names: {2}")
    @CsvSource({"80, 80, SUCCEEDED", "81, 81, FAILED", "200, 10, SUCCEEDED"})
    void the_variables_of_an_execution_are_bounded(int assignments, int names, ExecutionStatus expected) {
        var states = new ArrayList<String>();
        for (var i = 0; i < assignments; i++) {
            states.add("\"S" + i + "\":{\"Type\":\"Pass\",\"Assign\":{\"v" + i % names + ".$\":\"$.x\"},"
                    + (i == assignments - 1 ? "\"End\":true}" : "\"Next\":\"S" + (i + 1) + "\"}"));
        }
        var execution = run(String.join(",", states), "{" + FIRST_HALF + "}");

        assertThat(execution.status()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "Type":"Task","Resource":"arn:aws:lambda:us-east-1:111111111111:function:f","Parameters":both
                    "Type":"Parallel","Parameters":both,"Branches":[branch]
                    "Type":"Map","ItemsPath":"$.items","ItemSelector":both,"ItemProcessor":branch
                    """)
    void what_a_state_would_hand_on_is_bounded(String state) {
        var branch = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Result\":1,\"End\":true}}}";
        var written = state.replace("branch", branch) + ",\"ResultPath\":null,\"End\":true";
        var input = "{" + FIRST_HALF + ",\"items\":[1]}";

        var small = run("\"S\":{" + written.replace("both", "{\"a.$\":\"$.x\"}") + "}", input);
        var large = run("\"S\":{" + written.replace("both", "{\"a.$\":\"States.Array($.x,$.x,$.x)\"}") + "}", input);

        assertThat(small.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(large.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(types(large)).doesNotContain("TaskScheduled", "PassStateEntered");
    }

    @Test
    void an_express_execution_may_have_more_events_than_a_standard_one() {
        var machine = Machines.jsonPath("\"A\":{\"Type\":\"Pass\",\"Parameters\":{\"n.$\":\"States.MathAdd($.n, -1)\"},"
                + "\"Next\":\"B\"},\"B\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.n\","
                + "\"NumericGreaterThan\":0,\"Next\":\"A\"}],\"Default\":\"C\"},\"C\":{\"Type\":\"Succeed\"}");
        var machines = Machines.withoutTasks();
        var arn = "arn:aws:states:us-east-1:111111111111:stateMachine:machine";
        var ended = new LinkedHashMap<ExecutionType, ExecutionStatus>();
        for (var type : ExecutionType.values()) {
            var name = type.name();
            var execution = machines.engine.start(new ExecutionRequest(
                    machine, arn, name, arn + ":" + name, Json.parse("{\"n\":7000}"), null, type, null, null, null));
            machines.time.run();
            ended.put(type, execution.status());
        }

        assertThat(ended)
                .isEqualTo(Map.of(
                        ExecutionType.STANDARD, ExecutionStatus.FAILED,
                        ExecutionType.EXPRESS, ExecutionStatus.SUCCEEDED));
    }

    /// After the page *Transforming data with JSONata*, *Handling expression errors*.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "Type":"Task","Resource":"called","TimeoutSeconds":"{% -1 %}" | TimeoutSeconds
                    "Type":"Task","Resource":"called","HeartbeatSeconds":"{% 0 %}" | HeartbeatSeconds
                    "Type":"Map","Items":[1],inline,"MaxConcurrency":"{% -1 %}" | MaxConcurrency
                    "Type":"Map","Items":[1],run,"MaxConcurrency":"{% -1 %}" | MaxConcurrency
                    "Type":"Map","Items":[1],run,"ToleratedFailureCount":"{% -1 %}" | ToleratedFailureCount
                    "Type":"Map","Items":[1],run,"ToleratedFailurePercentage":"{% 101 %}" | Tolerated
                    "Type":"Map","Items":[1],run,"ItemBatcher":{"MaxItemsPerBatch":"{% 0 %}"} | MaxItemsPerBatch
                    """)
    void a_number_that_a_field_does_not_take_is_an_evaluation_error_that_can_be_caught(String state, String field) {
        var start = "\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}";
        var processor = "{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"}," + start + "}";
        var machine = Machines.jsonata("\"S\":{"
                + state.replace("inline", "\"ItemProcessor\":{" + start + "}")
                        .replace("run", "\"ItemProcessor\":" + processor)
                        .replace("called", "arn:aws:states:::lambda:invoke")
                + ",\"Catch\":[{\"ErrorEquals\":[\"States.QueryEvaluationError\"],\"Next\":\"C\"}],\"End\":true},"
                + "\"C\":{\"Type\":\"Succeed\"}");
        var execution = Machines.withoutTasks().run(machine, "{}");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(Json.print(execution.output())).contains("States.QueryEvaluationError", field);
    }

    /// A failure with a code is a sentence of its own; what only exceeds a limit is told after a colon.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    $abs('a') | . T0410: Argument 1 of function "abs" does not match function signature
                    $sum([1..900000]) | : Expression evaluation memory limit exceeded: Check for excessive memory usage
                    """)
    void an_expression_that_fails_tells_its_code_if_it_has_one(String expression, String said) {
        var machine =
                Machines.jsonata("\"S\":{\"Type\":\"Pass\",\"Output\":\"{% " + expression + " %}\",\"End\":true}");
        var execution = Machines.withoutTasks().run(machine, "{}");

        assertThat(execution.cause())
                .endsWith("The JSONata expression '" + expression
                        + "' specified for the field 'Output' threw an error during evaluation" + said);
    }
}
