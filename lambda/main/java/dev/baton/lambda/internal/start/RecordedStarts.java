package dev.baton.lambda.internal.start;

import dev.baton.json.Json;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.run.ExecutionInput;
import dev.baton.run.StartRecord;
import dev.baton.run.StateKeys;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/// The records of who started executions, of which each is written before its execution is started.
///
/// A function may die in between: the record then names somebody who asked, and whose execution was never there. Whoever
/// asks next leaves it as it is while the first may still be about to start, and has its place after that.
public final class RecordedStarts {
    private static final Duration UNDER_WAY = Duration.ofSeconds(90);
    private static final int TRIES = 20;

    private final S3Access s3;
    private final String bucket;
    private final String pipeline;
    private final StartAuthority authority;
    private final Predicate<String> exists;

    /// @param bucket the state bucket
    /// @param exists whether there is an execution of a name
    public RecordedStarts(
            S3Access s3, String bucket, String pipeline, StartAuthority authority, Predicate<String> exists) {
        this.s3 = s3;
        this.bucket = bucket;
        this.pipeline = pipeline;
        this.authority = authority;
        this.exists = exists;
    }

    /// What is known of an execution that is about to be started.
    public sealed interface Clearance {
        /// It may be started, and it is written down who does.
        record Given() implements Clearance {}

        /// It is there already.
        record Taken() implements Clearance {}

        /// It may not be started.
        record Refused(StartVerdict.Denied by) implements Clearance {}
    }

    /// Asks for leave to start an execution, and writes down who does.
    ///
    /// @param name the execution's
    public Clearance clear(StartQuestion question, String name, ExecutionInput input) {
        // Nobody is asked about what is there: an event that comes twice is decided once.
        if (authority.decides() && exists.test(name)) {
            return new Clearance.Taken();
        }
        return switch (authority.rule(question)) {
            case StartVerdict.Denied denied -> new Clearance.Refused(denied);
            case StartVerdict.Allowed(var hash) ->
                write(new StartRecord(
                        pipeline,
                        name,
                        question.requester(),
                        question.actions().getLast(),
                        hash,
                        question.at(),
                        StartRecord.hash(input)));
        };
    }

    private Clearance write(StartRecord record) {
        var key = StateKeys.start(pipeline, record.execution());
        var content = Json.bytes(record.toJson());
        Precondition precondition = new Precondition.Absent();
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var result = s3.write(bucket, key, content, "application/json", Map.of(), precondition);
            // Where nothing hangs on it, the first is not even looked at.
            if (result instanceof WriteResult.Written
                    || result instanceof WriteResult.Changed && !authority.decides()) {
                return new Clearance.Given();
            }
            var there = s3.read(bucket, key, null);
            if (there == null) {
                continue;
            }
            var earlier = StartRecord.parse(there.bytes());
            var isUnderWay = earlier.at().plus(UNDER_WAY).isAfter(record.at());
            if (isUnderWay && earlier.inputHash().equals(record.inputHash())) {
                return new Clearance.Given();
            }
            if (exists.test(record.execution())) {
                return new Clearance.Taken();
            }
            precondition = new Precondition.Unchanged(there.etag());
        }
        throw new IllegalStateException("the record " + key + " changed " + TRIES + " times while it was written");
    }
}
