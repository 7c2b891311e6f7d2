package dev.baton.task.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.task.InvalidInput;
import dev.baton.task.Pattern;
import dev.baton.task.Printed;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Parameters have one text each.
class ParameterTest {
    enum City {
        SEATTLE,
        NEW_YORK,
        @Printed("MSP")
        MINNEAPOLIS
    }

    record All(
            int small,
            long large,
            boolean yes,
            String text,

            @Pattern(
                    value = "[A-Z]{3}",
                    samples = {"SEA", "JFK"})
            String code,

            City city,
            Month month,
            DayOfWeek weekday,
            Year year,
            YearMonth yearMonth,
            LocalDate day) {}

    private static final All ALL = new All(
            -5,
            9_000_000_000L,
            true,
            "a.B_c-1",
            "SEA",
            City.NEW_YORK,
            Month.JULY,
            DayOfWeek.MONDAY,
            Year.of(33),
            YearMonth.of(2012, 7),
            LocalDate.of(2012, 2, 29));

    @Test
    void every_type_prints_one_way_and_is_read_back() {
        var texts = Parameters.of(All.class).print(ALL);

        assertThat(texts)
                .isEqualTo(Map.ofEntries(
                        Map.entry("small", "-5"),
                        Map.entry("large", "9000000000"),
                        Map.entry("yes", "true"),
                        Map.entry("text", "a.B_c-1"),
                        Map.entry("code", "SEA"),
                        Map.entry("city", "new-york"),
                        Map.entry("month", "july"),
                        Map.entry("weekday", "monday"),
                        Map.entry("year", "0033"),
                        Map.entry("yearMonth", "2012-07"),
                        Map.entry("day", "2012-02-29")));
        assertThat(Parameters.of(All.class).parse(texts)).isEqualTo(ALL);
    }

    @Test
    void an_enum_may_say_how_a_constant_prints() {
        var type = new EnumType(City.class);
        assertThat(type.print(City.MINNEAPOLIS)).isEqualTo("MSP");
        assertThat(type.parse("MSP")).isEqualTo(City.MINNEAPOLIS);
        assertThat(type.alternatives()).contains(List.of("seattle", "new-york", "MSP"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '~',
            value = {
                "small|+5",
                "small|05",
                "small|-0",
                "small|2147483648",
                "small| 5",
                "small|5 ",
                "small|٥",
                "small|1e3",
                "large|9223372036854775808",
                "large|0x1",
                "yes|True",
                "yes|1",
                "text|a/b",
                "text|..",
                "text|.",
                "text|ä",
                "text|a\\b",
                "text|a b",
                "code|SEATTLE",
                "code|sea",
                "city|NEW_YORK",
                "city|new_york",
                "city|minneapolis",
                "month|07",
                "year|12",
                "year|12012",
                "year|+2012",
                "year|-001",
                "year|２０１２",
                "yearMonth|2012-7",
                "yearMonth|2012-13",
                "day|2012-02-30",
                "day|2013-02-29",
                "day|20120229",
                "day|2012-2-29"
            })
    void a_text_that_is_not_just_what_its_value_prints_is_refused(String name, String text) {
        var texts = new HashMap<>(Parameters.of(All.class).print(ALL));
        texts.put(name, text);

        assertThatThrownBy(() -> Parameters.of(All.class).parse(texts))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("the parameter \"" + name + "\": expected ")
                .hasMessageEndingWith("but was \"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "a\u202Eb", "a\u200Bb", "\uD800", "a\u2028b", "a/b", ".", ".."})
    void no_pattern_lets_through_what_no_key_may_hold(String text) {
        var type = new TextType(java.util.regex.Pattern.compile("(?s).*"), List.of());

        assertThat(type.read(text)).isEmpty();
        assertThat(type.printed(text)).isEmpty();
        assertThat(type.read("x".repeat(TextType.LONGEST + 1))).isEmpty();
        assertThat(type.read("x".repeat(TextType.LONGEST))).isPresent();
    }

    record Two(City one, City other) {
        Two {
            if (one == other) {
                throw new IllegalArgumentException("expected two cities, but was twice " + one);
            }
        }
    }

    @Test
    void what_the_record_refuses_is_told_with_its_own_reason() {
        assertThatThrownBy(() -> Parameters.of(Two.class).parse(Map.of("one", "seattle", "other", "seattle")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("expected two cities, but was twice SEATTLE");
    }

    enum Alike {
        A_B,
        @Printed("a-b")
        C
    }

    enum Slash {
        @Printed("a/b")
        A
    }

    record BadEnums(Alike alike, Slash slash, List<String> list, int[] array, Map<String, String> map, Object any) {}

    @Test
    void components_that_cannot_be_parameters_are_all_named() {
        assertThat(Parameters.of(BadEnums.class).problems())
                .hasSize(6)
                .contains("alike: two constants of Alike print as a-b")
                .contains("slash: Slash.A prints as \"a/b\", which is not of [A-Za-z0-9._-]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "[a-z]+ 1 -1 -._/",
                "[A-Z]{3} 3 3 a-",
                "[0-9]{2,4} 2 4 a",
                "\\d{4}-\\d 6 6 a",
                "(a|bc)x? 1 3 d-",
                "[^-]+ 1 -1 -",
                "\\w+\\.csv 5 -1 -",
                "a*?b 1 -1 c-",
                "(?:ab){2} 4 4 c"
            })
    void the_characters_and_lengths_of_ordinary_patterns_are_known(
            String pattern, int shortest, int longest, String not) {
        var shape = TextShape.of(java.util.regex.Pattern.compile(pattern));

        assertThat(shape.shortest()).isEqualTo(shortest);
        assertThat(shape.longest()).isEqualTo(longest < 0 ? TextShape.UNBOUNDED : longest);
        assertThat(not.chars().filter(c -> shape.characters().holds((char) c))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?=a)b", "(a)\\1", "\\p{L}+", "[a-z&&[^b]]", "(?i)a"})
    void of_other_patterns_anything_is_expected(String pattern) {
        var shape = TextShape.of(java.util.regex.Pattern.compile(pattern));

        assertThat(Arrays.asList('-', '.', 'a', 'Z', 'ä')).allMatch(shape.characters()::holds);
        assertThat(shape.longest()).isEqualTo(TextShape.UNBOUNDED);
    }
}
