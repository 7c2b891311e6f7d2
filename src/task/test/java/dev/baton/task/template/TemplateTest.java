package dev.baton.task.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Pattern;
import dev.baton.task.parameter.Parameters;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    enum City {
        SEATTLE,
        NEW_YORK,
        NEW
    }

    record Parts(
            City city,
            Year year,
            YearMonth month,
            LocalDate day,
            int n,
            String text,

            @Pattern(
                    value = "[a-z]+",
                    samples = {"a", "b"})
            String word) {}

    private static final Parts PARTS = new Parts(
            City.NEW_YORK, Year.of(2012), YearMonth.of(2012, 7), LocalDate.of(2012, 2, 29), -5, "a.b-c", "xyz");

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "s3://lake/clean/{city}/{year}.csv clean/new-york/2012.csv clean/*/*.csv",
                "s3://lake/{city}-{year} new-york-2012 *-*",
                "s3://lake/{year}{city} 2012new-york *",
                "s3://lake/{day:yyyy}/{day:MM}/{day:dd}.json 2012/02/29.json */*/*.json",
                "s3://lake/{day:yyyyMMdd}/{month:yyyy-MM} 20120229/2012-07 */*-*",
                "s3://lake/{word}_{n} xyz_-5 *_*",
                "s3://lake/{city}{year}{month} new-york20122012-07 *",
                "s3://lake/all/{text}.csv.gz all/a.b-c.csv.gz all/*.csv.gz"
            })
    void a_template_gives_a_key_and_a_pattern_and_reads_the_key_back(String text, String key, String pattern) {
        var template = Template.of(text, Parts.class);

        assertThat(template.key(PARTS)).isEqualTo(key);
        assertThat(template.uri(PARTS)).isEqualTo("s3://lake/" + key);
        assertThat(template.pattern(Map.of())).isEqualTo(pattern);
        var printed = Parameters.of(Parts.class).print(PARTS);
        assertThat(template.match(key)).hasValueSatisfying(values -> {
            assertThat(values.keySet()).containsExactlyElementsOf(template.components());
            assertThat(printed).containsAllEntriesOf(values);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://lake/{town}|TSK010|names {town}, but the record has only {city}, {year}, {month}",
                "s3://lake/{city:yyyy}|TSK010|only a date has pieces",
                "s3://lake/{year:MM}|TSK010|its pieces are yyyy, MM and dd",
                "s3://lake/{day:HH}|TSK010|its pieces are yyyy, MM and dd",
                "s3://lake/{day:}|TSK010|a piece of the date is missing",
                "s3://lake/{city}*.csv|TSK011|holds * outside of a {component}",
                "s3://lake/a?|TSK011|holds ?",
                "s3://lake/$a|TSK011|holds $",
                "s3://lake/a}|TSK011|holds }",
                "s3://lake/{city|TSK011|holds {",
                "s3://lake/a\\b|TSK011|holds \\",
                "s3://lake/{city}-{n}|TSK012|where {city} ends and {n} begins cannot be told",
                "s3://lake/{city}{n}|TSK012|where {city} ends and {n} begins",
                "s3://lake/{city}-{year}-{n}|TSK012|where {city} ends and {n} begins",
                "s3://lake/{text}_{word}|TSK012|where {text} ends and {word} begins",
                "s3://lake|TSK015|is not s3://bucket/key",
                "s3://Lake/a|TSK015|is not s3://bucket/key",
                "s3://{city}/a|TSK015|is not s3://bucket/key",
                "lake/a|TSK015|is not s3://bucket/key",
                "s3://lake//a|TSK015|has the piece \"\" between two /",
                "s3://lake/a/|TSK015|has the piece \"\"",
                "s3://lake/../a|TSK015|has the piece \"..\""
            })
    void what_a_template_must_not_be_is_refused(String text, String code, String message) {
        assertThat(Template.problems(text, Parts.class))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .satisfies(problem -> assertThat(problem.message()).contains(message));
        assertThatThrownBy(() -> Template.of(text, Parts.class))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining(code);
    }

    @Test
    void a_control_character_is_refused_by_its_number() {
        assertThat(Template.problems("s3://lake/a\nb", Parts.class))
                .extracting(TemplateProblem::message)
                .containsExactly("the template \"s3://lake/a\nb\" holds U+000A outside of a {component}");
    }

    @Test
    void several_problems_come_at_once() {
        assertThat(Template.problems("s3://lake/{town}/*/{citty}", Parts.class))
                .extracting(TemplateProblem::code)
                .containsExactly("TSK010", "TSK011", "TSK010");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "s3://lake/{year}/{year}.csv 2012/2013.csv",
                "s3://lake/{day:yyyy}/{day:MM}/{day:dd} 2013/02/29",
                "s3://lake/{day:yyyy}/{day:MM}/{day:dd} 2012/2/29",
                "s3://lake/{day:yyyy}/{day} 2012/2013-01-01",
                "s3://lake/{n} 05",
                "s3://lake/{n} +5",
                "s3://lake/{n} -0",
                "s3://lake/{city}/x new-york/x/x",
                "s3://lake/{text}/x a/b/x",
                "s3://lake/{text}.csv .csv",
                "s3://lake/{text} ..",
                "s3://lake/{text} %2e%2e",
                "s3://lake/{text} a+b",
                "s3://lake/{word} é"
            })
    void a_key_that_the_template_never_gives_is_no_match(String text, String key) {
        assertThat(Template.of(text, Parts.class).match(key)).isEmpty();
    }

    @Test
    void enums_of_which_one_begins_another_are_told_apart() {
        var template = Template.of("s3://lake/{city}{year}", Parts.class);
        assertThat(template.match("new2012")).contains(Map.of("city", "new", "year", "2012"));
        assertThat(template.match("new-york2012")).contains(Map.of("city", "new-york", "year", "2012"));
        assertThat(template.match("new-2012")).isEmpty();
    }

    @Test
    void a_long_key_that_does_not_match_is_read_in_no_time() {
        var template = Template.of("s3://lake/{word}_{n}/x{text}", Parts.class);
        assertThat(template.match("a".repeat(1_000_000))).isEmpty();
        assertThat(template.match("a_1/y" + "b".repeat(1_000_000))).isEmpty();
    }

    @Test
    void known_values_narrow_patterns_and_prefixes() {
        var template = Template.of("s3://lake/clean/{city}/{day:yyyy}/{day:MM}-{n}.csv", Parts.class);
        var known = Map.of("city", "seattle", "day", "2012-02-29");

        assertThat(template.pattern(known)).isEqualTo("clean/seattle/2012/02-*.csv");
        assertThat(template.prefix(known)).isEqualTo("clean/seattle/2012/02-");
        assertThat(template.prefix(Map.of("day", "2012-02-29"))).isEqualTo("clean/");
        assertThat(template.components()).containsExactly("city", "n");
    }

    @Test
    void a_value_without_text_gives_no_key() {
        var odd = new Parts(City.NEW, Year.of(12_012), YearMonth.of(2012, 7), LocalDate.of(2012, 1, 1), 1, "a/b", "x");

        assertThatThrownBy(() -> Template.of("s3://lake/{year}", Parts.class).key(odd))
                .hasMessageContaining("expected a year of four digits such as 2012, but was \"12012\"");
        assertThatThrownBy(() -> Template.of("s3://lake/{text}", Parts.class).key(odd))
                .hasMessageContaining("but was \"a/b\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "s3://b/{year}.csv s3://b/{n}.csv true",
                "s3://b/{year}.csv s3://b/{word}.csv false",
                "s3://b/{city}/x s3://b/summary/x false",
                "s3://b/{city}/x s3://b/{word}/x true",
                "s3://b/{text}/x s3://b/summary/x true",
                "s3://b/{text} s3://b/{text}.csv true",
                "s3://b/{text} s3://b/x/{text} false",
                "s3://b/{year}.html s3://b/{year}.json false",
                "s3://b/{month} s3://b/{n} true",
                "s3://b/{year}-{month} s3://b/{day} false"
            })
    void whether_two_templates_share_a_key_is_decided(String one, String other, boolean shared) {
        var left = Template.of(one, Parts.class).keys(Map.of());
        var right = Template.of(other, Parts.class).keys(Map.of());

        assertThat(left.intersects(right)).isEqualTo(shared);
        assertThat(right.intersects(left)).isEqualTo(shared);
    }

    @Test
    void what_a_role_may_write_reaches_further_than_the_template() {
        var output = Template.of("s3://b/out/{text}.csv", Parts.class);
        var other = Template.of("s3://b/out/deep/{year}.csv", Parts.class);

        assertThat(output.keys(Map.of()).intersects(other.keys(Map.of()))).isFalse();
        assertThat(output.covered(Map.of()).intersects(other.keys(Map.of()))).isTrue();
        assertThat(output.covered(Map.of("text", "x")).intersects(other.keys(Map.of())))
                .isFalse();
    }
}
