package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `baton run` uploads, and that it speaks of the run that was asked for.
class RunTellsTest {
    @TempDir
    private Path home;

    private Path data;

    @BeforeEach
    void files() throws IOException {
        data = home.resolve("files");
        put("rules/2026.txt", "be kind".getBytes());
        put("offers/east/2026.gz", zipped("pears\n"));
        put("weights/a.txt", "1 kg ".getBytes());
        put("weights/deep/b.txt", "2 kg ".getBytes());
        put("notes.md", "not ours".getBytes());
    }

    private void put(String name, byte[] content) throws IOException {
        var file = data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes());
        }
        return bytes.toByteArray();
    }

    private Call run(String... words) {
        return Call.in(
                home,
                Stream.concat(Stream.of("run", words[0], "--data", data.toString()), Arrays.stream(words).skip(1))
                        .toArray(String[]::new));
    }

    @Test
    void what_tasks_read_beside_their_inputs_is_uploaded_and_what_is_not_is_said() throws IOException {
        var call = run("market", "--side", "east", "--year", "2026");

        assertThat(call.exit()).as(call.out() + call.err()).isZero();
        assertThat(call.lines().getFirst()).isEqualTo("compiling   market …");
        assertThat(call.lines("uploaded"))
                .anyMatch(line -> line.contains("s3://lake/weights/a.txt"))
                .anyMatch(line -> line.contains("s3://lake/weights/deep/b.txt"))
                .hasSize(4);
        assertThat(call.out()).contains("left out    notes.md, which no task of this run reads\n");
        assertThat(home.resolve(".baton/out/market/stalls/east/2026.txt")).hasContent("1 kg 2 kg pears\n");
    }

    @Test
    void the_exit_code_is_that_of_the_run_that_was_asked_for_and_another_has_one_line() throws IOException {
        put("offers/west/2026.gz", zipped("nuts\n"));
        // The west waits for the rules alone; they are uploaded for the east.
        var west = run("market", "--side", "west", "--year", "2026");
        assertThat(west.exit()).isEqualTo(1);
        put("rules/2026.txt", "be kinder".getBytes());

        var east = run("market", "--side", "east", "--year", "2026");

        assertThat(east.exit()).as(east.out() + east.err()).isZero();
        assertThat(east.lines("beside"))
                .singleElement()
                .asString()
                .matches("beside +market-west-2026-[0-9a-f]{32} started too; it is not followed, and ends with this"
                        + " command");
        assertThat(east.out().lines().filter(line -> line.contains("west"))).hasSizeLessThanOrEqualTo(2);
        assertThat(east.lines("waiting")).hasSizeLessThanOrEqualTo(1);
        assertThat(east.lines("started")).singleElement().asString().contains("market-east-2026-");
    }

    @Test
    void all_missing_files_are_named_at_once() {
        var call = run("market", "--side", "west", "--year", "2027");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err())
                .contains("error CLI004 at ")
                .contains("holds no file for s3://lake/rules/2027.txt, s3://lake/offers/west/2027.gz.");
    }

    @Test
    void a_compressed_file_that_is_cut_off_is_told_with_its_name_and_place_and_not_tried_again() throws IOException {
        put("offers/east/2026.gz", Arrays.copyOf(zipped("pears\n"), 12));
        var call = run("market", "--side", "east", "--year", "2026");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.out())
                .contains("dev.baton.task.DataInvalid")
                .contains("s3://lake/offers/east/2026.gz: cannot be decoded; byte 12, its end, was reached when"
                        + " EOFException")
                .doesNotContain("attempt 2");
    }

    @Test
    void a_parameter_that_is_called_like_an_option_is_given_with_its_own_form() throws IOException {
        put("paints/x/y.txt", "red".getBytes());

        var call = run("signs", "--param.data=x", "--param.jar", "y");
        assertThat(call.exit()).as(call.out() + call.err()).isZero();
        assertThat(call.err()).contains("warning TSK075 at signs/Sign").contains("--param.data=VALUE");
        assertThat(home.resolve(".baton/out/signs/signs/x/y.txt")).hasContent("x and y");

        assertThat(run("signs", "--data", "x").err())
                .startsWith("option '--data' (DIR) should be specified only once")
                .contains("a parameter of that name is given as --param.data=VALUE");
        assertThat(run("signs", "--param.data=x").err())
                .contains("error CLI005")
                .contains("give each parameter once: --param.data=VALUE --param.jar=VALUE");
        assertThat(run("signs", "--param.day=x").err())
                .contains("--day is neither an option of run nor a parameter of signs, which has --param.data,"
                        + " --param.jar");
    }
}
