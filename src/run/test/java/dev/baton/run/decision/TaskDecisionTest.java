package dev.baton.run.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.run.CompletionRecord;
import dev.baton.run.PinnedObject;
import dev.baton.run.Reason;
import dev.baton.run.SourceRevision;
import dev.baton.task.CompleteWhen;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One test per cause, by the sentence that people read.
class TaskDecisionTest {
    private static final String URI = "s3://lake/tables/2012.json";
    private static final Instant THEN = Instant.parse("2026-11-22T04:00:00Z");
    private static final PinnedObject RAW = new PinnedObject("s3://lake/raw/2012.csv", "r1", "a".repeat(64), 366);
    private static final PinnedObject CLEAN = new PinnedObject("s3://lake/clean/2012.csv", "c1", "b".repeat(64), 41);
    private static final SourceRevision BEFORE = new SourceRevision("hg", "4f2a91c0aa", "default", false);
    private static final SourceRevision NOW = new SourceRevision("hg", "81bd0e7fff", "default", false);
    private static final Map<String, String> CODE =
            Map.of("class own.Tables", "1", "class own.Csv", "2", "jar fastcsv-4.4.0.jar", "3");

    private record Tables(int year) {}

    @CompleteWhen(CompleteWhen.Rule.EXISTS)
    private record Kept(int year) {}

    private static Basis basis(Map<String, String> code, Map<String, String> configuration, PinnedObject... inputs) {
        return basis(Tables.class, code, configuration, NOW, inputs);
    }

    private static Basis basis(
            Class<?> type,
            Map<String, String> code,
            Map<String, String> configuration,
            SourceRevision revision,
            PinnedObject... inputs) {
        return new Basis(
                type,
                new TreeMap<>(code).toString(),
                () -> new TreeMap<>(code),
                revision,
                Map.of("year", "2012"),
                configuration,
                List.of(inputs).stream()
                        .map(input -> new Basis.Input(
                                input.uri().contains("clean") ? "CleanObservations" : input.uri(), input))
                        .toList());
    }

    private static CompletionRecord record(Basis made, Map<String, String> code) {
        return new CompletionRecord(
                made.taskClass().getName(),
                made.parameters(),
                "weather",
                "arn",
                "run-1",
                THEN,
                new PinnedObject(URI, "v1", "c".repeat(64), 7),
                made.inputs().stream().map(Basis.Input::object).toList(),
                made.fingerprint(),
                made.codeHash(),
                code,
                List.of(new Reason("never-made", "its output was never made")),
                made.configuration(),
                BEFORE,
                "session",
                THEN,
                THEN,
                1,
                null);
    }

    private static final Basis MADE = basis(CODE, Map.of(), RAW, CLEAN);

    private static String decide(Basis now, @Nullable FoundOutput found, @Nullable CompletionRecord record) {
        return TaskDecision.of(now, URI, found, record).about("Tables 2012", "ran");
    }

    private static String after(Basis now) {
        return decide(now, new FoundOutput("v1", MADE.fingerprint()), record(MADE, CODE));
    }

    @Test
    void what_is_as_it_was_made_is_fresh() {
        assertThat(after(MADE)).isEqualTo("Tables 2012 is fresh");
        assertThat(decide(MADE, new FoundOutput("v9", MADE.fingerprint()), null))
                .isEqualTo("Tables 2012 is fresh");
    }

    @Test
    void what_is_forced_runs_for_that_and_for_what_else_there_is() {
        var found = new FoundOutput("v1", MADE.fingerprint());
        assertThat(TaskDecision.of(MADE, URI, found, record(MADE, CODE), "user/ada")
                        .about("Tables 2012", "ran"))
                .isEqualTo("Tables 2012 ran: forced by user/ada");
        assertThat(TaskDecision.of(MADE, URI, null, record(MADE, CODE), "user/ada")
                        .about("Tables 2012", "ran"))
                .isEqualTo("Tables 2012 ran: forced by user/ada; its output " + URI
                        + ", which run run-1 made, is not there any more");
        assertThat(new Cause.Forced("user/ada").reason()).isEqualTo(new Reason("forced", "forced by user/ada"));
    }

    @Test
    void an_input_made_anew_with_the_same_bytes_is_told_of_and_changes_nothing() {
        var again = new PinnedObject(CLEAN.uri(), "c2", CLEAN.sha256(), CLEAN.size());

        assertThat(after(basis(CODE, Map.of(), RAW, again)))
                .isEqualTo("Tables 2012 is fresh: its input CleanObservations was made anew with the same bytes");
    }

    @Test
    void an_output_that_was_never_made() {
        assertThat(decide(MADE, null, null)).isEqualTo("Tables 2012 ran: its output was never made");
    }

    @Test
    void an_output_that_is_gone() {
        assertThat(decide(MADE, null, record(MADE, CODE)))
                .isEqualTo("Tables 2012 ran: its output s3://lake/tables/2012.json, which run run-1 made, is not there"
                        + " any more");
    }

    @Test
    void an_output_that_another_hand_changed() {
        assertThat(decide(MADE, new FoundOutput("v2", null), record(MADE, CODE)))
                .isEqualTo(
                        "Tables 2012 ran: its output s3://lake/tables/2012.json was changed by another hand: version v1"
                                + " was made, and v2 is there");
        assertThat(decide(MADE, new FoundOutput("null", null), record(MADE, CODE)))
                .as("without versions, the object's own marks tell")
                .isEqualTo(
                        "Tables 2012 ran: its output s3://lake/tables/2012.json was changed by another hand: version v1"
                                + " was made, and null is there");
    }

    @Test
    void an_output_that_nobody_recorded() {
        assertThat(decide(MADE, new FoundOutput("v2", null), null))
                .isEqualTo("Tables 2012 ran: its output s3://lake/tables/2012.json is there, but no record says what it"
                        + " was made from");
    }

    @Test
    void a_class_that_changed_between_two_revisions() {
        var edited = new TreeMap<>(CODE);
        edited.put("class own.Csv", "9");

        assertThat(after(basis(edited, Map.of(), RAW, CLEAN)))
                .isEqualTo("Tables 2012 ran: class Csv changed between 4f2a91c and 81bd0e7 (hg)");
        assertThat(after(basis(Tables.class, edited, Map.of(), SourceRevision.UNKNOWN, RAW, CLEAN)))
                .isEqualTo("Tables 2012 ran: class Csv changed");
        var dirty = new SourceRevision("hg", BEFORE.id(), "default", true);
        assertThat(after(basis(Tables.class, edited, Map.of(), dirty, RAW, CLEAN)))
                .isEqualTo("Tables 2012 ran: class Csv changed in what 4f2a91c with uncommitted changes does not have");
    }

    @Test
    void classes_resources_and_jars_by_their_kinds() {
        var edited = new TreeMap<>(CODE);
        edited.remove("class own.Csv");
        edited.put("class own.Row", "4");
        edited.put("class own.Rows$Cell", "4");
        edited.put("resource units.json", "5");
        edited.remove("jar fastcsv-4.4.0.jar");
        edited.put("jar fastcsv-4.5.0.jar", "3");

        assertThat(after(basis(edited, Map.of(), RAW, CLEAN)))
                .isEqualTo("Tables 2012 ran: class Csv is not used any more, classes Row, Rows.Cell are new, jar"
                        + " fastcsv-4.4.0.jar (now fastcsv-4.5.0.jar) changed, resource units.json is new between"
                        + " 4f2a91c and 81bd0e7 (hg)");
    }

    @Test
    void a_record_that_is_older_than_the_parts_of_code_tells_that_the_code_changed() {
        var edited = new TreeMap<>(CODE);
        edited.put("class own.Csv", "9");
        var found = new FoundOutput("v1", MADE.fingerprint());

        assertThat(decide(basis(edited, Map.of(), RAW, CLEAN), found, record(MADE, Map.of())))
                .isEqualTo("Tables 2012 ran: its code changed between 4f2a91c and 81bd0e7 (hg)");
    }

    @Test
    void configuration_that_changed_came_or_went() {
        assertThat(after(basis(CODE, Map.of("items", "x"), RAW, CLEAN)))
                .isEqualTo("Tables 2012 ran: its items is new: x");
        var made = basis(CODE, Map.of("items", "x"), RAW);
        var found = new FoundOutput("v1", made.fingerprint());
        assertThat(decide(basis(CODE, Map.of("items", "y"), RAW), found, record(made, CODE)))
                .isEqualTo("Tables 2012 ran: its items changed from x to y");
        assertThat(decide(basis(CODE, Map.of(), RAW), found, record(made, CODE)))
                .isEqualTo("Tables 2012 ran: its items is gone: it was x");
    }

    @Test
    void inputs_that_changed_came_or_went() {
        var shorter = new PinnedObject(RAW.uri(), "r2", "d".repeat(64), 41);
        var other = new PinnedObject(CLEAN.uri(), "c2", "d".repeat(64), 41);

        assertThat(after(basis(CODE, Map.of(), shorter, other)))
                .isEqualTo("Tables 2012 ran: its input s3://lake/raw/2012.csv changed from 366 to 41 bytes; its input"
                        + " CleanObservations changed, 41 bytes as before");
        assertThat(after(basis(CODE, Map.of(), RAW)))
                .isEqualTo("Tables 2012 ran: it does not read s3://lake/clean/2012.csv any more");
        var made = basis(CODE, Map.of(), RAW);
        assertThat(decide(MADE, new FoundOutput("v1", made.fingerprint()), record(made, CODE)))
                .isEqualTo("Tables 2012 ran: its input CleanObservations is new");
    }

    private record Scored(int year) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/scored/{year}.csv", this);
        }

        @Override
        public void run(TaskRun run) {}

        @Override
        public Map<String, String> identities() {
            return Map.of("prices", "release 7", "weights", "s3://lake/weights/VERSION");
        }
    }

    private static Basis using(PinnedObject weights) {
        return basis(CODE, UsedIdentities.of(new Scored(2012), uri -> weights), RAW, CLEAN);
    }

    @Test
    void what_a_task_reads_besides_counts_by_the_identity_that_its_author_gives() {
        var before = using(new PinnedObject("s3://lake/weights/VERSION", "w1", "d".repeat(64), 4));
        var copied = using(new PinnedObject("s3://lake/weights/VERSION", "w2", "d".repeat(64), 4));
        var made = record(before, CODE);
        var found = new FoundOutput("v1", before.fingerprint());
        assertThat(decide(copied, found, made)).isEqualTo("Tables 2012 is fresh");
        assertThat(decide(using(new PinnedObject("s3://lake/weights/VERSION", "w3", "e".repeat(64), 4)), found, made))
                .isEqualTo("Tables 2012 ran: what it uses as weights changed from sha256:dddddddd to sha256:eeeeeeee");
        assertThat(decide(basis(CODE, Map.of("use prices", "release 8"), RAW, CLEAN), found, made))
                .isEqualTo(
                        "Tables 2012 ran: what it uses as prices changed from release 7 to release 8; what it uses as"
                                + " weights is gone: it was sha256:dddddddd");
    }

    @Test
    void all_causes_are_told() {
        assertThat(decide(basis(Map.of(), Map.of(), CLEAN), null, record(MADE, CODE)))
                .isEqualTo(
                        "Tables 2012 ran: its output s3://lake/tables/2012.json, which run run-1 made, is not there any"
                                + " more; classes Csv, Tables are not used any more, jar fastcsv-4.4.0.jar is not used"
                                + " any more between 4f2a91c and 81bd0e7 (hg); it does not read s3://lake/raw/2012.csv"
                                + " any more");
    }

    @Test
    void an_output_that_an_attempt_left_before_it_died_is_the_tasks_own_and_has_no_record() {
        for (var type : List.of(Tables.class, Kept.class)) {
            var now = basis(type, CODE, Map.of(), NOW, RAW);
            var own = new FoundOutput("v2", now.fingerprint());
            assertThat(standing(now, own, null)).isEqualTo(TaskDecision.Standing.MARKED);
            assertThat(standing(now, own, record(now, CODE))).isEqualTo(TaskDecision.Standing.MARKED);
            assertThat(standing(now, new FoundOutput("v1", null), record(now, CODE)))
                    .isEqualTo(TaskDecision.Standing.RECORDED);
            assertThat(standing(now, new FoundOutput("null", null), null))
                    .isEqualTo(type == Kept.class ? TaskDecision.Standing.FOUND : null);
            assertThat(TaskDecision.text(TaskDecision.madeFor(now, null, null))).isEqualTo("its output was never made");
            assertThat(TaskDecision.text(
                            TaskDecision.madeFor(now, record(basis(type, CODE, Map.of(), NOW), CODE), "ada")))
                    .isEqualTo("forced by ada; its input s3://lake/raw/2012.csv is new");
        }
    }

    private static TaskDecision.@Nullable Standing standing(
            Basis now, FoundOutput found, @Nullable CompletionRecord record) {
        return TaskDecision.of(now, URI, found, record) instanceof TaskDecision.Fresh fresh ? fresh.standing() : null;
    }

    @Test
    void a_task_that_only_asks_whether_its_output_is_there() {
        var made = basis(Kept.class, CODE, Map.of(), NOW, RAW);

        assertThat(decide(made, new FoundOutput("anything", null), null))
                .isEqualTo("Tables 2012 is fresh: its output is there, which is all that it asks for");
        assertThat(decide(made, null, record(made, CODE)))
                .isEqualTo(
                        "Tables 2012 ran: its output s3://lake/tables/2012.json, which run run-1 made, is not there any"
                                + " more");
    }
}
