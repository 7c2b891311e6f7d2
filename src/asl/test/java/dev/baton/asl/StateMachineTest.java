package dev.baton.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.definition.Asl;
import dev.baton.asl.definition.VariableReferences;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateMachineTest {
    private static final String LAMBDA = "arn:aws:states:::lambda:invoke";

    @Test
    void what_is_built_prints_in_one_order_with_unknown_fields_last() {
        var machine = StateMachine.builder("Work")
                .queryLanguage(QueryLanguage.JSONATA)
                .comment("All of it")
                .unknown(Map.of("Colour", "red"))
                .state(
                        "Work",
                        TaskState.builder(LAMBDA)
                                .next("Choose")
                                .comment("Intent")
                                .arguments(new PayloadTemplate(Map.of("FunctionName", "f")))
                                .timeout(Operand.expression("{% $t %}"))
                                .heartbeatSeconds(5)
                                .retry(List.of(Retrier.builder("States.ALL")
                                        .maxAttempts(0)
                                        .jitterStrategy(Retrier.JitterStrategy.FULL)
                                        .build()))
                                .catchers(List.of(Catcher.builder(List.of("E"), "Choose")
                                        .output(new PayloadTemplate(null))
                                        .build()))
                                .build())
                .state(
                        "Choose",
                        ChoiceState.builder()
                                .choices(List.of(ChoiceRule.of(new Condition.Expression("{% $ok %}"), "Done")))
                                .defaultState("Done")
                                .build())
                .state("Done", SucceedState.builder().build())
                .build();
        assertThat(machine.toJson()).isEqualTo("""
                        {
                          "Comment": "All of it",
                          "QueryLanguage": "JSONata",
                          "StartAt": "Work",
                          "States": {
                            "Work": {
                              "Type": "Task",
                              "Comment": "Intent",
                              "Resource": "arn:aws:states:::lambda:invoke",
                              "Arguments": {
                                "FunctionName": "f"
                              },
                              "TimeoutSeconds": "{% $t %}",
                              "HeartbeatSeconds": 5,
                              "Retry": [
                                {
                                  "ErrorEquals": [
                                    "States.ALL"
                                  ],
                                  "MaxAttempts": 0,
                                  "JitterStrategy": "FULL"
                                }
                              ],
                              "Catch": [
                                {
                                  "ErrorEquals": [
                                    "E"
                                  ],
                                  "Output": null,
                                  "Next": "Choose"
                                }
                              ],
                              "Next": "Choose"
                            },
                            "Choose": {
                              "Type": "Choice",
                              "Choices": [
                                {
                                  "Condition": "{% $ok %}",
                                  "Next": "Done"
                                }
                              ],
                              "Default": "Done"
                            },
                            "Done": {
                              "Type": "Succeed"
                            }
                          },
                          "Colour": "red"
                        }
                        """);
    }

    @Test
    void null_is_not_absent() {
        var read = Asl.parse("null", """
                        {"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":null,"ResultPath":null,"Result":null,
                          "Parameters":null,"End":true}}}
                        """).orThrow();
        var pass = (PassState) read.states().get("A");
        assertThat(pass.data().inputPath()).isEqualTo(PathField.NULL);
        assertThat(pass.data().outputPath()).isNull();
        assertThat(pass.result()).isEqualTo(new Literal(null));
        assertThat(pass.data().parameters()).isEqualTo(new PayloadTemplate(null));
        assertThat(Json.print(AslPrinter.json(pass)))
                .isEqualTo("{\"Type\":\"Pass\",\"InputPath\":null,\"Parameters\":null,\"Result\":null,"
                        + "\"ResultPath\":null,\"End\":true}");
    }

    @Test
    void a_machine_is_printed_as_it_was_read() {
        var text = """
                {"StartAt":"M","States":{
                  "M":{"Type":"Map","Comment":"c","ItemsPath":"$.i","MaxConcurrencyPath":"$.n","ToleratedFailureCount":1,
                    "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"I",
                      "States":{"I":{"Type":"Fail","CausePath":"$.c","Error":"E"}}},
                    "ItemBatcher":{"MaxItemsPerBatchPath":"$.b","BatchInput":{"x":1}},"Label":"l",
                    "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b"}},
                    "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV",
                      "CSVHeaderLocation":"GIVEN","CSVHeaders":["a"],"MaxItems":3},"Parameters":{"Bucket":"b","Key":"k"}},
                    "Next":"W"},
                  "W":{"Type":"Wait","TimestampPath":"$.t","Assign":{"a.$":"$.b"},"Next":"C"},
                  "C":{"Type":"Choice","Choices":[{"And":[{"Variable":"$.a","StringEqualsPath":"$.b"},
                    {"Not":{"Variable":"$.a","IsNull":true},"Comment":"n"}],"Next":"P"}],"Default":"P"},
                  "P":{"Type":"Parallel","Branches":[{"StartAt":"X","Comment":"b","States":{"X":{"Type":"Pass","End":true}}}],
                    "End":true}}}
                """;
        var machine = Asl.parse("printed", text).orThrow();
        assertThat(Json.parse(machine.toJson())).isEqualTo(Json.parse(text));
    }

    @Test
    void what_is_refused_says_everything_at_once() {
        assertThatThrownBy(() -> Asl.parse("bad", "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\"}}}")
                        .orThrow())
                .isInstanceOfSatisfying(
                        DiagnosticException.class,
                        e -> assertThat(e.diagnostics())
                                .extracting(diagnostic -> diagnostic.code())
                                .containsExactly("ASL012", "ASL019"));
    }

    @Test
    void a_definition_with_unknown_fields_is_refused_but_still_read() {
        var definition =
                Asl.parse("odd", "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\",\"Odd\":[1,null]}}}");
        assertThat(definition.isValid()).isFalse();
        assertThat(definition.machine()).isNotNull();
        assertThat(definition.machine().states().get("A").unknown())
                .containsExactly(Map.entry("Odd", new ArrayList<>(java.util.Arrays.asList(1L, null))));
    }

    @Test
    void variable_references_are_named_by_state_without_those_that_have_none() {
        var machine = Asl.parse("references", """
                        {"StartAt":"A","States":{
                          "A":{"Type":"Pass","Assign":{"x":1,"y.$":"$z.a[?(@.b == $w.c)]"},"Next":"B"},
                          "B":{"Type":"Map","QueryLanguage":"JSONata","Items":"{% $x ~> $map(function($i){ $i + $y }) %}",
                            "ItemProcessor":{"StartAt":"C","States":{"C":{"Type":"Pass","InputPath":"$x","Next":"D"},
                              "D":{"Type":"Pass","End":true}}},"End":true}}}
                        """).orThrow();
        assertThat(VariableReferences.of(machine.toJson()))
                .isEqualTo(Map.of("A", List.of("w", "z"), "B", List.of("x", "y"), "C", List.of("x")));
    }
}
