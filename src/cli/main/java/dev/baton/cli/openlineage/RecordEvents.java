package dev.baton.cli.openlineage;

import dev.baton.run.CompletionRecord;
import dev.baton.run.Reason;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// The events of what was made: START and COMPLETE of the attempt that a completion record is about. The record alone
/// says it all, so they are the same years later.
final class RecordEvents {
    private final EventParts parts;

    RecordEvents(EventParts parts) {
        this.parts = parts;
    }

    /// The run that made what a record is about.
    static UUID run(CompletionRecord record) {
        return RunIds.ofAttempt(
                record.run(), record.runStartedAt(), record.task(), record.parameters(), record.attempts() - 1);
    }

    /// The events, in the order of their times.
    List<RunEvent> of(CompletionRecord record) {
        var run = parts.attemptRun(
                run(record),
                parts.pipeline(record.execution(), record.pipeline()),
                RunIds.ofPipeline(record.pipeline(), record.run(), record.runStartedAt()),
                tags(record),
                Optional.empty());
        var job = parts.task(record);
        var inputs = record.inputs().stream()
                .distinct()
                .map(input -> parts.input(record.pipeline(), input))
                .toList();
        return List.of(
                parts.event(EventType.START, record.startedAt(), run, job)
                        .inputs(inputs)
                        .build(),
                parts.event(EventType.COMPLETE, record.endedAt(), run, job)
                        .inputs(inputs)
                        .outputs(List.of(parts.output(record)))
                        .build());
    }

    /// What no facet of OpenLineage's own is for.
    private static Map<String, String> tags(CompletionRecord record) {
        var tags = new LinkedHashMap<String, String>();
        record.parameters().forEach((name, value) -> tags.put("parameter." + name, value));
        record.configuration().forEach((name, value) -> tags.put("configuration." + name, value));
        tags.put("execution", record.execution());
        tags.put("run", record.run());
        tags.put("roleSession", record.roleSession());
        tags.put("codeHash", record.codeHash());
        tags.put("fingerprint", record.fingerprint());
        tags.put("revision", record.revision().toString());
        tags.put("attempt", Integer.toString(record.attempts()));
        if (!record.reasons().isEmpty()) {
            tags.put("why", record.reasons().stream().map(Reason::text).collect(Collectors.joining("; ")));
        }
        return tags;
    }
}
