package dev.baton.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.json.Json;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.jsonata.evaluation.JsonataException;
import dev.baton.jsonata.evaluation.Limits;
import dev.baton.jsonata.evaluation.UndefinedValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T05:06:07.089Z"));
    private static final Map<String, Object> BINDINGS = Map.of("states", Json.parseObject("""
                    {"input": {"a": {"b": 1}, "n": null, "items": [{"id": 1, "tags": ["x"]}, {"id": 2, "tags": ["y", "z"]}],
                     "one": [{"id": 7}], "empty": [], "x": 1.5, "text": "hello", "nested": [[1, null], [2]]}}
                    """));

    private static Object evaluate(String expression) {
        return evaluate(expression, Limits.DEFAULT);
    }

    private static Object evaluate(String expression, Limits limits) {
        return Expression.compile(expression).evaluate(BINDINGS, new EvaluationContext(CLOCK, new Random(7), limits));
    }

    private static JsonataException failure(String expression) {
        return catchThrowableOfType(JsonataException.class, () -> evaluate(expression));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $states.input.a.b + 1                               | 2
            $states.input.items.id                              | [1,2]
            $states.input.items[1].tags                         | ["y","z"]
            $states.input.one.id                                | 7
            $states.input.n                                     | null
            $states.input.nested[0]                             | [1,null]
            {'v': $states.input.a, 'w': [$states.input.x * 2]}  | {"v":{"b":1},"w":[3]}
            $map([1..3], function($i) { $i * $i })              | [1,4,9]
            $states.input.items[id = 2].tags[0]                 | "y"
            $type($states.input.n)                              | "null"
            ($n := 3; $n > 2 ? 'more' : 'less')                 | "more"
            $states.input.nested ~> $count()                    | 2
            $sum($states.input.items.id)                        | 3
            """)
    void a_value_is_json_with_whole_numbers_as_integers(String expression, String expected) {
        assertThat(Json.print(evaluate(expression))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.nothing",
                "$nothing",
                "$states.input.empty.x",
                "(1; $nothing)",
                "[][0]",
                "$partition([1], 0)",
                "$partition([1], -0.5)",
                "$partition([], 1)",
                "$range(0, 4)",
                "$range(0, 4, 0)",
                "$range(3, 1, 1)",
                "$hash('a')",
                "$parse()"
            })
    void a_path_that_leads_nowhere_gives_nothing(String expression) {
        assertThat(evaluate(expression)).isEqualTo(UndefinedValue.UNDEFINED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $partition([1,2,3,4], 2)      | [[1,2],[3,4]]
            $partition([0], 4)            | [[0]]
            $partition([1,2,3], 1.9)      | [[1],[2],[3]]
            $range(0, 9, 3)               | [0,3,6,9]
            $range(0.5, 2.9, 1.5)         | [0,1,2]
            $range(1, 9, 9)               | 1
            $range(3, 1, -1)              | [3,2,1]
            $range(-1.7, 2, 1)            | [-1,0,1,2]
            $count($range(1, 360145, 1))  | 360145
            $partition([1,2,3])           | [[1,2,3]]
            $partition([1,2,3], 2.9)      | [[1,2],[3]]
            $hash('input data', 'SHA-1')  | "aaff4a450a104cd177d28d18d74485e8cae074b7"
            $random(42)                   | 0.7275636800328681
            $parse('{"a": [1, null]}')    | {"a":[1,null]}
            $parse('-0')                  | 0
            $millis()                     | 1795323967089
            $now()                        | "2026-11-22T05:06:07.089Z"
            $length($uuid())              | 36
            """)
    void step_functions_additions_are_there(String expression, String expected) {
        assertThat(Json.print(evaluate(expression))).isEqualTo(expected);
    }

    @Test
    void equal_random_sources_give_equal_numbers() {
        assertThat(evaluate("[$random(), $uuid(), $shuffle([1..9])]"))
                .isEqualTo(evaluate("[$random(), $uuid(), $shuffle([1..9])]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $randomSeeded(1)                                 | T1006
            2(3)                                             | T1006
            1 + 'a'                                          | T2002
            $states.input.text < 1                           | T2009
            $number('x')                                     | D3030
            $formatNumber(1, 'x')                            | D3086
            $error('no')                                     | D3137
            $parse('{')                                      | D3137
            $uppercase(1)                                    | T0410
            $eval('1')                                       | T1006
            $fn := function($x) { $x }                       | U2000
            {'f': $sum}                                      | U2000
            1/0                                              | D1001
            ($f := function($x) { $f($x + 1) + 1 }; $f(1))   | U1001
            $pad('x', 100000000)                             | U1001
            [1..900000] ~> $count()                          | U1001
            $sum([1..900000])                                | U1001
            """)
    void a_failure_has_jsonatas_code(String expression, String code) {
        assertThat(failure(expression).code()).isEqualTo(code);
    }

    /// See the issues about JSONata of floci-io/floci, which tell what the service says.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            $randomSeeded($states.input.text) | Attempted to invoke a non-function
            $abs('a')                         | Argument 1 of function "abs" does not match function signature
            $uuid('a')                        | Argument 1 of function "uuid" does not match function signature
            $range(0, 4, 1, 2)                | Argument 4 of function "range" does not match function signature
            $sum('a')                         | Argument 1 of function "sum" must be an array of "numbers"
            $partition('a', 1)                | Argument 1 of function "partition" must be an array of undefined
            $partition([1], -2)               | Second argument must be zero or greater
            $hash('a', 'X')                   | Hash algorithm 'X' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5
            $parse('{')                       | Invalid JSON
            $parse('')                        | Invalid JSON
            'a' < 1                           | The values "a" and 1 either side of operator "<" must be of the same data type
            $map([1], function($v) {$v > 'a'}) | The values 1 and "a" either side of operator ">" must be of the same data type
            1 + 'a'                           | The right side of the "+" operator must evaluate to a number
            -'a'                              | Cannot negate a non-numeric value: "a"
            -{'a': [1, 0.5]}                  | Cannot negate a non-numeric value: {"a":[1,0.5]}
            $number('x')                      | Unable to cast value to a number: "x"
            $power(10, 400)                   | The power function has resulted in a value that cannot be represented as a JSON number: base=10, exponent=400
            $toMillis('x')                    | The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "x"
            $formatNumber(1, '0.0.0')         | The sub-picture must not contain more than one instance of the 'decimal-separator' character
            $decodeUrl('%E0')                 | Malformed URL passed to $decodeUrl(): "%E0"
            $error('Object "a"')              | Object "a"
            1/0                               | Number out of range: null
            $formatBase(1, 99)                | The radix of the formatBase function must be between 2 and 36.  It was given 99
            $formatInteger(1, '[')            | Formatting or parsing an integer as a sequence starting with "[" is not supported by this implementation
            $fromMillis(1, '[Q]')             | Unknown component specifier "Q" in date/time picture string
            $fromMillis(1, '[YN]')            | The 'name' modifier can only be applied to months and days in the date/time picture string, not "Y"
            $toMillis('2020', '[')            | No matching closing bracket ']' in date/time picture string
            [1..873783]                       | Expression evaluation memory limit exceeded: Check for excessive memory usage
            $range(1, 360146, 1)              | Expression evaluation memory limit exceeded: Check for excessive memory usage
            """)
    void a_failure_is_worded_as_the_service_words_it(String expression, String message) {
        assertThat(failure(expression).message()).isEqualTo(message);
    }

    /// As encodeURI and its like have it in ECMAScript, which JSONata's own implementation calls.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            $encodeUrl('a b+c/é?x=1#f')             | "a%20b+c/%C3%A9?x=1#f"
            $encodeUrlComponent('a b+c/é?x=1#f')    | "a%20b%2Bc%2F%C3%A9%3Fx%3D1%23f"
            $decodeUrl('a%20b%2Bc%2f+%C3%A9')       | "a b%2Bc%2f+é"
            $decodeUrlComponent('a%20b%2Bc%2f+')    | "a b+c/+"
            """)
    void urls_are_escaped_as_ecmascript_escapes_them(String expression, String expected) {
        assertThat(Json.print(evaluate(expression))).isEqualTo(expected);
    }

    @Test
    void half_of_a_surrogate_pair_is_not_escaped() {
        var e = failure("$encodeUrl('\ud800')");
        assertThat(e.code()).isEqualTo("D3140");
        assertThat(e.message()).startsWith("Malformed URL passed to $encodeUrl(): ");
    }

    @Test
    void a_sum_of_200_terms_nests_too_deep_as_it_does_in_the_service() {
        var sum = String.join("+", IntStream.range(0, 200).mapToObj(i -> "1").toList());
        assertThat(failure(sum).code()).isEqualTo("U1001");
        assertThat(evaluate("1+1+1+1+1+1+1+1+1+1")).isEqualTo(10L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function() { $f() }; $f())",
                "$match($join($map([1..60], $string), ','), /^(.*?,){25}P/)",
                "$map([1..400000], function($i) { $map([1..400000], function($j) { $i * $j }) })"
            })
    void what_takes_too_long_is_stopped(String expression) {
        var limits = new Limits(Duration.ofMillis(200), 100, 1 << 20, 500_000);
        var e = catchThrowableOfType(JsonataException.class, () -> evaluate(expression, limits));
        assertThat(e.code()).isEqualTo("U1001");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 +       | S0207
            (1        | S0203
            "open     | S0101
            /open     | S0302
            1 2       | S0201
            /* open   | S0203
            /[/       | S0302
            """)
    void a_text_that_is_not_jsonata_is_refused_with_its_code(String text, String code) {
        var e = catchThrowableOfType(JsonataException.class, () -> Expression.compile(text));
        assertThat(e.code()).isEqualTo(code);
    }

    @Test
    void nesting_without_end_is_refused_not_a_stack_overflow() {
        var e = catchThrowableOfType(JsonataException.class, () -> Expression.compile("(".repeat(200_000)));
        assertThat(e.code()).startsWith("S");
    }

    @Test
    void nothing_that_was_given_is_changed() {
        var before = Json.print(BINDINGS.get("states"));
        for (var expression : new String[] {
            "$states.input ~> |a|{'b': 2}, ['c']|",
            "$states.input.empty{'a': 1}",
            "$append($states.input.empty, 1)",
            "$sort($states.input.items.id)",
            "$states.input.items^(>id)",
            "$merge([$states.input.a, {'b': 9}])"
        }) {
            evaluate(expression);
        }
        assertThat(Json.print(BINDINGS.get("states"))).isEqualTo(before);
    }

    @Test
    void a_part_of_the_payload_is_given_back_as_it_is() {
        assertThat(evaluate("$states.input.items"))
                .isSameAs(((Map<?, ?>) ((Map<?, ?>) BINDINGS.get("states")).get("input")).get("items"));
    }

    @Test
    void one_expression_serves_many_threads() {
        var expression = Expression.compile("$sum($map([1..50], function($i) { $i * $states.input.a.b }))");
        var context = new EvaluationContext(CLOCK, new Random(7));
        assertThat(IntStream.range(0, 400).parallel().mapToObj(i -> expression.evaluate(BINDINGS, context)))
                .containsOnly(1275L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1,2]   | "[1,2]"
            [[1]]   | "[[1]]"
            []      | "[]"
            7       | "7"
            """)
    void the_text_of_the_context_is_that_of_what_the_expression_is_evaluated_on(String input, String expected) {
        var text = Expression.compile("$string()")
                .evaluateOn(Json.parse(input), Map.of(), new EvaluationContext(CLOCK, new Random(7), Limits.DEFAULT));

        assertThat(text).isEqualTo(Json.parse(expected));
    }
}
