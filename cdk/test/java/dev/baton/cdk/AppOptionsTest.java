package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the app says before it needs CDK.
class AppOptionsTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | --environment is missing",
                "--environment                        | --environment has no value",
                "--environment dev                    | --jar is missing",
                "--environment dev --jar no.jar       | there is no jar no.jar",
                "--environment dev --revision {       | --revision is none: ",
                "--environment dev --revision {}      | --revision is none: ",
                "--environment dev --stage prod       | there is no option --stage",
            })
    void wrong_arguments_are_told_in_a_sentence_with_the_usage(String arguments, String sentence) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(said()).startsWith(sentence).contains("usage: ");
    }

    @Test
    void an_environment_that_is_not_there_is_told_with_those_that_are() throws IOException {
        assertThat(run(with("{}", "dev"))).isEqualTo(1);
        assertThat(said()).startsWith("error ENV006").doesNotContain("\tat ");
    }

    @Test
    void a_file_that_is_not_there_is_told() throws IOException {
        var arguments = with("{}", "dev");
        Files.delete(folder.resolve("environments.json"));

        assertThat(run(arguments)).isEqualTo(1);
        assertThat(said()).startsWith("cannot read ").contains("environments.json");
    }

    @Test
    void the_guide_to_containers_calls_the_app_with_options_that_there_are() throws IOException {
        var call = Files.readString(Path.of("..", "src", "site", "markdown", "containers.md"))
                .lines()
                .filter(line -> line.startsWith("java ") && line.contains(" " + App.class.getName() + " "))
                .toList();

        assertThat(call).hasSize(1);
        var words = call.getFirst().split(" ");
        assertThat(List.of(words).stream().filter(word -> word.startsWith("--")))
                .contains("--environment", "--jar", "--output")
                .allSatisfy(option -> assertThat(AppOptions.USAGE).contains(option));
    }

    private String[] with(String environments, String name) throws IOException {
        var file = Files.writeString(folder.resolve("environments.json"), environments);
        var jar = Files.createFile(folder.resolve("a.jar"));
        var arguments = new ArrayList<>(List.of("--environment", name));
        arguments.addAll(List.of("--environments", file.toString(), "--jar", jar.toString()));
        return arguments.toArray(String[]::new);
    }

    private int run(String... arguments) {
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return App.run(stream, stream, arguments);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
