package dev.baton.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.graph.CheckedGraph;
import dev.baton.json.Json;
import dev.baton.task.DataInvalid;
import dev.baton.task.Task;
import dev.baton.testing.TaskTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tasks of the example on the real observations. The figures were computed apart from this code, with a few
/// lines of Python over the same files.
class WeatherTest {
    private static final Year YEAR = Year.of(2012);
    private static final Path DATA = Path.of("data");

    private final Map<Task, String> outputs = new HashMap<>();

    @Test
    void nothing_is_wrong_with_the_pipeline() {
        assertThat(CheckedGraph.of(Weather.PIPELINE).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SEATTLE,  1, 7.1, 1.5, 173.3, 3.9, 21",
        "SEATTLE,  7, 22.9, 12.9, 26.3, 2.9, 5",
        "SEATTLE, 11, 11.3, 5.2, 210.5, 3.2, 16",
        "NEW_YORK, 1, 7.0, -1.3, 55.6, 6.0, 8",
        "NEW_YORK, 7, 30.0, 21.5, 39.1, 4.1, 8",
    })
    void months_have_the_figures_that_were_computed_by_hand(
            City city, int month, double max, double min, double precipitation, double wind, int wetDays)
            throws Exception {
        var lines = output(new MonthlyNormals(city, YEAR)).lines().toList();

        assertThat(lines).hasSize(13);
        assertThat(lines.get(month))
                .isEqualTo("%d,%s,%s,%s,%s,%d".formatted(month, max, min, precipitation, wind, wetDays));
    }

    @Test
    void the_days_that_went_furthest_are_the_recorded_ones() throws Exception {
        assertThat(output(new Extremes(City.SEATTLE, YEAR)).lines())
                .containsExactly(
                        "kind,date,value",
                        "hottest,2012-08-16,34.4",
                        "coldest,2012-01-15,-3.3",
                        "wettest,2012-11-19,54.1",
                        "windiest,2012-12-17,9.5");
        assertThat(output(new Extremes(City.NEW_YORK, YEAR)))
                .contains("hottest,2012-07-07,37.2", "windiest,2012-10-29,16.2");
    }

    @Test
    void wet_spells_are_three_wet_days_and_more() throws Exception {
        var seattle = output(new WetSpells(City.SEATTLE, YEAR));

        assertThat(seattle.lines())
                .hasSize(1 + 19)
                .contains("2012-01-04,3,24.1", "2012-01-14,9,77.6", "2012-03-09,14,121.3");
        assertThat(output(new WetSpells(City.NEW_YORK, YEAR)).lines())
                .hasSize(1 + 9)
                .contains("2012-12-07,5,27.7");
    }

    @Test
    void the_summary_holds_the_year_in_figures() throws Exception {
        var summary = Json.parseObject(output(new WeatherSummary(YEAR)));

        assertThat(summary.get("seattle")).isEqualTo(Json.parse("""
                {"precipitation_mm": 1226.0, "wet_days": 148, "wet_spells": 19,
                 "longest_wet_spell": {"first": "2012-03-09", "days": 14, "total_mm": 121.3},
                 "hottest": {"date": "2012-08-16", "value": 34.4}, "coldest": {"date": "2012-01-15", "value": -3.3},
                 "wettest": {"date": "2012-11-19", "value": 54.1}, "windiest": {"date": "2012-12-17", "value": 9.5}}
                """));
        assertThat(((Map<?, ?>) summary.get("new_york")).get("precipitation_mm"))
                .isEqualTo(1012.5);
    }

    @Test
    void the_report_is_one_page_with_a_chart_for_each_question() throws Exception {
        var page = output(new WeatherReport(YEAR));

        assertThat(page)
                .contains("<h1>The weather of 2012</h1>", "34.4 °C, 16 August", "14 days from 9 March, 121.3 mm");
        assertThat(page.split("<svg ")).hasSize(1 + 3);
        assertThat(page).doesNotContain("http://", "https://", "<script");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2012-01-17,  | 2012-01-17,hot  | line 18, column 2: expected a number from 0 to 2000 in place of precipitation_mm, but was \"hot",
                "2012-02-01,  | 2012-02-02,     | line 33, column 1: expected 2012-02-01, but was 2012-02-02",
                "2012-12-31,  | 2012-13-31,     | line 367, column 1: expected a date such as 2012-01-31 in place of date, but was \"2012-13-31\"",
                ",sun         | ,hail           | column 6: expected one of [drizzle, fog, rain, snow, sun] in place of weather, but was \"hail\"",
                "date,        | day,            | line 1, column 1: expected the header",
            })
    void a_broken_upload_is_refused_with_its_place(String good, String bad, String told) throws Exception {
        var broken = upload(City.SEATTLE).replaceFirst(good, bad);

        assertThatThrownBy(() -> TaskTrial.of(new CleanObservations(City.SEATTLE, YEAR))
                        .given(new Observations(City.SEATTLE, YEAR), broken)
                        .run())
                .isInstanceOf(DataInvalid.class)
                .hasMessageContaining("s3://lake/landing/seattle/2012.csv")
                .hasMessageContaining(told);
    }

    @Test
    void an_upload_that_ends_early_or_goes_on_is_refused() throws Exception {
        var whole = upload(City.SEATTLE);
        var short1 = whole.lines().limit(100).reduce("", (text, line) -> text + line + "\n");

        assertThatThrownBy(() -> clean(short1))
                .hasMessageContaining("line 101, column 1: expected 2012-04-09, but the file ends");
        assertThatThrownBy(() -> clean(whole + "2013-01-01,0.0,1.0,0.0,1.0,sun\n"))
                .hasMessageContaining("line 368, column 1: expected the file to end with the year");
    }

    @Test
    void a_year_of_a_thermometer_that_stands_still_is_refused() throws Exception {
        var still = upload(City.SEATTLE).replaceAll("(?m)^(2012-[^,]*,[^,]*),[^,]*,[^,]*,", "$1,12.8,5.0,");

        assertThatThrownBy(() -> clean(still))
                .isInstanceOf(DataInvalid.class)
                .hasMessage(
                        "s3://lake/clean/seattle/2012.csv: TSK089: column temp_max_c: expected at least 30 different"
                                + " values, found 1");
    }

    private static void clean(String upload) throws Exception {
        TaskTrial.of(new CleanObservations(City.SEATTLE, YEAR))
                .given(new Observations(City.SEATTLE, YEAR), upload)
                .run();
    }

    /// The output of a task, after that of all that it requires.
    private String output(Task task) throws Exception {
        var known = outputs.get(task);
        if (known != null) {
            return known;
        }
        var trial = TaskTrial.of(task);
        for (var required : task.requires()) {
            trial = trial.given(
                    required, required instanceof Observations upload ? upload(upload.city()) : output(required));
        }
        var written = trial.run().text();
        outputs.put(task, written);
        return written;
    }

    private static String upload(City city) throws IOException {
        return Files.readString(
                DATA.resolve(city == City.SEATTLE ? "seattle" : "new-york").resolve("2012.csv"));
    }
}
