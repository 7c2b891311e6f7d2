package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.revision.Author;
import dev.baton.revision.Revision;
import dev.baton.revision.Stamp;
import dev.baton.run.SourceRevision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
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
    void without_a_revision_it_is_what_the_jars_say_where_they_say_the_same() throws IOException {
        var arguments = with("{}", "dev");
        assertThat(AppOptions.parse(arguments).revision()).isEqualTo(SourceRevision.UNKNOWN);

        var id = "9c0d1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b";
        stamp("a.jar", id);
        var revision = new SourceRevision("git", id, "main", false);
        assertThat(AppOptions.parse(arguments).revision()).isEqualTo(revision);
        assertThat(AppOptions.parse(and(arguments, "--revision", Json.print(SourceRevision.UNKNOWN.toJson())))
                        .revision())
                .as("what is given wins")
                .isEqualTo(SourceRevision.UNKNOWN);
        var other = stamp("b.jar", id.replace('9', '8')).toString();
        assertThat(AppOptions.parse(and(arguments, "--jar", other)).revision()).isEqualTo(SourceRevision.UNKNOWN);

        jar("a.jar", "{}");
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(said()).startsWith("error REV009 at ");
    }

    private Path stamp(String name, String id) throws IOException {
        var author = new Author("Ada", "ada@example.org");
        return jar(
                name,
                Stamp.text(new Revision(
                        "git", id, "main", List.of(), author, Instant.EPOCH, "", List.of(), false, List.of(), 0, "")));
    }

    private Path jar(String name, String stamp) throws IOException {
        var jar = folder.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(Stamp.PATH));
            out.write(stamp.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static String[] and(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
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
