package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `baton run --mock FILE`: a pipeline runs whose service no laptop has.
class MockedRunTest {
    private static final String MOCKS = """
            {"mocks": [
              {"resource": "arn:aws:states:::glue:startJobRun.sync", "parameters": {"JobName": "count-boats"},
               "answers": [{"result": {"JobRun": {"Id": "jr_1", "JobRunState": "SUCCEEDED"}},
                            "fieldValidationMode": "NONE"}]},
              {"state": "Nowhere", "answers": [{"result": 1}]}]}""";

    @TempDir
    private Path home;

    @BeforeEach
    void uploadALine() throws IOException {
        Files.createDirectories(home.resolve("data/finishes"));
        Files.writeString(home.resolve("data/finishes/2026.txt"), "ann, bob");
    }

    private Call run(String mocks, String... more) throws IOException {
        var file = Files.writeString(home.resolve("mocks.json"), mocks);
        var words = new ArrayList<>(List.of("run", "counting", "--year", "2026", "--mock", file.toString()));
        words.addAll(List.of("--data", home.resolve("data").toString()));
        words.addAll(List.of(more));
        return Call.in(home, words.toArray(String[]::new));
    }

    @Test
    void a_glue_job_is_answered_by_its_mock_and_the_run_says_so() throws IOException {
        var told = run(MOCKS);
        assertThat(told.exit()).as(told.out() + told.err()).isZero();
        assertThat(told.lines("mocked")).singleElement().asString().contains("has answers of mocks: Call for Count");
        assertThat(told.err()).contains("LOC026", "/mocks/1").doesNotContain("/mocks/0");
        assertThat(Files.readString(home.resolve(".baton/out/counting/counts/2026.json")))
                .contains("\"Id\":\"jr_1\"");
    }

    @Test
    void programs_are_told_as_an_event() throws IOException {
        assertThat(run(MOCKS, "--json").out()).contains("\"event\":\"mocked\"", "\"states\":{\"Call for Count\":1}");
    }

    @Test
    void a_file_that_is_wrong_is_refused_before_anything_runs() throws IOException {
        var refused = run("{\"mocks\": [{\"state\": \"Count\"}]}");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("LOC023", "mocks.json:1:12 /mocks/0");
    }
}
