package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.Synthesis;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `baton synth`: the files of a good pipeline, the findings of a wrong one.
class SynthTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cyclic        | TSK003 | requires itself: Hen -> Egg -> Hen
            one-target    | TSK002 | both write s3://lake/twins/
            self-starting | TSK007 | the pipeline would start itself for ever
            no-intent     | TSK001 | no intent is given
            """)
    void a_pipeline_that_cannot_be_is_refused_with_a_code_and_a_remedy(String name, String code, String words) {
        var call = Call.in(home, "synth", name);

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.out()).isEmpty();
        assertThat(call.err())
                .contains("error " + code + " at " + name + "/")
                .contains(words)
                .contains("  Mend: ")
                .contains("(baton explain " + code + ")")
                .doesNotContain("\tat ", "Exception", "should have been a finding");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        var call = Call.in(home, "synth", "all-wrong");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err())
                .contains("error TSK001 at all-wrong/AllWrong")
                .contains("error TSK001 at all-wrong/Aimless")
                .contains("error TSK002")
                .contains("error TSK007 at all-wrong/Echo");
    }

    @Test
    void a_run_of_a_pipeline_that_cannot_be_ends_the_same_way() {
        var call = Call.in(home, "run", "cyclic");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).contains("error TSK003").doesNotContain("\tat ");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void the_definition_the_policies_and_the_triggers_are_written_and_listed() throws IOException {
        var call = Call.in(home, "synth", "weather");

        assertThat(call.exit()).as(call.err()).isZero();
        assertThat(call.err()).isEmpty();
        var folder = home.resolve("statemachines/weather");
        assertThat(files(folder)).isEqualTo(Synthesis.files(Compiler.compile(Weather.PIPELINE)));
        assertThat(call.lines().subList(0, call.lines().size() - 1))
                .allSatisfy(line -> assertThat(Path.of(line)).isRegularFile())
                .hasSize(files(folder).size());
        assertThat(call.lines().getLast()).matches("baton-weather: \\d+ states, [\\d,]+ bytes, at worst .*");
        assertThat(Call.of("check", folder.resolve("definition.asl.json").toString())
                        .out())
                .contains("1 file checked: 0 errors");
    }

    @Test
    void what_is_committed_for_the_example_is_what_it_becomes() throws IOException {
        var becomes = Synthesis.files(Compiler.compile(Weather.PIPELINE));
        for (var file : becomes.entrySet()) {
            assertThat(WeatherData.EXAMPLE.resolve(file.getKey()))
                    .as("run ./baton synth weather and review what changed")
                    .hasContent(file.getValue());
        }
        for (var folder : List.of("policies", "buckets")) {
            try (var files = Files.list(WeatherData.EXAMPLE.resolve(folder))) {
                assertThat(files.map(file -> folder + "/" + file.getFileName())).allMatch(becomes::containsKey);
            }
        }
    }

    private static TreeMap<String, String> files(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return files;
    }
}
