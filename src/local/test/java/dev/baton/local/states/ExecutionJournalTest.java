package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.StateMachineType;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.journal.Message;
import dev.baton.engine.time.RealScheduler;
import dev.baton.local.http.Account;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.internal.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much of executions stays on the disk, and how much of it is read again.
class ExecutionJournalTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:machine";
    private static final String DEFINITION = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}";
    private static final ExecutionRetention KEPT =
            new ExecutionRetention(Duration.ofDays(90), 10_000, 2_000_000, 1_000_000, 1_000_000);
    private static final int SPARE = 100_000;

    @TempDir
    private Path folder;

    private final List<Diagnostic> said = new ArrayList<>();
    private ExecutionRetention room = KEPT;

    /// No role is assumed here.
    private final Machines machines =
            new Machines(new Account("000000000000", "us-east-1"), Authorizer.unenforced(), null, new RealScheduler());
    private final MachineRevision revision = new MachineRevision(
            null,
            DEFINITION,
            PreparedMachine.of(machines.read(DEFINITION, StateMachineType.STANDARD)),
            "arn:aws:iam::000000000000:role/states",
            Map.of(),
            Map.of(),
            MachineKeys.OWNED,
            Instant.EPOCH);
    private final Machine machine = new Machine(MACHINE, "machine", StateMachineType.STANDARD, Instant.EPOCH, revision);

    private SmallDisk disk;

    @BeforeEach
    void begin() {
        disk = new SmallDisk(folder);
    }

    private interface Session {
        void work(ExecutionJournal journal, List<ExecutionJournal.Kept> kept) throws IOException;
    }

    private void session(Session session) throws IOException {
        try (var time = new RealScheduler();
                var journal = new ExecutionJournal(time, SPARE, disk)) {
            var kept = journal.open(folder.resolve("journal"), machines, room, Instant.EPOCH.plusSeconds(1), said::add);
            session.work(journal, List.copyOf(kept));
        }
    }

    private static String arn(int number) {
        return MACHINE.replace(":stateMachine:", ":execution:") + ":e" + number;
    }

    private void begin(ExecutionJournal journal, int number, String input) {
        journal.announce(arn(number), machine, revision, input);
        journal.append(new JournalEntry.Began(
                new ExecutionRequest(
                        revision.machine(),
                        MACHINE,
                        "e" + number,
                        arn(number),
                        input,
                        null,
                        ExecutionType.STANDARD,
                        null,
                        null,
                        null),
                number,
                Instant.EPOCH));
    }

    private static void close(ExecutionJournal journal, int number) {
        journal.append(new JournalEntry.Closed(
                arn(number), ExecutionStatus.SUCCEEDED, null, null, null, Instant.ofEpochMilli(number), 3));
    }

    @Test
    void what_is_forgotten_does_not_stay_on_the_disk() throws IOException {
        var input = "\"" + "x".repeat(10_000) + "\"";
        var file = folder.resolve("journal");
        session((journal, kept) -> {
            begin(journal, 0, "{}");
            for (var i = 1; i <= 300; i++) {
                begin(journal, i, input);
                close(journal, i);
                journal.flush();
                if (i > 3) {
                    journal.append(new JournalEntry.Forgotten(arn(i - 3)));
                }
            }
            journal.flush();
            for (var end = Instant.now().plusSeconds(20);
                    Files.size(file) > 4 * SPARE && Instant.now().isBefore(end); ) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(Files.size(file)).as("of three million bytes").isLessThan(4 * SPARE);
        });
        session((journal, kept) -> assertThat(
                        kept.stream().map(each -> each.entries().getFirst().rootArn()))
                .containsExactly(arn(0), arn(298), arn(299), arn(300)));
    }

    private void mapRun(ExecutionJournal journal) {
        begin(journal, 1, "{}");
        for (var i = 0; i < 3_000; i++) {
            var child = arn(1) + "/L:" + i;
            journal.append(new JournalEntry.Posted(arn(1), child, i, 0, new Message.ToExecution.Begin()));
            journal.append(new JournalEntry.Posted(arn(1), arn(1), i, 1, new Message.ToMapRun.ChildClosed(child)));
        }
    }

    @Test
    void of_what_is_too_long_to_be_made_again_beginning_and_end_are_known() throws IOException {
        session((journal, kept) -> {
            mapRun(journal);
            close(journal, 1);
        });
        session((journal, kept) -> {
            assertThat(kept).hasSize(1);
            var entries = kept.getFirst().entries();
            assertThat(entries).hasSize(2);
            assertThat(Objects.requireNonNull(JournalEntry.closed(entries)).status())
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
        });
        assertThat(said).isEmpty();
    }

    @Test
    void what_was_running_and_is_too_long_does_not_go_on_until_there_is_room_for_it() throws IOException {
        session((journal, kept) -> mapRun(journal));
        session((journal, kept) -> {
            var entries = kept.getFirst().entries();
            assertThat(entries).hasSize(2);
            assertThat(Objects.requireNonNull(JournalEntry.closed(entries)).status())
                    .isEqualTo(ExecutionStatus.ABORTED);
        });
        assertThat(said).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("LOC010");
            assertThat(finding.message()).contains(arn(1));
        });

        room = new ExecutionRetention(Duration.ofDays(90), 10_000, 2_000_000, 1_000_000, 100_000_000);
        session((journal, kept) -> {
            var entries = kept.getFirst().entries();
            assertThat(entries).hasSize(6_001);
            assertThat(JournalEntry.closed(entries)).isNull();
        });
    }

    @Test
    void on_a_full_disk_what_was_begun_is_kept_and_nothing_more_is_begun_until_there_is_room() throws IOException {
        session((journal, kept) -> {
            journal.requireRoom();
            disk.room(100);
            // Asked before it is full: these were answered, and have to be kept.
            for (var number = 1; number <= 3; number++) {
                begin(journal, number, "\"" + "x".repeat(200_000) + "\"");
                journal.flush();
            }
            assertThatThrownBy(journal::requireRoom)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("The executions cannot be kept");
            assertThat(folder.resolve("reserve")).doesNotExist();

            disk.room(10_000_000);
            journal.requireRoom();
            begin(journal, 4, "{}");
            journal.flush();
        });
        session((journal, kept) -> assertThat(
                        kept.stream().map(each -> each.entries().getFirst().rootArn()))
                .containsExactly(arn(1), arn(2), arn(3), arn(4)));
    }
}
