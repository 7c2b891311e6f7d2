package dev.baton.local.states;

import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.journal.MessageForm;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Journal entries as JSON: lists, since there are many. The first value says what it is, the second is the number that
/// stands for an ARN.
final class EntryJson {
    static final String BEGAN = "B";
    static final String NAMED = "N";
    static final String REVISION = "R";
    private static final String POSTED = "P";
    private static final String DRAWN = "D";
    private static final String CLOCK = "T";
    static final String CLOSED = "C";
    static final String FORGOTTEN = "F";

    private EntryJson() {}

    /// @param input as it was given
    static List<@Nullable Object> began(JournalEntry.Began began, int number, int revision, String input) {
        var request = began.request();
        return list(
                BEGAN,
                (long) number,
                (long) revision,
                request.executionArn(),
                request.name(),
                input,
                began.seed(),
                began.startDate().toEpochMilli(),
                request.stateMachineVersionArn(),
                request.stateMachineAliasArn(),
                request.traceHeader());
    }

    static List<@Nullable Object> posted(JournalEntry.Posted posted, int number) {
        var message = MessageForm.of(posted.message());
        return list(
                POSTED,
                (long) number,
                posted.epochMillis(),
                (long) posted.source(),
                message.kind(),
                message.value(),
                message.error(),
                message.cause());
    }

    static List<@Nullable Object> drawn(JournalEntry.Drawn drawn, int number) {
        return list(DRAWN, (long) number, drawn.value());
    }

    static List<@Nullable Object> clock(JournalEntry.Clock clock, int number) {
        return list(CLOCK, (long) number, (long) clock.reading(), clock.epochMillis());
    }

    static List<@Nullable Object> closed(JournalEntry.Closed closed, int number) {
        return list(
                CLOSED,
                (long) number,
                closed.status().name(),
                closed.stopDate().toEpochMilli(),
                (long) closed.events(),
                closed.output(),
                closed.error(),
                closed.cause());
    }

    /// Without what is absent at its end.
    private static List<@Nullable Object> list(@Nullable Object... values) {
        var length = values.length;
        while (values[length - 1] == null) {
            length--;
        }
        return Arrays.asList(values).subList(0, length);
    }

    static JournalEntry.Began began(List<?> json, Machine machine, MachineRevision revision) {
        return new JournalEntry.Began(
                new ExecutionRequest(
                        revision.machine(),
                        machine.arn(),
                        text(json, 4),
                        text(json, 3),
                        Executions.parse(text(json, 5)),
                        revision.roleArn(),
                        ExecutionType.STANDARD,
                        textOrNull(json, 8),
                        textOrNull(json, 9),
                        textOrNull(json, 10)),
                number(json, 6),
                Instant.ofEpochMilli(number(json, 7)));
    }

    /// An entry that stands for itself.
    static JournalEntry entry(List<?> json, String rootArn, String arn) {
        return switch (text(json, 0)) {
            case POSTED ->
                new JournalEntry.Posted(
                        rootArn,
                        arn,
                        number(json, 2),
                        (int) number(json, 3),
                        new MessageForm(text(json, 4), at(json, 5), textOrNull(json, 6), textOrNull(json, 7))
                                .message());
            case DRAWN -> new JournalEntry.Drawn(rootArn, arn, json.get(2));
            case CLOCK -> new JournalEntry.Clock(rootArn, arn, (int) number(json, 2), number(json, 3));
            case CLOSED ->
                new JournalEntry.Closed(
                        rootArn,
                        ExecutionStatus.valueOf(text(json, 2)),
                        at(json, 5),
                        textOrNull(json, 6),
                        textOrNull(json, 7),
                        Instant.ofEpochMilli(number(json, 3)),
                        (int) number(json, 4));
            default -> throw new IllegalArgumentException("no entry of a journal: " + json.getFirst());
        };
    }

    /// The end of an execution, as far as it decides how long it is kept.
    @FunctionalInterface
    interface Closing {
        /// @param stopDate null where it goes on
        void closed(@Nullable Instant stopDate, int events);
    }

    /// Says whether an entry closes its execution, or lets it go on.
    ///
    /// @param ofRoot whether the entry is of an execution that somebody started
    static void closing(List<?> json, boolean ofRoot, Closing closing) {
        if (text(json, 0).equals(CLOSED)) {
            closing.closed(Instant.ofEpochMilli(number(json, 3)), (int) number(json, 4));
        } else if (ofRoot && text(json, 0).equals(POSTED) && text(json, 4).equals(MessageForm.REDRIVE)) {
            closing.closed(null, 0);
        }
    }

    static String text(List<?> json, int at) {
        return String.valueOf(json.get(at));
    }

    static long number(List<?> json, int at) {
        return json.get(at) instanceof Number number ? number.longValue() : 0;
    }

    private static @Nullable Object at(List<?> json, int at) {
        return at < json.size() ? json.get(at) : null;
    }

    private static @Nullable String textOrNull(List<?> json, int at) {
        return at(json, at) instanceof String text ? text : null;
    }
}
