package dev.baton.asl.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.path.IntrinsicCall.Argument;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class IntrinsicCallTest {

    @Test
    void every_kind_of_argument_is_read() {
        var call = IntrinsicCall.parse(
                "States.Array('it\\'s', 7, -1.5, 123456789012345678901234567890, true, false, null, $.a['x,)'], $v,"
                        + " States.UUID())");
        assertThat(call.function()).isEqualTo(IntrinsicFunction.ARRAY);
        assertThat(call.arguments())
                .containsExactly(
                        new Argument.Text("it's", "it\\'s"),
                        new Argument.Numeric(7L),
                        new Argument.Numeric(-1.5),
                        new Argument.Numeric(new BigInteger("123456789012345678901234567890")),
                        new Argument.Bool(true),
                        new Argument.Bool(false),
                        new Argument.Null(),
                        new Argument.Path(JsonPath.parse("$.a['x,)']")),
                        new Argument.Path(JsonPath.parse("$v")),
                        new Argument.Call(IntrinsicCall.parse("States.UUID()")));
    }

    @Test
    void a_format_keeps_its_escapes_apart_from_its_placeholders() {
        var call = IntrinsicCall.parse("States.Format('\\{}\\\\ {}', $.a)");
        assertThat(call.arguments().getFirst()).isEqualTo(new Argument.Text("{}\\ {}", "\\{}\\\\ {}"));
    }

    @Test
    void calls_nest() {
        var call = IntrinsicCall.parse("States.MathAdd(States.ArrayLength($.a),-1)");
        assertThat(call.arguments())
                .isEqualTo(List.of(
                        new Argument.Call(new IntrinsicCall(
                                "States.ArrayLength($.a)",
                                IntrinsicFunction.ARRAY_LENGTH,
                                List.of(new Argument.Path(JsonPath.parse("$.a"))))),
                        new Argument.Numeric(-1L)));
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_call_is_refused() {
        return Stream.of(
                        "States.Format",
                        "States.Format(",
                        "States.Format('a'",
                        "States.Format('a)",
                        "States.Format('a') x",
                        "States.Format(\"a\")",
                        "States.Format('\\\"')",
                        "States.Format('a',)",
                        "States.Format()",
                        "States.Nothing()",
                        "States. ",
                        "JsonToString($)",
                        "States\nJsonToString($)",
                        "States.StringToJson $.a)",
                        "States.UUID(1)",
                        "States.ArrayRange(1, 2)",
                        "States.MathAdd(1, '2')",
                        "States.MathAdd(1, true)",
                        "States.ArrayGetItem($.a, null)",
                        "States.Array(truely)",
                        "States.Array(--1)",
                        "States.Array(1e)",
                        "States.Array($.a.b())")
                .map(text -> DynamicTest.dynamicTest(
                        text,
                        () -> assertThatThrownBy(() -> IntrinsicCall.parse(text))
                                .isInstanceOf(PathSyntaxException.class)));
    }

    @Test
    void depth_is_bounded() {
        var deep = "States.Array(".repeat(65) + ")".repeat(65);
        assertThatThrownBy(() -> IntrinsicCall.parse(deep)).isInstanceOf(PathSyntaxException.class);
        assertThat(IntrinsicCall.parse("States.Array(".repeat(64) + ")".repeat(64))
                        .function())
                .isEqualTo(IntrinsicFunction.ARRAY);
        assertThatThrownBy(() -> JsonPath.parse("$[?" + "(".repeat(10_000) + "@.a" + ")".repeat(10_000) + "]"))
                .isInstanceOf(PathSyntaxException.class);
    }

    @Test
    void a_template_field_is_a_path_or_a_call() {
        assertThat(PathExpression.parse("$.a")).isInstanceOf(JsonPath.class);
        assertThat(PathExpression.parse("States.UUID()")).isInstanceOf(IntrinsicCall.class);
        assertThatThrownBy(() -> PathExpression.parse("  States.UUID()")).isInstanceOf(PathSyntaxException.class);
    }
}
