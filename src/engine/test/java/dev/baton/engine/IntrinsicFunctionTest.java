package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import dev.baton.json.Json;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrinsicFunctionTest {

    private static Execution run(String call, String input) {
        var machine = Machines.jsonPath(
                "\"A\":{\"Type\":\"Pass\",\"Parameters\":{\"r.$\":" + Json.print(call) + "},\"End\":true}");
        return Machines.withoutTasks().run(machine, input);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    States.Format('{} and {}', $.s, 2)                     | "text and 2"
                    States.Format('\\{\\} {}', $.s)                        | "{} text"
                    States.Format('it\\'s {}', $.s)                        | "it's text"
                    States.Format('{}', $.o)                               | "{k=v, n=[1, 2]}"
                    States.StringSplit('a.b,c', '.,')                      | ["a","b","c"]
                    States.StringSplit(',a,,b,', ',')                      | ["a","b"]
                    States.StringToJson('[1, {"a": null}]')                | [1,{"a":null}]
                    States.JsonToString($.o)                               | "{\\"k\\":\\"v\\",\\"n\\":[1,2]}"
                    States.Array(1, 'two', $.s, null, true)                | [1,"two","text",null,true]
                    States.ArrayPartition($.a, 2)                          | [[1,2],[3,2],[1]]
                    States.ArrayContains($.a, 3)                           | true
                    States.ArrayContains($.a, '3')                         | true
                    States.ArrayContains($.a, false)                       | false
                    States.ArrayContains(States.Array('true'), true)       | true
                    States.ArrayContains(States.Array($.o), $.turned)      | false
                    States.ArrayPartition($.a, 2.6)                        | [[1,2],[3,2],[1]]
                    States.ArrayRange(1, 9, 2)                             | [1,3,5,7,9]
                    States.ArrayRange(3, 1, -1)                            | [3,2,1]
                    States.ArrayRange(3, 1, 1)                             | []
                    States.ArrayRange(1.6, 1.4, 1)                         | [1]
                    States.ArrayRange(5.4, -0.6, -2.4)                     | [5,3,1]
                    States.ArrayGetItem($.a, 1.2)                          | 2
                    States.ArrayGetItem(States.Array(), 999)               | null
                    States.ArrayGetItem($.a, 2)                            | 3
                    States.ArrayLength($.a)                                | 5
                    States.ArrayUnique($.a)                                | [1,2,3]
                    States.ArrayUnique(States.Array(true, false, true))    | [false,true]
                    States.ArrayUnique(States.Array($.ab, $.ab, $.ba))     | [[2,1],[1,2]]
                    States.ArrayUnique(States.Array(null, null, 1, null))  | [null,1]
                    States.ArrayUnique(States.Array(1, '1', '01'))         | [1,"1","01"]
                    States.ArrayUnique(States.Array($.o, $.turned))        | [{"k":"v","n":[1,2]}]
                    States.Base64Encode('Grüße')                           | "R3LDvMOfZQ=="
                    States.Base64Decode('R3LDvMOfZQ==')                    | "Grüße"
                    States.Base64Decode('***')                             | ""
                    States.Base64Decode(' YWJj!ZA== ')                     | "abcd"
                    States.Base64Decode('YWI')                             | "ab"
                    States.Base64Decode('YWI=cd')                          | "ab"
                    States.StringToJson('')                                | null
                    States.Hash('input data', 'SHA-1')                     | "aaff4a450a104cd177d28d18d74485e8cae074b7"
                    States.JsonMerge($.o, $.p, false)                      | {"k":"w","n":[1,2],"z":1}
                    States.MathAdd(111, -1)                                | 110
                    States.MathAdd(1.5, -1.5)                              | 1
                    States.MathAdd(2147483646, 1)                          | 2147483647
                    States.JsonMerge($.o, $.p, 'no')                       | {"k":"w","n":[1,2],"z":1}
                    States.Array(States.MathAdd(1, 1), States.Array())     | [2,[]]
                    """)
    void a_function_gives_its_value(String call, String expected) {
        var execution = run(
                call,
                "{\"s\":\"text\",\"o\":{\"k\":\"v\",\"n\":[1,2]},\"turned\":{\"n\":[1,2],\"k\":\"v\"},"
                        + "\"p\":{\"k\":\"w\",\"z\":1},\"a\":[1,2,3,2,1],\"ab\":[1,2],\"ba\":[2,1]}");

        assertThat(execution.cause()).isNull();
        assertThat(execution.output()).isEqualTo(Json.parse("{\"r\":" + expected + "}"));
    }

    @ParameterizedTest(name = "{0} fails")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    States.Format('{} {}', 1)
                    States.Format('{}', 1, 2)
                    States.Format('Hello {', 1)
                    States.Format('Hello {{}}', 1)
                    States.Format('}')
                    States.StringSplit(1, ',')
                    States.StringToJson('{')
                    States.ArrayPartition($.a, 0)
                    States.ArrayPartition($.a, -1)
                    States.ArrayPartition($.a, 0.6)
                    States.ArrayRange(1, 9, 0)
                    States.ArrayRange(1, 1001, 1)
                    States.ArrayGetItem($.a, 5)
                    States.ArrayGetItem($.a, -1)
                    States.ArrayLength('text')
                    States.Hash('a', 'MD4')
                    States.JsonMerge($.o, $.o, true)
                    States.JsonMerge($.a, $.o, false)
                    States.MathAdd($.o, 1)
                    States.MathAdd(2147483647, 1)
                    States.MathAdd(2147483648, 1)
                    States.MathAdd(1, -2147483649)
                    States.MathRandom(5, 5)
                    States.MathRandom(1.4, 1.6)
                    """)
    void arguments_that_no_function_takes_fail_the_state(String call) {
        var execution = run(call, "{\"o\":{},\"a\":[1,2,3,2,1]}");

        assertThat(execution.error()).isEqualTo("States.Runtime");
        assertThat(execution.cause())
                .isEqualTo(
                        "An error occurred while executing the state 'A' (entered at the event id #2). The function '"
                                + call + "' had the following error: Invalid arguments in "
                                + call.substring(0, call.indexOf('(')));
    }

    @Test
    void a_failure_names_the_whole_expression_and_the_function_that_failed() {
        var call = "States.Array(States.MathAdd(2147483647, 1))";

        assertThat(run(call, "{}").cause())
                .endsWith("The function '" + call + "' had the following error: Invalid arguments in States.MathAdd");
        assertThat(run("States.Array(States.MathAdd($.none, 1))", "{}").cause())
                .contains("The function 'States.Array(States.MathAdd($.none, 1))' had the following error: The");
    }

    @Test
    void random_numbers_lie_in_their_range_and_a_seed_repeats_them() {
        var seen = new HashSet<Object>();
        for (var i = 0; i < 200; i++) {
            var number = (Long) Json.parseObject(Json.print(
                            run("States.MathRandom(1, 4)", "{\"i\":" + i + "}").output()))
                    .get("r");
            assertThat(number).isBetween(1L, 3L);
            seen.add(number);
        }
        assertThat(run("States.MathRandom(1, 1000, 7)", "{}").output())
                .isEqualTo(run("States.MathRandom(1, 1000, 7)", "{\"other\":1}").output());
    }

    @Test
    void a_uuid_is_of_version_four() {
        assertThat(Json.print(run("States.UUID()", "{}").output()))
                .matches("\\{\"r\":\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\"}");
    }

    @Test
    void an_argument_that_leads_nowhere_names_the_path() {
        var execution = run("States.Format('{}', $.none)", "{\"a\":1}");

        assertThat(execution.error()).isEqualTo("States.Runtime");
        assertThat(execution.cause())
                .endsWith("could not be found in the input '{\"a\":1}'")
                .contains("'$.none'");
    }
}
