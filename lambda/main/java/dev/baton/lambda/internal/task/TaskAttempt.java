package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.objects.ConcurrentCalls;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.StoredObject;
import dev.baton.lambda.internal.state.Claim;
import dev.baton.lambda.internal.state.Claims;
import dev.baton.lambda.internal.state.CompletionRecords;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.CompletionRecord;
import dev.baton.run.Fingerprint;
import dev.baton.run.PinnedObject;
import dev.baton.run.TaskResult;
import dev.baton.task.DataInvalid;
import dev.baton.task.Task;
import dev.baton.task.parameter.TaskMap;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One attempt at one task, from its session to its result. It may die anywhere: what it leaves is either nothing or
/// something that the next attempt recognises.
final class TaskAttempt {
    /// Each takes a connection, which a cold function has to make: many inputs are worth it, not one for each.
    private static final int READS_AT_ONCE = 8;

    private final ResolvedTask work;
    private final FunctionContext workplace;
    private final SessionClients clients;
    private final S3Access s3;
    private final RunState state;
    private final CompletionRecords records;
    private final OutputMaker making;

    /// @param workplace what the function has
    /// @param work what is to be done
    /// @param making how the output is made
    /// @param clients of the attempt's session
    TaskAttempt(FunctionContext workplace, ResolvedTask work, OutputMaker making, SessionClients clients) {
        this.work = work;
        this.making = making;
        this.workplace = workplace;
        this.clients = clients;
        this.s3 = new S3Access(workplace.clients(), clients.credentials());
        this.state = new RunState(s3, workplace.environment().stateBucket());
        this.records = new CompletionRecords(
                s3, workplace.ownS3(), workplace.environment().stateBucket());
    }

    /// Completes the task, by running it or by finding that it need not run.
    ///
    /// @throws Superseded when a later run has to do with the same output for other inputs
    TaskResult complete() throws Exception {
        return Objects.requireNonNull(complete(After.RUN));
    }

    /// Completes the task if it need not run, and claims its output if it has to.
    ///
    /// @return null where it has to run
    /// @throws Superseded when a later run has to do with the same output for other inputs
    @Nullable
    TaskResult completeOrClaim() throws Exception {
        return complete(After.CLAIM);
    }

    /// Completes the task if it need not run.
    ///
    /// @return null where it has to run
    @Nullable
    TaskResult completeUnlessDue() throws Exception {
        return complete(After.NOTHING);
    }

    /// What is done with a task that has to run.
    private enum After {
        RUN,
        CLAIM,
        NOTHING
    }

    private @Nullable TaskResult complete(After due) throws Exception {
        var inputs = inputs();
        var fingerprint = Fingerprint.of(
                work.task().getClass().getName(),
                work.codeHash(),
                work.parameters(),
                making.configuration(),
                List.copyOf(inputs.values()));
        var marks = OutputMetadata.of(fingerprint, work.run(), work.invocation().executionId());
        var target = workplace.buckets().locate(work.task().output().uri());
        var claims =
                new Claims(s3, workplace.ownS3(), workplace.environment().stateBucket(), work.claimKey(), target.uri());
        var commit = new Commit(s3, target, marks, claims);
        while (true) {
            var seen = commit.look();
            var record = records.find(work.completionKey());
            if (seen == null || !bears(fingerprint, seen, record)) {
                if (due == After.RUN) {
                    return run(inputs, marks, commit, seen, record);
                }
                if (due == After.CLAIM) {
                    claim(marks, commit, seen, record);
                }
                return null;
            }
            var skipped = skip(inputs, marks, commit, seen, record);
            if (skipped != null) {
                return skipped;
            }
        }
    }

    /// The target is what the task would make.
    ///
    /// @return null where the target is not what was seen any more
    private @Nullable TaskResult skip(
            Map<Task, PinnedObject> inputs,
            OutputMetadata marks,
            Commit commit,
            StoredObject seen,
            CompletionRecords.@Nullable Found record)
            throws IOException {
        var before = commit.claim(false);
        if (before != null && mayStillWrite(before, record) && !isHarmless(before, marks)) {
            var renewed = commit.renew(seen);
            return renewed == null
                    ? null
                    : finish(
                            false,
                            renewed,
                            record(
                                    renewed,
                                    marks,
                                    inputs,
                                    record,
                                    workplace.time().instant()));
        }
        if (record != null && isFresh(record.record(), marks.fingerprint(), seen)) {
            return finish(
                    record.record().run().equals(marks.run()), record.record().output(), null);
        }
        // An earlier attempt died between the output and the record.
        var theirs = Objects.requireNonNull(OutputMetadata.of(seen));
        var made = commit.pinned(seen);
        var recorded = record(made, theirs, inputs, record, workplace.time().instant());
        return finish(theirs.run().equals(marks.run()), made, recorded);
    }

    private TaskResult run(
            Map<Task, PinnedObject> inputs,
            OutputMetadata marks,
            Commit commit,
            @Nullable StoredObject seen,
            CompletionRecords.@Nullable Found record)
            throws Exception {
        claim(marks, commit, seen, record);
        var started = workplace.time().instant();
        var made = run(inputs, commit, seen, record);
        return finish(true, made, record(made, marks, inputs, record, started));
    }

    private static void claim(
            OutputMetadata marks,
            Commit commit,
            @Nullable StoredObject seen,
            CompletionRecords.@Nullable Found record) {
        commit.refuseToGoBack(seen);
        refuseToGoBack(record, marks);
        commit.claim(true);
    }

    private static boolean mayStillWrite(Claim claim, CompletionRecords.@Nullable Found record) {
        return claim.writes()
                && (record == null
                        || !record.record().run().equals(claim.order().run()));
    }

    private static boolean isHarmless(Claim claim, OutputMetadata marks) {
        return claim.fingerprint().equals(marks.fingerprint()) || claim.order().isOf(marks.order());
    }

    private static boolean bears(String fingerprint, StoredObject seen, CompletionRecords.@Nullable Found record) {
        var marks = OutputMetadata.of(seen);
        return (marks != null && marks.fingerprint().equals(fingerprint))
                || (record != null && isFresh(record.record(), fingerprint, seen));
    }

    Map<Task, PinnedObject> inputs() {
        var inputs = new TaskMap<PinnedObject>();
        var pin = work.externalInputs().isEmpty()
                ? null
                : state.pin(work.run().pipeline(), work.run().run());
        work.externalInputs().forEach(task -> {
            var pinned = pin == null ? null : pin.inputs().get(task.output().uri());
            if (pinned == null) {
                throw new IllegalStateException(task.output().uri() + " is not pinned in run "
                        + work.run().run() + "; the first state of the state machine pins");
            }
            inputs.put(task, pinned);
        });
        var made = List.copyOf(work.madeInputs().entrySet());
        var outputs = ConcurrentCalls.map(made, READS_AT_ONCE, input -> output(input.getKey(), input.getValue()));
        for (var i = 0; i < made.size(); i++) {
            inputs.put(made.get(i).getKey(), outputs.get(i));
        }
        return inputs;
    }

    private PinnedObject output(Task required, String doneKey) {
        var done = state.done(doneKey);
        return Optional.ofNullable(done)
                .flatMap(TaskResult::output)
                .orElseThrow(() -> new IllegalStateException(required + " is not complete in run "
                        + work.run().run() + (done == null ? "" : " (" + done.outcome() + ")") + ", but " + work.task()
                        + " requires it"));
    }

    private static boolean isFresh(CompletionRecord record, String fingerprint, StoredObject current) {
        if (!record.fingerprint().equals(fingerprint)
                || !record.output().version().equals(current.version())) {
            return false;
        }
        // Where the bucket keeps no versions, every version has the same name.
        var marks = OutputMetadata.of(current);
        return !current.version().equals(S3Access.UNVERSIONED)
                || (marks != null && marks.fingerprint().equals(fingerprint));
    }

    private static void refuseToGoBack(CompletionRecords.@Nullable Found record, OutputMetadata marks) {
        if (record != null && CompletionRecords.order(record.record()).isLaterThan(marks.order())) {
            CompletionRecords.refuseToGoBack(record.record(), marks.fingerprint(), marks.run());
        }
    }

    private PinnedObject run(
            Map<Task, PinnedObject> inputs,
            Commit commit,
            @Nullable StoredObject seen,
            CompletionRecords.@Nullable Found record)
            throws Exception {
        try (var run = new LambdaTaskRun(work, inputs, s3, workplace.buckets(), clients, workplace.environment())) {
            try {
                making.make(run);
            } catch (Exception e) {
                throw workplace.refusals().explain(run.explain(e), work);
            } finally {
                // Before anything is committed: what threads of the task's own bring from now on is refused.
                run.end();
            }
            clients.end().requireTime();
            var spool = run.output().spool();
            if (spool == null && making.isElsewhere()) {
                return commit.pinned(written(seen, record));
            }
            if (spool == null) {
                throw new IllegalStateException(work.task() + " returned without having written its output "
                        + run.output().uri());
            }
            return commit.write(spool.finish(), run.output().contentType(), seen);
        }
    }

    /// What a service has written, which nobody else vouches for.
    private StoredObject written(@Nullable StoredObject seen, CompletionRecords.@Nullable Found record) {
        var uri = work.task().output().uri();
        if (seen == null) {
            throw new DataInvalid(uri, "is not there, although the service of " + work.task() + " has answered");
        }
        if (record != null
                && record.record().output().version().equals(seen.version())
                && !seen.version().equals(S3Access.UNVERSIONED)) {
            throw new DataInvalid(
                    uri,
                    "is still version " + seen.version()
                            + ", with which an earlier run was complete, although the service of " + work.task()
                            + " has answered");
        }
        return seen;
    }

    private CompletionRecord record(
            PinnedObject made,
            OutputMetadata marks,
            Map<Task, PinnedObject> inputs,
            CompletionRecords.@Nullable Found seen,
            Instant started) {
        var record = new CompletionRecord(
                work.task().getClass().getName(),
                work.parameters(),
                work.run().pipeline(),
                marks.execution(),
                marks.run(),
                marks.runStartedAt(),
                made,
                List.copyOf(inputs.values()),
                marks.fingerprint(),
                work.codeHash(),
                making.configuration(),
                workplace.revision(),
                clients.role(),
                started,
                workplace.time().instant(),
                work.invocation().attempt() + 1);
        var further = new LinkedHashMap<String, @Nullable Object>(making.further());
        further.put("session", clients.narrowing().word());
        records.write(work.completionKey(), record, further, seen);
        return record;
    }

    private TaskResult finish(boolean ran, PinnedObject output, @Nullable CompletionRecord recorded) {
        var node = work.invocation().node();
        var result = ran ? TaskResult.ran(node, output) : TaskResult.skipped(node, output);
        if (!work.isItem()) {
            workplace.complete(work, result);
        }
        if (recorded != null) {
            workplace.announce(recorded);
        }
        return result;
    }
}
