package dev.baton.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.baton.engine.journal.Message.ToAttempt;
import dev.baton.engine.journal.Message.ToExecution;
import dev.baton.engine.journal.Message.ToMapRun;
import dev.baton.engine.journal.Message.ToTimer;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Journals are older than the release that reads them. What a message looks like there stands here as text, as the
/// first release wrote it: rows may be added, none may change.
class MessageFormTest {
    private static final Map<String, Message> WRITTEN = new TreeMap<>(Map.ofEntries(
            Map.entry("['BEGIN']", new ToExecution.Begin()),
            Map.entry("['STOP',null,'E','because']", new ToExecution.Stop("E", "because")),
            Map.entry("['STOP']", new ToExecution.Stop(null, null)),
            Map.entry("['STOP_NEXT']", new ToExecution.StopNext()),
            Map.entry("['REDRIVE',1767225600000]", new ToExecution.Redrive(1_767_225_600_000L)),
            Map.entry("['RING']", new ToTimer.Ring()),
            Map.entry("['STARTED','worker']", new ToAttempt.Started("worker")),
            Map.entry("['STARTED']", new ToAttempt.Started(null)),
            Map.entry("['SUBMITTED',{'id':1}]", new ToAttempt.Submitted(Map.of("id", 1L))),
            Map.entry("['HEARTBEAT']", new ToAttempt.Heartbeat()),
            Map.entry("['SUCCESS',[1,'a']]", new ToAttempt.Succeeded(List.of(1L, "a"))),
            Map.entry("['FAILURE',null,'E','because']", new ToAttempt.Failed("E", "because")),
            Map.entry("['FAILURE',null,null,'because']", new ToAttempt.Failed(null, "because")),
            Map.entry("['TOKEN_SUCCESS','out']", new ToAttempt.SucceededByToken("out")),
            Map.entry("['TOKEN_FAILURE',null,'E']", new ToAttempt.FailedByToken("E", null)),
            Map.entry(
                    "['ITEMS',{'values':[1],'origins':[[0,'STATE_DATA',false]]}]",
                    new ToMapRun.ItemsRead(
                            Map.of("values", List.of(1L), "origins", List.of(List.of(0L, "STATE_DATA", false))))),
            Map.entry("['MAP_RUN_FAILED',null,'E','because']", new ToMapRun.Failed("E", "because")),
            Map.entry("['CHILD_CLOSED','arn:child']", new ToMapRun.ChildClosed("arn:child")),
            Map.entry("['WRITTEN',{'Part':2}]", new ToMapRun.PartWritten(2)),
            Map.entry("['WRITTEN',{'MapRunArn':'arn'}]", new ToMapRun.ResultsWritten(Map.of("MapRunArn", "arn"))),
            Map.entry("['UPDATE',[5,2.5,null]]", new ToMapRun.Update(5L, 2.5, null)),
            Map.entry("['UPDATE',[null,null,7]]", new ToMapRun.Update(null, null, 7L))));

    private static Object json(String row) {
        return Json.parse(row.replace('\'', '"'));
    }

    private static @Nullable Object at(List<?> row, int index) {
        return index < row.size() ? row.get(index) : null;
    }

    @Test
    void what_older_releases_wrote_is_read() {
        assertThat(WRITTEN).allSatisfy((text, message) -> {
            var row = (List<?>) json(text);
            var form = new MessageForm((String) row.getFirst(), at(row, 1), (String) at(row, 2), (String) at(row, 3));

            assertThat(form.message()).isEqualTo(message);
        });
    }

    @Test
    void what_is_written_is_what_older_releases_wrote() {
        assertThat(WRITTEN).allSatisfy((text, message) -> {
            var form = MessageForm.of(message);
            var row = new ArrayList<>(Arrays.asList(form.kind(), form.value(), form.error(), form.cause()));
            while (row.getLast() == null) {
                row.removeLast();
            }

            assertThat(Json.parse(Json.print(row))).isEqualTo(json(text));
        });
    }

    @Test
    void every_message_has_a_row() {
        var kinds = Stream.of(Message.class.getPermittedSubclasses())
                .flatMap(recipient -> Stream.of(recipient.getPermittedSubclasses()));

        assertThat(WRITTEN.values().stream().<Object>map(Message::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        kinds.<Object>map(kind -> kind).toList());
    }

    @Test
    void what_no_release_wrote_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageForm("SING", null, null, null).message())
                .withMessage("no message of a journal: SING");
    }
}
