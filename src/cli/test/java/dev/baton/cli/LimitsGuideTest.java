package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.graph.CheckedGraph;
import dev.baton.graph.Declarations;
import dev.baton.task.Pipeline;
import dev.baton.weather.WeatherReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The page about costs and limits cannot lie: its figures are those of the code, its commands take their words.
class LimitsGuideTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path GUIDE = ROOT.resolve("src/site/markdown/limits.md");
    private static final String DEFINITION = "statemachines/weather/definition.asl.json";

    @Test
    void the_cost_of_the_example_is_what_the_command_says() throws IOException {
        var call = Call.in(ROOT, "check", "--cost", "../../" + DEFINITION);

        assertThat(call.out()).contains(" transitions, $");
        assertThat(Files.readString(GUIDE))
                .contains("\n" + DEFINITION + call.lines().getFirst().replaceFirst(".*definition.asl.json", "") + "\n");
    }

    @Test
    void its_figures_are_those_that_hold() throws IOException {
        var page = Files.readString(GUIDE);

        assertThat(page)
                .contains("| tasks in a graph | "
                        + NumberFormat.getInstance(Locale.ROOT).format(CheckedGraph.LIMIT) + " ")
                .contains("| an attempt on Lambda | " + Declarations.LAMBDA_LIMIT.toMinutes() + " minutes, ");
        assertThat(Pipeline.of("a".repeat(40), WeatherReport.class).name()).hasSize(40);
        assertThatThrownBy(() -> Pipeline.of("a".repeat(41), WeatherReport.class))
                .hasMessageContaining("1 to 40");
    }

    @Test
    void the_services_of_a_laptop_are_those_that_the_command_names() throws IOException {
        var help = Call.of("local", "--help").out().replaceAll("\\s+", " ");
        var services =
                help.substring(help.indexOf("stopped: ") + "stopped: ".length(), help.indexOf(". The pipelines"));

        assertThat(Files.readString(GUIDE).replaceAll("\\s+", " ")).contains("The embedded AWS is " + services + ",");
    }

    @Test
    void every_command_takes_the_words_that_the_page_gives_it() throws IOException {
        var commands = Files.readString(GUIDE)
                .lines()
                .filter(line -> line.startsWith("./baton "))
                .toList();

        assertThat(commands)
                .hasSize(4)
                .allSatisfy(command -> assertThat(new CommandLine(new Baton())
                                .parseArgs(
                                        command.substring("./baton ".length()).split(" "))
                                .subcommand())
                        .isNotNull());
    }
}
