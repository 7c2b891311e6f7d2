package dev.baton.jsonata.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.jsonata.Expression;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisTest {
    private static Analysis analyze(String expression) {
        return Expression.compile(expression).analysis();
    }

    @Test
    void references_have_their_paths_and_positions_in_the_order_of_the_text() {
        assertThat(analyze("$states.input.a[0].b + $x").references())
                .extracting(Analysis.Reference::name, Analysis.Reference::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("states", List.of("input", "a")),
                        org.assertj.core.groups.Tuple.tuple("x", List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ($a := $b; $a + $c)                        | b, c
            ($a := $a; $a)                             | a
            function($x) { $x + $y }                   | y
            $map($xs, function($x) { $x * $f })        | xs, f
            $xs@$p[$p.id = $q]                         | xs, q
            $xs#$i[$i < $n]                            | xs, n
            {'k': $v}                                  | v
            $xs ~> $sort(function($l, $r) { $l > $r }) | xs
            $unknown($x)                               | unknown, x
            $xs^(>$k)                                  | xs, k
            $xs{$k: $v}                                | xs, k, v
            $xs[$i].b                                  | xs, i
            ($f := function() { $g }; $f())            | g
            $substring(?, $n)                          | n
            """)
    void variables_are_those_that_the_expression_does_not_bind_itself(String expression, String names) {
        assertThat(String.join(", ", analyze(expression).variables())).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.b             | 1
            $               | 1
            $$.a            | 1
            *               | 1
            **.a            | 1
            $x[a = 1]       | 0
            $x.(a + b)      | 0
            $x.a            | 0
            {'k': a}        | 1
            $map(a, $sum)   | 1
            $x.$$           | 1
            (a; $x.b)       | 1
            a + b           | 2
            $x^(a)          | 0
            """)
    void what_reads_the_context_at_the_top_is_found(String expression, int count) {
        assertThat(analyze(expression).rootReferences()).hasSize(count);
    }

    @Test
    void a_transform_reads_what_it_is_applied_to_not_the_top() {
        var analysis = analyze("$x ~> |a.b|{'c': d + $y}, ['e']|");
        assertThat(analysis.variables()).containsExactly("x", "y");
        assertThat(analysis.rootReferences()).isEmpty();
    }

    @Test
    void functions_are_named_and_eval_is_found() {
        assertThat(analyze("$map($x, $uppercase) ~> $join()").functions()).containsExactly("join", "map", "uppercase");
        assertThat(analyze("1 + $eval('2')").evalPositions()).hasSize(1);
        assertThat(analyze("($eval := function($x) { $x }; $eval(1))").evalPositions())
                .isEmpty();
    }
}
