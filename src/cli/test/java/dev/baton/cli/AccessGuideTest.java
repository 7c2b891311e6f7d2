package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.gate.GatePolicy;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page about access cannot lie: its commands run, its policy file is read, its roles and answers are those that
/// are.
class AccessGuideTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path GUIDE = ROOT.resolve("src/site/markdown/access.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);

    @Test
    void every_command_that_needs_no_other_revision_ends_well() throws IOException {
        var commands = blocks("sh").stream().flatMap(String::lines).toList();

        assertThat(commands).hasSize(5).allMatch(command -> command.startsWith("./baton "));
        for (var command : commands) {
            // In a copy of the sources there may be not Git.
            var words = command.substring("./baton ".length())
                    .replace("HEAD statemachines", "statemachines statemachines")
                    .replace("statemachines/weather/definition.asl.json", "../../statemachines/weather/definition.asl.json")
                    .split(" ");
            var call = Call.in(ROOT, words);
            assertThat(call.exit()).as(command + call.out() + call.err()).isZero();
        }
    }

    @Test
    void what_it_shows_of_an_answer_is_what_the_command_answers() throws IOException {
        var call = Call.of(
                "access", "weather", "--who", "WetSpells", "--action", "s3:GetObject",
                "--resource", "s3://lake/landing/seattle/2012.csv");

        assertThat(call.out()).startsWith(blocks("").getFirst());
    }

    @Test
    void its_policy_file_is_read() throws IOException {
        var policy = GatePolicy.parse("guide", blocks("json").getFirst());

        assertThat(policy.approvals()).hasSize(1);
        assertThat(policy.ceiling()).isNotNull();
    }

    @Test
    void its_table_names_the_roles_that_there_are() throws IOException {
        var pipeline = Compiler.compile(Weather.PIPELINE);
        var told = Files.readString(GUIDE)
                .lines()
                .filter(line -> line.startsWith("| `baton-weather-"))
                .flatMap(line -> Pattern.compile("`(baton-weather)?(-[A-Za-z-]+)`").matcher(line.split("\\|")[1]).results())
                .map(found -> "baton-weather" + found.group(2))
                .collect(Collectors.toSet());

        assertThat(told).contains(pipeline.deployRole().name(), "baton-weather-WetSpells-runner");
        told.remove(pipeline.deployRole().name());
        assertThat(pipeline.roles()).extracting(role -> role.name()).containsAll(told);
        // Every kind of role is told.
        assertThat(pipeline.roles().stream()
                        .filter(role -> told.contains(role.name()))
                        .map(role -> role.kind()))
                .containsAll(pipeline.roles().stream().map(role -> role.kind()).toList());
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
