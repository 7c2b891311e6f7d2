package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.UploadFolder;
import dev.baton.cli.output.FileFailure;
import dev.baton.graph.CheckedGraph;
import dev.baton.json.Json;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// What the command says to good and to bad calls, and how it ends.
class CommandsTest {
    private static final String GOOD = "{\"StartAt\": \"Done\", \"States\": {\"Done\": {\"Type\": \"Succeed\"}}}";

    @TempDir
    private Path folder;

    @Test
    void help_names_every_command_and_gives_examples_on_one_line_each() {
        var call = Call.of("--help");

        assertThat(call.exit()).isZero();
        assertThat(call.err()).isEmpty();
        assertThat(call.lines()).allMatch(line -> line.length() <= 80, "fits a terminal");
        assertThat(call.out())
                .contains("Usage: baton")
                .contains("A graph of Java tasks, handed to AWS Step Functions.")
                .containsPattern("(?m)^  run +Runs a pipeline on this machine")
                .containsPattern("(?m)^  local +Serves an embedded AWS")
                .containsPattern("(?m)^  synth +Writes the definition")
                .containsPattern("(?m)^  check +Validates definitions")
                .containsPattern("(?m)^  explain +Prints the cause and the remedy");
        var examples = call.lines()
                .subList(call.lines().indexOf("Examples:") + 1, call.lines().size());
        assertThat(examples).isNotEmpty().allMatch(line -> line.startsWith("  baton "));
    }

    static Stream<String> commands() {
        return new CommandLine(new Baton()).getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void each_command_has_a_help_of_its_own(String command) {
        var call = Call.of(command, "--help");

        assertThat(call.exit()).isZero();
        assertThat(call.out()).startsWith("Usage: baton " + command + " ").contains("--help");
        assertThat(call.lines()).allMatch(line -> line.length() <= 80, "fits a terminal");
        assertThat(call.out()).as("the examples of baton --help").doesNotContain("Examples:", "  baton run weather  ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void no_line_of_a_synopsis_is_broken_by_the_terminal(String command) {
        var synopsis = new CommandLine(new Baton())
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .usageMessage()
                .customSynopsis();

        for (var i = 0; i < synopsis.length; i++) {
            assertThat((i == 0 ? "Usage: " : "") + synopsis[i]).hasSizeLessThanOrEqualTo(80);
        }
    }

    @Test
    void the_version_names_baton_and_java() {
        assertThat(Call.of("--version").out()).startsWith("baton ").contains("Java " + Runtime.version());
    }

    @Test
    void words_that_are_no_call_end_with_2_and_the_usage() {
        assertThat(Call.of().exit()).isEqualTo(2);
        assertThat(Call.of().err()).contains("Missing required subcommand").contains("Usage: baton");
        assertThat(Call.of("wether").exit()).isEqualTo(2);
        assertThat(Call.of("wether").err()).contains("'wether'");
        assertThat(Call.of("synth", "weather", "--what").exit()).isEqualTo(2);
        assertThat(Call.of("synth", "weather", "--what").err()).contains("Unknown option: '--what'");
        assertThat(Call.of("check").exit()).isEqualTo(2);
        assertThat(Call.of("explain").exit()).isEqualTo(2);
        assertThat(Call.of("local", "--port", "99999").exit()).isEqualTo(2);
        assertThat(Call.of("local", "--port", "99999").err())
                .startsWith("--port is a number from 0 to 65535, but was 99999");
        assertThat(Call.of("status", "--last", "0").err()).startsWith("--last is a number from 1 on, but was 0");
    }

    @Test
    void what_is_off_is_told_with_what_was_perhaps_meant_and_not_pushed_off_the_screen() {
        assertThat(Call.of("rnu", "weather").err())
                .startsWith("There is no command 'rnu'; there are run, local, deploy, ")
                .contains("baton --help tells the rest.");
        assertThat(Call.of("synth", "weather", "--outptu", "x").err()).contains("--output", "baton synth --help");
        for (var command : commands().toList()) {
            var call = Call.of(command, "--no-such-option");
            assertThat(call.err().lines().count()).as(command).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void a_place_that_cannot_be_written_to_is_told_with_the_reason() throws IOException {
        var taken = file("taken", "");
        assertThat(Call.of("synth", "weather", "-o", taken).err())
                .startsWith("error CLI009 at " + taken)
                .contains("is a file; a folder is needed there");
        assertThat(Call.of("graph", "weather", "-o", folder.toString()).err())
                .startsWith("error CLI009 at " + folder)
                .contains("Is a directory");
        var nowhere = folder.resolve("none/x.svg").toString();
        assertThat(Call.of("graph", "weather", "-o", nowhere).err())
                .startsWith("error CLI009 at " + nowhere)
                .contains("the folder that it is in, is not there");
        assertThat(FileFailure.of(new UncheckedIOException(new IOException("No space left on device"))))
                .hasValueSatisfying(finding -> assertThat(finding.toString()).contains("CLI009", "No space left"));
        assertThat(FileFailure.of(new IOException("the line is dead"))).isEmpty();
    }

    @Test
    void a_folder_that_is_given_for_a_file_is_told_as_one() {
        assertThat(Call.of("structure", folder.toString()).err())
                .contains("error CLI002 at " + folder, "is a folder, not a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "synth"})
    void a_pipeline_that_is_not_there_is_told_with_those_that_are(String command) {
        var call = Call.of(command, "wether");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err())
                .startsWith("error CLI001 at wether")
                .containsPattern("there are .*snooping.*weather")
                .contains("--jar");
    }

    @Test
    void a_jar_that_is_not_there_is_told() {
        var call =
                Call.of("synth", "weather", "--jar", folder.resolve("none.jar").toString());

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).startsWith("error CLI002 at ").contains("none.jar");
    }

    @Test
    void a_jar_that_is_none_is_told_and_not_passed_over() throws IOException {
        var text = file("own.jar", "no jar");

        assertThat(Call.of("synth", "weather", "--jar", text).err())
                .startsWith("error CLI029 at " + text + "\n  is not a jar: ")
                .contains("target/shop.jar");
    }

    @Test
    void a_port_that_is_taken_is_told_with_its_number() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());

            assertThat(Call.in(folder, "local", "--bare", "--port", port).err())
                    .startsWith("error CLI008 at the embedded AWS\n  cannot start on port " + port + ": ");
        }
    }

    @Test
    void a_run_without_uploads_is_told_where_to_put_them() throws IOException {
        var call = Call.in(folder, "run", "weather");
        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).startsWith("error CLI004 at ").contains("s3://lake/landing/{city}/{year}.csv");

        var none = Call.in(folder, "run", "weather", "--data", file("data", ""));
        assertThat(none.err()).startsWith("error CLI004 at ").contains("is not a folder; weather awaits");

        var year = Call.in(folder, "run", "weather", "--year", "1999");
        assertThat(year.exit()).isEqualTo(1);
        assertThat(year.err()).startsWith("error CLI004 at ").contains("s3://lake/landing/seattle/1999.csv");
    }

    @Test
    void parameters_that_are_none_are_told() {
        assertThat(parameters("--year", "MMXII")).contains("\"year\"", "MMXII");
        assertThat(parameters("--yaer", "2012")).contains("--yaer", "--year");
        assertThat(parameters("--frehs")).contains("--frehs", "--year").doesNotContain("has no value");
        assertThat(parameters("--year")).contains("--year has no value");
        assertThat(parameters("--year", "2012", "--year=2013")).contains("--year is given twice");
        assertThat(parameters("2012")).contains("\"2012\" belongs to no parameter");
    }

    private String parameters(String... words) {
        var all = new ArrayList<>(List.of("run", "weather"));
        all.addAll(List.of(words));
        var call = Call.in(folder, all.toArray(String[]::new));
        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).startsWith("error CLI005 at baton run weather\n").doesNotContain("\tat ");
        return call.err();
    }

    @Test
    void a_folder_behind_a_symbolic_link_holds_uploads_too() throws IOException {
        WeatherData.copy(folder, 2012);
        var data = folder.resolve("statemachines/weather/data");
        var link = Files.createSymbolicLink(folder.resolve("link"), data);
        var graph = CheckedGraph.of(Weather.PIPELINE).orThrow();

        assertThat(new UploadFolder(link).firstRun(graph)).containsExactlyEntriesOf(Map.of("year", "2012"));
    }

    @Test
    void a_good_definition_is_found_good() throws IOException {
        var call = Call.of("check", file("good.asl.json", GOOD));

        assertThat(call.exit()).isZero();
        assertThat(call.out()).isEqualTo("1 file checked: 0 errors, 0 warnings" + System.lineSeparator());
        assertThat(Call.of("check", "--json", file("good.asl.json", GOOD)).out())
                .isEmpty();
    }

    @Test
    void a_bad_definition_is_told_with_its_place() throws IOException {
        var bad = file("bad.asl.json", """
                {
                  "StartAt": "Shipp",
                  "States": {
                    "Ship": { "Type": "Succeed" }
                  }
                }
                """);
        var call = Call.of("check", bad, file("good.asl.json", GOOD));

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.out())
                .containsPattern("error ASL\\d{3} at " + Pattern.quote(bad) + ":2:")
                .contains("Shipp")
                .contains("  Mend: ")
                .contains("2 files checked: ");
    }

    @Test
    void findings_are_told_to_programs_as_json() throws IOException {
        var text = file("text.asl.json", "no JSON");
        var missing = folder.resolve("none.asl.json").toString();
        var call = Call.of("check", "--json", text, missing);

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).isEmpty();
        assertThat(call.lines().stream().map(Json::parseObject))
                .satisfiesExactly(
                        finding -> assertThat(finding)
                                .containsEntry("severity", "error")
                                .containsEntry("code", "ASL001")
                                .containsEntry("location", text)
                                .containsEntry("line", 1L)
                                .containsEntry("column", 1L)
                                .containsKeys("pointer", "message", "remedy"),
                        finding -> assertThat(finding)
                                .containsEntry("severity", "error")
                                .containsEntry("code", "CLI002")
                                .containsEntry("location", missing)
                                .containsKeys("message", "remedy"));
    }

    @Test
    void a_file_that_cannot_be_read_keeps_no_other_from_being_checked() throws IOException {
        var latin = folder.resolve("latin.asl.json");
        Files.write(latin, new byte[] {'{', '"', (byte) 0xe9, '"', '}'});
        var call = Call.of(
                "check",
                folder.resolve("none.asl.json").toString(),
                folder.toString(),
                latin.toString(),
                file("text.asl.json", "no JSON"));

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.out())
                .contains("error CLI002 at " + folder.resolve("none.asl.json"))
                .contains("error CLI002 at " + folder + System.lineSeparator())
                .contains("error CLI003 at " + latin)
                .contains("error ASL001 at ")
                .contains("4 files checked: 4 errors, 0 warnings");
    }

    @Test
    void a_code_is_explained_with_cause_and_remedy() {
        var call = Call.of("explain", "tsk007");

        assertThat(call.exit()).isZero();
        assertThat(call.out()).startsWith("# TSK007").contains("To mend");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TSK999", "nonsense", "../TSK007"})
    void a_code_that_nothing_bears_is_told(String code) {
        var call = Call.of("explain", code);

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("no finding has the code " + code);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
