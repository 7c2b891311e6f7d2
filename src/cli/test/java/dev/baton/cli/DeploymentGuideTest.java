package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.environment.Environments;
import dev.baton.json.Json;
import dev.baton.run.ExecutionInput;
import dev.baton.run.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The deployment guide cannot lie as far as it can be known without an account: its commands exist and take these
/// words, its files are there, its environments are read, the input that it types into the console is one.
class DeploymentGuideTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path GUIDE = ROOT.resolve("src/site/markdown/deploying.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

    @Test
    void every_command_of_baton_takes_the_words_that_the_guide_gives_it() throws IOException {
        var commands = lines("sh").filter(line -> line.startsWith("./baton ")).toList();
        commands = Stream.concat(
                        commands.stream(),
                        lines("yaml")
                                .map(String::strip)
                                .filter(line -> line.startsWith("- run: ./baton "))
                                .map(line -> line.substring("- run: ".length())))
                .toList();

        assertThat(commands).hasSizeGreaterThan(10);
        for (var command : commands) {
            var words = command.substring("./baton ".length()).split(" ");
            assertThat(new CommandLine(new Baton()).parseArgs(words).subcommand())
                    .as(command)
                    .isNotNull();
        }
    }

    @Test
    void every_file_that_a_command_or_a_link_names_is_there() throws IOException {
        var uploads = lines("sh")
                .filter(line -> line.startsWith("aws s3 cp "))
                .map(line -> line.split(" ")[3])
                .toList();
        assertThat(uploads)
                .hasSize(2)
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).isRegularFile());
        var links = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)")
                .matcher(Files.readString(GUIDE))
                .results()
                .map(link -> GUIDE.resolveSibling(link.group(1)))
                .toList();
        assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(link).exists());
    }

    @Test
    void its_environments_are_read_as_they_stand_there() throws IOException {
        var snippets = blocks("json");
        assertThat(snippets).hasSize(4);

        var dev = Environments.parse("guide", "{" + snippets.get(0) + "}").named("dev");
        assertThat(dev.bucket("lake").name()).isEqualTo("example-dev-lake");
        var withOidc = snippets.get(0).strip();
        withOidc = "{" + withOidc.substring(0, withOidc.length() - 1) + ", " + snippets.get(1) + "}}";
        assertThat(Environments.parse("guide", withOidc).named("dev").oidc()).isNotNull();
        var two = Environments.parse("guide", "{" + snippets.get(3) + "}");
        assertThat(two.named("dev").place()).isEqualTo(two.named("stage").place());
        assertThat(two.named("stage").prefix().of("weather")).isEqualTo("stage-weather");
    }

    @Test
    void the_names_in_its_table_of_prefixes_are_those_that_are_made() throws IOException {
        var rows = Files.readString(GUIDE)
                .lines()
                .dropWhile(line -> !line.startsWith("| | without |"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
        assertThat(rows).hasSize(6);
        for (var number : List.of(2, 3)) {
            var prefix = number == 2 ? Prefix.BATON : new Prefix("dev");
            var told =
                    rows.stream().map(row -> row.split("\\|")[number].strip()).toList();
            assertThat(told)
                    .containsExactly(
                            "`" + prefix.of("weather") + "…`",
                            "`" + prefix.rolePath("weather") + "`",
                            "`" + prefix.deployPath() + prefix.of("weather") + "-deploy`",
                            "`"
                                    + String.join(
                                            "`, `",
                                            prefix.foundation(),
                                            prefix.foundation("weather"),
                                            prefix.storage(),
                                            prefix.of("weather"))
                                    + "`",
                            "`" + prefix.source("weather") + "`",
                            "`"
                                    + String.join(
                                            "`, `",
                                            prefix.keyAlias(),
                                            prefix.codeBucket("", "").replace("--", "-…"),
                                            prefix.alarms(),
                                            prefix.repository())
                                    + "`");
        }
    }

    @Test
    void what_it_types_into_the_console_is_an_input() throws IOException {
        assertThat(ExecutionInput.of(Json.parse(blocks("json").get(2))).parameters())
                .isEqualTo(Map.of("year", "2012"));
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static Stream<String> lines(String language) throws IOException {
        return blocks(language).stream().flatMap(String::lines);
    }
}
