package dev.baton.asl.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.path.JsonPath.Root;
import dev.baton.asl.path.JsonPath.Segment;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JsonPathTest {
    private static final Map<String, List<Segment>> SEGMENTS = Map.ofEntries(
            Map.entry("$", List.of()),
            Map.entry("$.a.b", List.of(new Segment.Field("a"), new Segment.Field("b"))),
            Map.entry("$.delivery-partner", List.of(new Segment.Field("delivery-partner"))),
            Map.entry("$.größe", List.of(new Segment.Field("größe"))),
            Map.entry("$['a b']", List.of(new Segment.Field("a b"))),
            Map.entry("$[\"a\"]", List.of(new Segment.Field("a"))),
            Map.entry("$['it\\'s']", List.of(new Segment.Field("it's"))),
            Map.entry("$['a','b']", List.of(new Segment.Fields(List.of("a", "b")))),
            Map.entry("$[0]", List.of(new Segment.Index(0))),
            Map.entry("$.[0].body", List.of(new Segment.Index(0), new Segment.Field("body"))),
            Map.entry("$.books[-2]", List.of(new Segment.Field("books"), new Segment.Index(-2))),
            Map.entry("$.books[(@.length-1)]", List.of(new Segment.Field("books"), new Segment.FromEnd(1))),
            Map.entry("$.list.length()", List.of(new Segment.Field("list"), new Segment.Field("length()"))),
            Map.entry("$[0,2]", List.of(new Segment.Indexes(List.of(0, 2)))),
            Map.entry("$[1:3]", List.of(new Segment.Slice(1, 3))),
            Map.entry("$[1:]", List.of(new Segment.Slice(1, Segment.Slice.OPEN))),
            Map.entry("$[:-1]", List.of(new Segment.Slice(Segment.Slice.OPEN, -1))),
            Map.entry("$.*", List.of(new Segment.Wildcard())),
            Map.entry("$[*].v", List.of(new Segment.Wildcard(), new Segment.Field("v"))),
            Map.entry("$..a", List.of(new Segment.Descendants(new Segment.Field("a")))),
            Map.entry("$..[0]", List.of(new Segment.Descendants(new Segment.Index(0)))),
            Map.entry("$..*", List.of(new Segment.Descendants(new Segment.Wildcard()))));

    @TestFactory
    Stream<DynamicTest> paths_are_read_segment_by_segment() {
        return SEGMENTS.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    var path = JsonPath.parse(each.getKey());
                    assertThat(path.root()).isEqualTo(new Root.Input());
                    assertThat(path.segments()).isEqualTo(each.getValue());
                    assertThat(path.text()).isEqualTo(each.getKey());
                }));
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_path_is_refused() {
        return Stream.of(
                        "",
                        "a",
                        ".a",
                        "$.",
                        "$..",
                        "$...",
                        "$.a.",
                        "$[",
                        "$[]",
                        "$[a]",
                        "$['a",
                        "$['a'",
                        "$[0",
                        "$[1:2:3]",
                        "$.a b",
                        "$.a.length(1)",
                        "$.()",
                        "$.a[(@.length)]",
                        "$.a[(@.length-0)]",
                        "$.a[(@.size-1)]",
                        "$.a[?(@.b.length() > 1)]",
                        "$[?]",
                        "$[?()]",
                        "$[?(@.a)",
                        "$[?(@.a ==)]",
                        "$[?(1)]",
                        "$[?(@.a =~ /x/)]",
                        "$[?(@.a in ['x'])]",
                        "$[99999999999]",
                        "@.a",
                        "$$$",
                        "$a b",
                        "()")
                .map(text -> DynamicTest.dynamicTest(
                        "«" + text + "»",
                        () -> assertThatThrownBy(() -> JsonPath.parse(text)).isInstanceOf(PathSyntaxException.class)));
    }

    @Test
    void a_path_begins_at_the_input_the_context_or_a_variable() {
        assertThat(JsonPath.parse("$$.Task.Token").root()).isEqualTo(new Root.Context());
        assertThat(JsonPath.parse("$order.id").root()).isEqualTo(new Root.Variable("order"));
        assertThat(JsonPath.parse("$order_2[0]").root()).isEqualTo(new Root.Variable("order_2"));
        assertThat(JsonPath.parse("$$").segments()).isEmpty();
    }

    @Test
    void filters_compare_and_combine() {
        var path = JsonPath.parse("$.a[?(@.b == 'x' && !(@.c >= 1.5 || @.d) && @.e != $.f)].g");
        assertThat(path.segments().get(1))
                .isEqualTo(new Segment.Filtered(new Filter.And(List.of(
                        new Filter.Compare(at("@.b"), Filter.Operator.EQUAL, new Filter.Term.Value("x")),
                        new Filter.Not(new Filter.Or(List.of(
                                new Filter.Compare(
                                        at("@.c"), Filter.Operator.GREATER_OR_EQUAL, new Filter.Term.Value(1.5)),
                                new Filter.Exists(current("@.d", "d"))))),
                        new Filter.Compare(
                                at("@.e"), Filter.Operator.NOT_EQUAL, new Filter.Term.At(JsonPath.parse("$.f")))))));
        assertThat(path.isDefinite()).isFalse();
    }

    @Test
    void a_bare_word_in_a_filter_is_a_string() {
        assertThat(JsonPath.parse("$.l[?(@.Name==Receipt)]").segments().get(1))
                .isEqualTo(new Segment.Filtered(
                        new Filter.Compare(at("@.Name"), Filter.Operator.EQUAL, new Filter.Term.Value("Receipt"))));
    }

    @Test
    void only_fields_and_indexes_lead_to_one_place() {
        assertThat(JsonPath.parse("$.a[0]['b'].c").isDefinite()).isTrue();
        assertThat(ReferencePath.parse("$.a[0]['b'].c").path().segments()).hasSize(4);
        for (var text : List.of(
                "$.a[*]", "$..a", "$[0:1]", "$[0,1]", "$['a','b']", "$[?(@.a)]", "$.a[(@.length-1)]", "$.a.b()")) {
            assertThatThrownBy(() -> ReferencePath.parse(text)).as(text).isInstanceOf(PathSyntaxException.class);
        }
    }

    @Test
    void problems_name_the_character() {
        assertThatThrownBy(() -> JsonPath.parse("$.a[x]")).isInstanceOfSatisfying(PathSyntaxException.class, e -> {
            assertThat(e.offset()).isEqualTo(4);
            assertThat(e.why()).contains("'x' at character 5");
        });
    }

    private static Filter.Term at(String text) {
        return new Filter.Term.At(current(text, text.substring(2)));
    }

    private static JsonPath current(String text, String field) {
        return new JsonPath(text, new Root.Current(), List.of(new Segment.Field(field)));
    }

    @Test
    void blanks_around_a_path_are_none_of_it() {
        assertThat(JsonPath.parse(" $.a ")).isEqualTo(JsonPath.parse("$.a"));
        assertThat(PathExpression.parse(" $['a'] ")).isEqualTo(JsonPath.parse("$['a']"));
        assertThat(JsonPath.parse("$['it\"s']").segments()).isEqualTo(List.of(new JsonPath.Segment.Field("it\"s")));
        assertThatThrownBy(() -> JsonPath.parse("$.a b")).isInstanceOf(PathSyntaxException.class);
    }
}
