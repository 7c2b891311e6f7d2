package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LocalCloud;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job: `baton run weather` in a home of its own, once, again, and for another year. Signatures, policies,
/// events and executions are real; the figures were computed by hand from the observations.
class RunWeatherTest {
    @TempDir
    private static Path home;

    private static Call first;
    private static Call second;
    private static Call other;
    /// What lies in S3 after it all.
    private static LocalCloud cloud;

    @BeforeAll
    static void run() throws IOException {
        WeatherData.copy(home, 2012, 2013);
        first = Call.in(home, "run", "weather");
        second = Call.in(home, "run", "weather");
        other = Call.in(home, "run", "weather", "--year", "2013", "--json");
        cloud = new LocalCloud(0, home.resolve(".baton/data"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void the_first_upload_is_accepted_and_waits_and_the_second_starts_one_execution_with_a_name() {
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.lines().subList(0, 5))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("compiling   weather …"),
                        line -> assertThat(line).matches("uploaded +s3://lake/landing/seattle/2012\\.csv +12\\.2 kB"),
                        line -> assertThat(line).matches("waiting +for s3://lake/landing/new-york/2012\\.csv"),
                        line -> assertThat(line).matches("uploaded +s3://lake/landing/new-york/2012\\.csv +12\\.2 kB"),
                        line -> assertThat(line)
                                .isEqualTo("left out    2 files that no task of this run reads, such as"
                                        + " new-york/2013.csv"));
        assertThat(first.lines("started")).singleElement().asString().matches("started +weather-2012-[0-9a-f]{32}");
    }

    @Test
    void each_of_the_eleven_tasks_is_told_with_its_role_its_duration_and_its_output() {
        assertThat(first.lines("ran").stream()
                        .map(line -> line.replaceFirst("^ran +", "").replaceAll(" {2,}", "|")))
                .allSatisfy(line -> assertThat(line).matches(".*\\|\\d+\\.\\d\\d s\\|.*"))
                .extracting(line -> line.replaceFirst("\\|\\d+\\.\\d\\d s\\|", " -> "))
                .containsExactlyInAnyOrder(
                        ran("CleanObservations", "seattle", "clean"),
                        ran("CleanObservations", "new-york", "clean"),
                        ran("MonthlyNormals", "seattle", "normals"),
                        ran("MonthlyNormals", "new-york", "normals"),
                        ran("Extremes", "seattle", "extremes"),
                        ran("Extremes", "new-york", "extremes"),
                        ran("WetSpells", "seattle", "spells"),
                        ran("WetSpells", "new-york", "spells"),
                        "CityComparison|baton-weather-CityComparison -> s3://lake/comparison/2012.json",
                        "WeatherSummary|baton-weather-WeatherSummary -> s3://lake/reports/2012.json",
                        "WeatherReport|baton-weather-WeatherReport -> s3://lake/reports/2012.html");
        assertThat(first.lines("succeeded"))
                .singleElement()
                .asString()
                .matches("succeeded +11 tasks ran, 0 were fresh, \\d+\\.\\d\\d s");
    }

    private static String ran(String task, String city, String folder) {
        return task + " " + city + "|baton-weather-" + task + " -> s3://lake/" + folder + "/" + city + "/2012.csv";
    }

    @Test
    void the_report_lies_where_the_last_line_says() throws IOException {
        var line = first.lines().getLast();
        assertThat(line).matches("output +\\S.*2012\\.html");
        var file = Path.of(line.replaceFirst("^output +", ""));
        assertThat(file).isEqualTo(home.resolve(".baton/out/weather/reports/2012.html"));
        assertThat(Files.readString(file)).isEqualTo(object("reports/2012.html"));
    }

    @Test
    void a_second_run_runs_no_task_and_says_that_all_are_fresh() {
        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(second.lines("uploaded")).isEmpty();
        assertThat(second.lines("as before")).hasSize(2);
        assertThat(second.lines("ran")).isEmpty();
        assertThat(second.lines("skipped")).hasSize(11);
        assertThat(second.out()).contains("0 tasks ran: all 11 are fresh");
        for (var key : List.of("clean/seattle/2012.csv", "reports/2012.html")) {
            assertThat(cloud.endpoint()
                            .s3()
                            .listObjectVersions(r -> r.bucket("lake").prefix(key))
                            .versions())
                    .as(key)
                    .hasSize(1);
        }
    }

    @Test
    void another_year_is_run_when_asked_for_and_told_to_programs_as_json() {
        assertThat(other.exit()).as(other.err()).isZero();
        var events = other.lines().stream().map(Json::parseObject).toList();
        assertThat(events)
                .extracting(event -> event.get("event"))
                .startsWith("compiling", "uploaded", "waiting", "uploaded", "uploadsEnded", "notUploaded", "started");
        assertThat(events)
                .filteredOn(event -> "waiting".equals(event.get("event")))
                .singleElement()
                .satisfies(event ->
                        assertThat(event).containsEntry("for", List.of("s3://lake/landing/new-york/2013.csv")));
        assertThat(events)
                .filteredOn(event -> "taskEnded".equals(event.get("event")))
                .hasSize(11)
                .allSatisfy(event -> {
                    assertThat(event).containsEntry("outcome", "RAN");
                    assertThat((Long) event.get("milliseconds")).isNotNegative();
                    assertThat((String) event.get("role")).startsWith("baton-weather-");
                    assertThat((String) event.get("output"))
                            .startsWith("s3://lake/")
                            .contains("2013");
                });
        assertThat(events)
                .filteredOn(event -> "ended".equals(event.get("event")))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("status", "SUCCEEDED")
                        .containsEntry("ran", 11L)
                        .containsEntry("skipped", 0L));
        assertThat(events.getLast()).containsEntry("event", "written");
        assertThat(home.resolve(".baton/out/weather/reports/2013.html")).isNotEmptyFile();
    }

    @Test
    void the_summary_has_the_figures_of_seattle() {
        assertThat(city("seattle"))
                .containsEntry("hottest", day("2012-08-16", 34.4))
                .containsEntry("coldest", day("2012-01-15", -3.3))
                .containsEntry("wettest", day("2012-11-19", 54.1))
                .containsEntry("windiest", day("2012-12-17", 9.5))
                .containsEntry("longest_wet_spell", Map.of("first", "2012-03-09", "days", 14L, "total_mm", 121.3))
                .containsEntry("wet_days", 148L)
                .containsEntry("wet_spells", 19L);
    }

    @Test
    void the_summary_has_the_figures_of_new_york() {
        assertThat(city("new_york"))
                .containsEntry("hottest", day("2012-07-07", 37.2))
                .containsEntry("windiest", day("2012-10-29", 16.2))
                .containsEntry("longest_wet_spell", Map.of("first", "2012-12-07", "days", 5L, "total_mm", 27.7))
                .containsEntry("wet_days", 103L)
                .containsEntry("wet_spells", 9L);
    }

    @Test
    void the_first_month_of_seattle_has_its_means_and_sums() {
        var lines = object("normals/seattle/2012.csv").lines().toList();
        assertThat(lines).hasSize(13);
        var january = lines.get(1).split(",");
        assertThat(lines.getFirst())
                .startsWith("month,temp_max_c,temp_min_c,precipitation_mm,")
                .endsWith(",wet_days");
        assertThat(List.of(january).subList(0, 4)).containsExactly("1", "7.1", "1.5", "173.3");
        assertThat(january[5]).isEqualTo("21");
    }

    @Test
    void the_report_shows_the_same_figures_to_people() {
        var text = object("reports/2012.html").replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
        assertThat(text)
                .contains("Seattle, Jan: 1.5 to 7.1 °C", "Seattle, Jan: 173.3 mm")
                .contains("34.4", "54.1", "9.5", "37.2", "16.2", "121.3", "27.7");
        assertThat(object("reports/2012.html")).contains("<svg");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> city(String name) {
        var summary = Json.parseObject(object("reports/2012.json"));
        assertThat(summary).containsEntry("year", 2012L).containsKey(name);
        return (Map<String, Object>) summary.get(name);
    }

    private static Map<String, Object> day(String date, double value) {
        return Map.of("date", date, "value", value);
    }

    private static String object(String key) {
        return cloud.endpoint()
                .s3()
                .getObjectAsBytes(r -> r.bucket("lake").key(key))
                .asUtf8String();
    }
}
