package dev.baton.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.task.Access;
import dev.baton.task.DataInvalid;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.Expect;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Undeclared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskTrialTest {

    @Intent("numbers")
    record Numbers(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/numbers/{year}", this);
        }
    }

    @Intent("an item of them")
    record Summary(Year year) implements Task {
        public List<Numbers> requires() {
            return List.of(new Numbers(year));
        }

        public Target output() {
            return DynamoDbTarget.item("summaries", "id", "{year}", this);
        }

        public void run(TaskRun run) throws IOException {
            run.output().item(Map.of(run.input(new Numbers(year)).text(), 3));
        }
    }

    @Test
    void an_item_is_written_beyond_its_key() throws Exception {
        var summary = new Summary(Year.of(2012));
        var trial = TaskTrial.of(summary);
        assertThat(trial.given(new Numbers(summary.year()), "count").run().item())
                .isEqualTo(Map.of("count", 3L));
        assertThatThrownBy(() -> trial.given(new Numbers(summary.year()), "id").run())
                .isInstanceOf(DataInvalid.class)
                .hasMessageContaining("RUN060");
    }

    @Intent("their sum")
    record Sum(Year year) implements Task {
        private Numbers numbers() {
            return new Numbers(year);
        }

        public List<Task> requires() {
            return List.of(numbers(), new Numbers(year.minusYears(1)).onlyIf(year.isLeap()));
        }

        public Target output() {
            return S3Target.at("s3://lake/sum/{year}", this);
        }

        public List<Access> uses() {
            return List.of(
                    Access.read("s3://lake/reference/"), Access.list("s3://lake/reference/"), Access.secret("key"));
        }

        public void run(TaskRun run) throws IOException {
            var sum = 0L;
            var file = run.input(numbers());
            try (var in = file.reader()) {
                var line = 0;
                for (var text = in.readLine(); text != null; text = in.readLine()) {
                    line++;
                    try {
                        sum += Long.parseLong(text);
                    } catch (NumberFormatException e) {
                        throw file.invalid(line, 1, "expected a number, but was \"" + text + "\"");
                    }
                }
            }
            for (var uri : run.list("s3://lake/reference/")) {
                sum += run.object(uri).size();
            }
            run.output().contentType("text/plain").text(sum + run.secret("key") + run.startedAt());
        }
    }

    private static TaskTrial trial(String numbers) {
        return TaskTrial.of(new Sum(Year.of(2012)))
                .given(new Numbers(Year.of(2012)), numbers)
                .object("s3://lake/reference/a", new byte[3])
                .object("s3://lake/elsewhere/b", new byte[100])
                .secret("key", "k");
    }

    @Test
    void a_task_reads_what_it_is_given_and_writes_what_is_returned() throws Exception {
        var written = trial("1\n2\n").run();

        assertThat(written.text()).isEqualTo("6k2026-01-01T00:00:00Z");
        assertThat(written.uri()).isEqualTo("s3://lake/sum/2012");
        assertThat(written.contentType()).isEqualTo("text/plain");
    }

    @Test
    void invalid_data_is_told_with_its_place() {
        assertThatThrownBy(() -> trial("1\nx\n").run())
                .isInstanceOf(DataInvalid.class)
                .hasMessage("s3://lake/numbers/2012 line 2, column 1: expected a number, but was \"x\"");
        assertThatThrownBy(() -> TaskTrial.of(new Sum(Year.of(2012)))
                        .given(new Numbers(Year.of(2012)), "\u00e9".getBytes(StandardCharsets.ISO_8859_1))
                        .run())
                .isInstanceOf(DataInvalid.class)
                .hasMessage("s3://lake/numbers/2012 line 1: expected UTF-8 text, but byte 0 is E9, where the file"
                        + " ends");
    }

    @Intent("expects a row")
    @Expect(minRows = 1, columns = "n: integer")
    record Expectant(Year year) implements Task {
        public Target output() {
            return S3Target.at("s3://lake/expectant/{year}.csv", this);
        }

        public List<Numbers> requires() {
            return List.of(new Numbers(year));
        }

        public void run(TaskRun run) throws IOException {
            run.output().text("n\n" + run.input(new Numbers(year)).text());
        }
    }

    @Test
    void what_is_expected_of_an_output_is_checked() throws Exception {
        var task = new Expectant(Year.of(2012));
        assertThat(TaskTrial.of(task)
                        .given(new Numbers(task.year()), "7\n")
                        .run()
                        .text())
                .isEqualTo("n\n7\n");
        assertThatThrownBy(() ->
                        TaskTrial.of(task).given(new Numbers(task.year()), "").run())
                .isInstanceOf(DataInvalid.class)
                .hasMessage("s3://lake/expectant/2012.csv: TSK089: expected at least 1 rows, found 0");
    }

    @Intent("reads what it does not declare")
    record Reaching(int what) implements Task {
        public Target output() {
            return S3Target.at("s3://lake/r/{what}", this);
        }

        public void run(TaskRun run) throws IOException {
            switch (what) {
                case 0 -> run.input(new Numbers(Year.of(2012)));
                case 1 -> run.object("s3://lake/reference/a.csv");
                case 2 -> run.list("s3://lake/reference/");
                case 3 -> run.secret("key");
                case 4 -> run.output().stream();
                default -> run.id();
            }
        }
    }

    @Test
    void what_is_not_declared_is_refused_and_the_declaration_is_named() {
        assertThatThrownBy(() -> TaskTrial.of(new Reaching(0)).run())
                .isInstanceOf(Undeclared.class)
                .hasMessage("Reaching[what=0] reads Numbers[year=2012], which its requires() does not name; declare"
                        + " it: add Numbers[year=2012] to requires() of Reaching");
        assertThatThrownBy(() -> TaskTrial.of(new Reaching(1)).run())
                .hasMessageContaining("add Access.read(\"s3://lake/reference/\") to uses() of Reaching");
        assertThatThrownBy(() -> TaskTrial.of(new Reaching(2)).run())
                .hasMessageContaining("add Access.list(\"s3://lake/reference/\") to uses() of Reaching");
        assertThatThrownBy(() -> TaskTrial.of(new Reaching(3)).run())
                .hasMessageContaining("add Access.secret(\"key\") to uses() of Reaching");
        assertThatThrownBy(() -> TaskTrial.of(new Reaching(5)).run()).hasMessage("Reaching[what=5] wrote no output");
        assertThatThrownBy(() -> TaskTrial.of(new Numbers(Year.of(2012))))
                .hasMessage("Numbers[year=2012] has nothing to run");
    }

    @Test
    void a_requirement_that_is_not_needed_cannot_be_read() throws Exception {
        var leap = new Doubtful(Year.of(2012));
        var common = new Doubtful(Year.of(2013));

        assertThat(TaskTrial.of(leap).given(leap.numbers(), "1").run().text()).isEqualTo("1");
        assertThatThrownBy(
                        () -> TaskTrial.of(common).given(common.numbers(), "1").run())
                .isInstanceOf(Undeclared.class)
                .hasMessage("Doubtful[year=2013] reads Numbers[year=2013], which its requires() names as not needed;"
                        + " declare it: let its onlyIf(…) in requires() of Doubtful hold for these parameters, or do"
                        + " not read it");
    }

    @Intent("reads in every year what it needs in leap years")
    record Doubtful(Year year) implements Task {
        Numbers numbers() {
            return new Numbers(year);
        }

        public List<Task> requires() {
            return List.of(numbers().onlyIf(year.isLeap()));
        }

        public Target output() {
            return S3Target.at("s3://lake/doubtful/{year}", this);
        }

        public void run(TaskRun run) throws IOException {
            run.output().text(run.input(numbers()).text());
        }
    }

    @Intent("equal to nothing, not even itself")
    record Aloof(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/aloof/{year}", this);
        }

        @Override
        public boolean equals(Object other) {
            return false;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    @Intent("reads it all the same")
    record Patient(Year year) implements Task {
        public List<Aloof> requires() {
            return List.of(new Aloof(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/patient/{year}", this);
        }

        public void run(TaskRun run) throws IOException {
            run.output().text(run.input(new Aloof(year)).text());
        }
    }

    @Test
    void an_input_is_told_by_its_parameters_whatever_its_own_equals_says() throws Exception {
        var written = TaskTrial.of(new Patient(Year.of(2012)))
                .given(new Aloof(Year.of(2012)), "here")
                .run();

        assertThat(written.text()).isEqualTo("here");
    }

    @Test
    void an_access_is_a_prefix_that_ends_in_a_slash() {
        for (var prefix : List.of("s3://lake/a", "s3://lake/*/", "lake/a/", "s3://lake/${a}/", "s3://Lake/a/")) {
            assertThatThrownBy(() -> Access.read(prefix)).as(prefix).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
