package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.baton.json.Json;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `baton diff-runs` on runs of the example: what differs first along the data is named first.
class DiffRunsTest {
    @TempDir
    private static Path home;

    private static DeployedPipeline weather;
    private static String good = "";
    private static String same = "";
    private static String cut = "";

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        weather = new DeployedPipeline(Weather.PIPELINE);
        weather.tell(home);
        weather.upload("landing/new-york/2012.csv", WeatherData.of("new-york", 2012));
        good = ended(weather.upload("landing/seattle/2012.csv", WeatherData.of("seattle", 2012)));
        same = ended(weather.upload("landing/seattle/2012.csv", WeatherData.of("seattle", 2012)));
        var begun = WeatherData.of("seattle", 2012).lines().limit(42).collect(Collectors.joining("\n", "", "\n"));
        cut = ended(weather.upload("landing/seattle/2012.csv", begun));
    }

    private static String ended(List<Map<String, @Nullable Object>> started) throws InterruptedException {
        assertThat(started).singleElement().satisfies(one -> assertThat(one).containsEntry("outcome", "started"));
        weather.ended(started.getFirst().get("execution"));
        return String.valueOf(started.getFirst().get("name"));
    }

    @AfterAll
    static void stop() {
        weather.close();
    }

    private static Call diff(String... words) {
        return Call.in(
                home, Stream.concat(Stream.of("diff-runs"), Stream.of(words)).toArray(String[]::new));
    }

    @Test
    void the_upload_that_was_cut_off_is_named_before_all_that_came_of_it() {
        var call = diff(good, cut);

        assertThat(call.err()).isEmpty();
        assertThat(call.exit()).isZero();
        assertThat(call.lines().getFirst()).isEqualTo("data drift: rows 366 -> 41 in landing/seattle/2012.csv");
        assertThat(call.lines("parameters")).singleElement().asString().matches("parameters +year=2012 +year=2012");
        assertThat(call.lines("error")).singleElement().asString().endsWith("dev.baton.task.DataInvalid");
        var differing = call.lines().stream()
                .dropWhile(line -> !line.startsWith("WHAT DIFFERS"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                // What the failure broke off of the other city is a matter of milliseconds.
                .filter(line -> !line.contains(" new-york "))
                .toList();
        assertThat(differing).hasSize(8);
        assertThat(differing.getFirst())
                .startsWith(
                        "Observations seattle          data drift  rows 366 -> 41; different values of date 366 -> 41")
                .endsWith("; and 13 more");
        assertThat(differing.get(1))
                .isEqualTo("CleanObservations seattle     not made    s3://lake/clean/seattle/2012.csv is in A only");
        assertThat(differing.getLast()).startsWith("WeatherReport");
    }

    @Test
    void runs_of_the_same_bytes_do_not_differ() {
        var call = diff(good, same);
        assertThat(call.lines().getFirst())
                .isEqualTo("nothing differs: parameters, code, configuration, inputs and outputs are the same");
        assertThat(call.lines("MonthlyNormals new-york"))
                .singleElement()
                .asString()
                .contains("RAN", "SKIPPED");
        assertThat(Json.parseObject(diff(good, same, "--json").out()))
                .containsEntry("first", null)
                .containsEntry("differences", List.of());
    }

    @Test
    void parameters_name_the_newest_run_with_them_and_alone_the_one_before_too() {
        var call = diff("year=2012");

        assertThat(call.lines("execution").getFirst()).contains(same, cut);
        assertThat(call.lines().getFirst()).isEqualTo("data drift: rows 366 -> 41 in landing/seattle/2012.csv");
        assertThat(diff(good, "year=2012").lines("execution").getFirst()).contains(good, cut);
    }

    @Test
    void a_program_is_told_both_profiles_and_the_order() {
        var json = Json.parseObject(diff(good, cut, "--json").out());

        assertThat(json).containsEntry("headline", "data drift: rows 366 -> 41 in landing/seattle/2012.csv");
        assertThat(json.get("first")).asInstanceOf(MAP).containsEntry("node", "Observations seattle");
        assertThat(json.get("nodes"))
                .asInstanceOf(LIST)
                .filteredOn(node -> ((Map<?, ?>) node).get("node").equals("Observations seattle"))
                .singleElement()
                .satisfies(node -> {
                    assertThat(profile(node, "a").get("rows")).isEqualTo(366L);
                    assertThat(profile(node, "b").get("rows")).isEqualTo(41L);
                });
    }

    private static Map<?, ?> profile(Object node, String side) {
        return (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) node).get(side)).get("profile");
    }

    @Test
    void an_upload_that_is_gone_is_told_and_compared_by_its_size() throws IOException, InterruptedException {
        weather.upload("landing/new-york/2013.csv", WeatherData.of("new-york", 2013));
        var first = ended(weather.upload("landing/seattle/2013.csv", "date\n2013-01-01\n"));
        var gone = weather.versions("landing/seattle/2013.csv").getFirst().versionId();
        var second = ended(weather.upload("landing/seattle/2013.csv", "date\n"));
        weather.endpoint()
                .s3()
                .deleteObject(request ->
                        request.bucket("lake").key("landing/seattle/2013.csv").versionId(gone));
        var call = diff(first, second);

        assertThat(call.exit()).isZero();
        assertThat(call.err()).contains("warning CLI072 at s3://lake/landing/seattle/2013.csv", gone);
        assertThat(call.lines().getFirst()).isEqualTo("content: 16 -> 5 bytes in landing/seattle/2013.csv");
    }

    @Test
    void what_is_asked_wrongly_is_told_with_what_helps() throws InterruptedException {
        assertThat(diff(good, "year=1890").err()).contains("CLI067 at year=1890", "none of the newest ");
        assertThat(diff(good, "year=2012,=").err()).contains("CLI068", "\"=\" is not a parameter and its value");
        assertThat(diff(good, "year=2012,year=2013").err()).contains("CLI068", "year is there twice");
        assertThat(diff(good, "gud").err()).contains("CLI015 at gud");
        assertThat(diff(good).exit()).isEqualTo(2);
        var early = weather.start(Map.of("year", 1999L));
        weather.ended(early);
        assertThat(diff(good, early).err()).contains("CLI069", "ended before its inputs were pinned");
    }
}
