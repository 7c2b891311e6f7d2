package dev.baton.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.task.parameter.Parameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRangeTest {
    private enum City {
        SEATTLE,
        NEW_YORK
    }

    private record Day(City city, LocalDate day) {}

    private record Two(Year year, int rank, String name) {}

    private static final RunRange DAYS = new RunRange("days", Parameters.of(Day.class));
    private static final RunRange TWO = new RunRange("two", Parameters.of(Two.class));

    private static Map<String, String> typed(String... words) {
        var typed = new LinkedHashMap<String, String>();
        for (var i = 0; i < words.length; i += 2) {
            typed.put(words[i], words[i + 1]);
        }
        return typed;
    }

    private static List<String> values(List<Map<String, String>> runs) {
        return runs.stream().map(run -> String.join(" ", run.values())).toList();
    }

    @Test
    void every_value_of_a_range_is_combined_with_all_of_an_enum_the_last_changing_fastest() {
        assertThat(values(DAYS.runs(typed("day", "2012-02-28..2012-03-01", "city", "all"))))
                .containsExactly(
                        "seattle 2012-02-28",
                        "seattle 2012-02-29",
                        "seattle 2012-03-01",
                        "new-york 2012-02-28",
                        "new-york 2012-02-29",
                        "new-york 2012-03-01");
        assertThat(values(TWO.runs(typed("rank", "-1..1", "year", "2012", "name", "a..b"))))
                .as("what has no order is a value as it is")
                .containsExactly("2012 -1 a..b", "2012 0 a..b", "2012 1 a..b");
        assertThat(values(TWO.runs(typed("rank", "2147483646..2147483647"))))
                .as("up to the largest number")
                .containsExactly("2147483646", "2147483647");
    }

    @Test
    void from_and_to_are_of_the_one_parameter_that_has_an_order_and_is_not_given() {
        assertThat(DAYS.between(typed("city", "seattle"), "2012-01-01", "2012-01-02"))
                .containsEntry("day", "2012-01-01..2012-01-02");
        assertThat(TWO.between(typed("rank", "1"), "2012", "2013")).containsEntry("year", "2012..2013");
        assertThatThrownBy(() -> TWO.between(typed(), "1", "2"))
                .hasMessageContaining("CLI049")
                .hasMessageContaining("more than one parameter: year, rank")
                .hasMessageContaining("--year 1..2");
        assertThatThrownBy(() -> DAYS.between(typed("day", "2012-01-01"), "1", "2"))
                .hasMessageContaining("--from and --to are of no parameter");
    }

    @Test
    void what_is_no_range_is_told_with_what_helps() {
        assertThatThrownBy(() -> DAYS.runs(typed("day", "2012-01-02..2012-01-01")))
                .hasMessageContaining("begins after its end")
                .hasMessageContaining("--day 2012-01-01..2012-01-02");
        assertThatThrownBy(() -> DAYS.runs(typed("day", "2012-01-02..soon")))
                .hasMessageContaining("expected a day such as 2012-07-31, but was \"soon\"");
        assertThatThrownBy(() -> DAYS.runs(typed("day", "all"))).hasMessageContaining("nobody knows all values");
        assertThatThrownBy(() -> DAYS.runs(typed("day", "0001-01-01..9999-12-31", "city", "all")))
                .hasMessageContaining("more than 100000");
    }
}
