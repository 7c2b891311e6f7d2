package dev.baton.lambda.lineage;

import dev.baton.lambda.internal.objects.ConcurrentCalls;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.run.CompletionRecord;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/// The completion records of a state bucket, and those that others replaced: S3 keeps them as older versions. It reads
/// only.
public final class RecordArchive {
    private static final int AT_ONCE = 32;
    private static final int VERSIONS_AT_ONCE = 8;

    private final S3Access s3;
    private final String bucket;

    /// @param s3 with credentials that may list the versions of records, and read them
    public RecordArchive(S3Client s3, String bucket) {
        this.s3 = new S3Access(s3);
        this.bucket = bucket;
    }

    /// A question: which record says what made an output.
    ///
    /// @param key of the record, as [StateKeys#completion] has it
    /// @param uri of the output
    /// @param version of the output; null for the one that the newest record is about
    public record Question(String key, String uri, @Nullable String version) {}

    /// Where all versions of all records are, of each the newest first, fetched as they are asked for.
    public Stream<RecordVersion> list() {
        return list(StateKeys.COMPLETIONS).filter(place -> place.key().endsWith(".json"));
    }

    private Stream<RecordVersion> list(String prefix) {
        return s3.versions(bucket, prefix)
                .map(found -> new RecordVersion(found.key(), found.version(), found.etag(), found.latest()));
    }

    /// The records at places, in their order; those that are not there any more are left out.
    public List<ArchivedRecord> read(List<RecordVersion> places) {
        return ConcurrentCalls.map(places, AT_ONCE, place -> Optional.ofNullable(read(place))).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// The answers in the order of the questions. Where nobody recorded what made an output, but there are records that
    /// cannot be read, the first of these is the answer.
    public List<Optional<ArchivedRecord>> find(List<Question> questions) {
        return ConcurrentCalls.map(questions, AT_ONCE, this::find);
    }

    private Optional<ArchivedRecord> find(Question question) {
        var current = s3.read(bucket, question.key(), null);
        var newest = current == null
                ? null
                : parse(new RecordVersion(question.key(), current.version(), current.etag(), true), current.bytes());
        if (newest != null && answers(newest, question)) {
            return Optional.of(newest);
        }
        ArchivedRecord unreadable = newest instanceof ArchivedRecord.Unreadable ? newest : null;
        var older = list(question.key())
                .filter(place -> place.key().equals(question.key()))
                .filter(place ->
                        newest == null || !place.version().equals(newest.place().version()))
                .iterator();
        while (older.hasNext()) {
            var some = new ArrayList<RecordVersion>();
            while (older.hasNext() && some.size() < VERSIONS_AT_ONCE) {
                some.add(older.next());
            }
            for (var record : ConcurrentCalls.map(some, place -> Optional.ofNullable(read(place)))) {
                if (record.isPresent() && answers(record.get(), question)) {
                    return record;
                }
                if (unreadable == null && record.orElse(null) instanceof ArchivedRecord.Unreadable first) {
                    unreadable = first;
                }
            }
        }
        return Optional.ofNullable(unreadable);
    }

    private static boolean answers(ArchivedRecord found, Question question) {
        return found instanceof ArchivedRecord.Intact(RecordVersion place, CompletionRecord record)
                && record.output().uri().equals(question.uri())
                && (question.version() == null || Objects.equals(record.output().version(), question.version()));
    }

    private @Nullable ArchivedRecord read(RecordVersion place) {
        var content = s3.read(bucket, place.key(), place.version());
        return content == null ? null : parse(place, content.bytes());
    }

    private static ArchivedRecord parse(RecordVersion place, byte[] content) {
        try {
            return new ArchivedRecord.Intact(place, CompletionRecord.parse(content));
        } catch (InvalidInput e) {
            return new ArchivedRecord.Unreadable(place, String.valueOf(e.getMessage()));
        }
    }
}
