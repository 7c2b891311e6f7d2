package dev.baton.cli.audit;

import dev.baton.lambda.lineage.ArchivedRecord;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.lambda.lineage.RecordVersion;
import dev.baton.run.CompletionRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sessions under whose role tasks made their outputs, by all versions of all completion records of a state bucket.
record RecordEvidence(RecordArchive archive) implements EvidenceSource {
    private static final int BATCH = 500;

    @Override
    public void read(AuditScope scope, LineSlot lines) throws IOException {
        if (!scope.asks(AuditKind.SESSION)) {
            return;
        }
        var batch = new ArrayList<RecordVersion>();
        var places = archive.list().iterator();
        while (places.hasNext()) {
            batch.add(places.next());
            if (batch.size() == BATCH || !places.hasNext()) {
                for (var found : archive.read(batch)) {
                    switch (found) {
                        case ArchivedRecord.Intact(var place, var record) -> {
                            if (scope.asksPipeline(record.pipeline())) {
                                lines.add(line(place, record));
                            }
                        }
                        case ArchivedRecord.Unreadable(var place, var problem) ->
                            lines.add(new EvidenceLine(
                                    scope.from(),
                                    AuditKind.UNREADABLE,
                                    place.key() + "?versionId=" + place.version(),
                                    Map.of("reason", "is not a completion record of a form that is known")));
                    }
                }
                batch.clear();
            }
        }
    }

    private static EvidenceLine line(RecordVersion place, CompletionRecord record) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("execution", record.execution());
        details.put("fingerprint", record.fingerprint());
        details.put(
                "inputs", record.inputs().stream().map(input -> input.toJson()).toList());
        details.put("output", record.output().toJson());
        details.put("pipeline", record.pipeline());
        details.put("revision", record.revision().toJson());
        details.put("roleSession", record.roleSession());
        details.put("run", record.run());
        record.startedBy().ifPresent(requester -> details.put("startedBy", requester.toJson()));
        details.put("startedAt", EvidenceLine.shown(record.startedAt()));
        details.put("task", record.task());
        return new EvidenceLine(
                record.endedAt(), AuditKind.SESSION, place.key() + "?versionId=" + place.version(), details);
    }
}
