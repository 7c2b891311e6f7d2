package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.items.TableItem;
import dev.baton.lambda.internal.items.TableItems;
import dev.baton.lambda.internal.objects.ConcurrentCalls;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.StoredObject;
import dev.baton.lambda.internal.state.Claim;
import dev.baton.lambda.internal.state.Claims;
import dev.baton.lambda.internal.state.CompletionRecords;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.lambda.lineage.CodeArchive;
import dev.baton.run.CompletionRecord;
import dev.baton.run.DataProfile;
import dev.baton.run.OutputMetadata;
import dev.baton.run.PinnedObject;
import dev.baton.run.Reason;
import dev.baton.run.TaskResult;
import dev.baton.run.code.CodeParts;
import dev.baton.run.decision.Basis;
import dev.baton.run.decision.Cause;
import dev.baton.run.decision.FoundOutput;
import dev.baton.run.decision.TaskDecision;
import dev.baton.run.decision.UsedIdentities;
import dev.baton.run.profile.Expectations;
import dev.baton.task.DataInvalid;
import dev.baton.task.Task;
import dev.baton.task.parameter.TaskMap;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// One attempt at one task, from its session to its result. It may die anywhere: what it leaves is either nothing or
/// something that the next attempt recognises.
final class TaskAttempt {
    /// Each takes a connection, which a cold function has to make: many inputs are worth it, not one for each.
    private static final int READS_AT_ONCE = 8;

    private static final int FORBIDDEN = 403;

    private final ResolvedTask work;
    private final FunctionContext workplace;
    private final SessionClients clients;
    private final S3Access s3;
    private final RunState state;
    private final CompletionRecords records;
    private Map<String, String> configuration = Map.of();
    private final OutputMaker making;
    private final @Nullable TableItem item;

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
        this.item = new TableItems(() -> workplace.clients().post(clients.credentials())).of(work.task());
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

    /// The course of a task that has to run.
    private enum After {
        RUN,
        CLAIM,
        NOTHING
    }

    private @Nullable TaskResult complete(After due) throws Exception {
        var inputs = inputs();
        new RequiredApproval(workplace, work).demand(inputs.values());
        configuration = configuration();
        var basis = basis(inputs);
        var marks = OutputMetadata.of(
                basis.fingerprint(), work.run(), work.invocation().executionId());
        var target = workplace.buckets().locate(work.task().output().uri());
        var claims =
                new Claims(s3, workplace.ownS3(), workplace.environment().stateBucket(), work.claimKey(), target.uri());
        var commit = new Commit(s3, target, marks, claims, work.forcedBy() != null);
        while (true) {
            var seen = commit.look();
            var record = records.find(work.completionKey());
            switch (decide(basis, marks, seen, record)) {
                case TaskDecision.Due(var causes)
                when due == After.RUN -> {
                    return run(inputs, marks, commit, seen, record, causes);
                }
                case TaskDecision.Due(var causes) -> {
                    if (due == After.CLAIM) {
                        claim(marks, commit, seen, record);
                    }
                    return null;
                }
                case TaskDecision.Fresh fresh -> {
                    var skipped = skip(fresh, basis, inputs, marks, commit, Objects.requireNonNull(seen), record);
                    if (skipped != null) {
                        return skipped;
                    }
                }
            }
        }
    }

    private Basis basis(Map<Task, PinnedObject> inputs) {
        var type = work.task().getClass();
        var named = new ArrayList<Basis.Input>();
        inputs.forEach((task, object) -> named.add(new Basis.Input(
                work.externalInputs().contains(task)
                        ? object.uri()
                        : task.getClass().getSimpleName(),
                object)));
        return new Basis(
                type,
                work.codeHash(),
                () -> CodeParts.of(type).hashes(),
                workplace.revision(),
                work.parameters(),
                configuration,
                named);
    }

    /// What the output depends on besides.
    private Map<String, String> configuration() {
        var configuration = new LinkedHashMap<>(UsedIdentities.of(work.task(), this::used));
        configuration.putAll(making.configuration());
        return configuration;
    }

    /// Who may not list a bucket is not told whether an object is missing or forbidden.
    private PinnedObject used(String uri) {
        var address = workplace.buckets().locate(uri);
        @Nullable StoredObject object;
        try {
            object = s3.find(address.bucket(), address.key());
        } catch (S3Exception e) {
            if (e.statusCode() != FORBIDDEN) {
                throw e;
            }
            object = null;
        }
        if (object == null) {
            throw new DataInvalid(uri, "identifies what " + work.task() + " uses, and is not there");
        }
        return new PinnedObject(uri, object.version(), object.sha256(), object.checksum(), object.size());
    }

    private TaskDecision decide(
            Basis basis, OutputMetadata marks, @Nullable StoredObject seen, CompletionRecords.@Nullable Found record) {
        var found = seen == null ? null : OutputMetadata.of(seen.metadata());
        return TaskDecision.of(
                basis,
                work.task().output().uri(),
                seen == null ? null : new FoundOutput(seen.version(), found == null ? null : found.fingerprint()),
                record == null ? null : withCode(record.record()),
                isMadeSince(marks, found, record) ? null : work.forcedBy());
    }

    /// A record of other code with the parts of that, so that the two can be told apart.
    private CompletionRecord withCode(CompletionRecord record) {
        return record.codeHash().equals(work.codeHash())
                ? record
                : new CodeArchive(s3, workplace.environment().stateBucket())
                        .complete(record, work.task().getClass());
    }

    /// Whether this run, or one that started later, has made the output already of the very same.
    private static boolean isMadeSince(
            OutputMetadata marks, @Nullable OutputMetadata found, CompletionRecords.@Nullable Found record) {
        return (found != null
                        && found.fingerprint().equals(marks.fingerprint())
                        && !marks.order().isLaterThan(found.order()))
                || (record != null
                        && record.record().fingerprint().equals(marks.fingerprint())
                        && !marks.order().isLaterThan(CompletionRecords.order(record.record())));
    }

    /// The target is what the task would make.
    ///
    /// @return null where the target is not what was seen any more
    private @Nullable TaskResult skip(
            TaskDecision.Fresh fresh,
            Basis basis,
            Map<Task, PinnedObject> inputs,
            OutputMetadata marks,
            Commit commit,
            StoredObject seen,
            CompletionRecords.@Nullable Found record)
            throws IOException {
        var why = String.join("; ", fresh.notes());
        if (fresh.standing() == TaskDecision.Standing.FOUND) {
            return finish(false, commit.pinned(seen), null, why);
        }
        var before = commit.claim(false);
        if (before != null && mayStillWrite(before, record) && !isHarmless(before, marks)) {
            var renewed = commit.renew(seen);
            if (renewed == null) {
                return null;
            }
            var told = with(why, itemPutBack(renewed, marks));
            return finish(
                    false,
                    renewed,
                    record(
                            renewed,
                            marks,
                            inputs,
                            record,
                            known(reasons(record), profile(record, renewed)),
                            workplace.time().instant()),
                    told);
        }
        why = with(why, itemPutBack(commit.pinned(seen), marks));
        if (record != null && fresh.standing() == TaskDecision.Standing.RECORDED) {
            return finish(
                    record.record().run().equals(marks.run()), record.record().output(), null, why);
        }
        // An earlier attempt died between the output and the record.
        var theirs = Objects.requireNonNull(OutputMetadata.of(seen.metadata()));
        var made = commit.pinned(seen);
        var isOfThisRun = theirs.run().equals(marks.run());
        var causes = TaskDecision.madeFor(
                basis, record == null ? null : withCode(record.record()), isOfThisRun ? work.forcedBy() : null);
        var known = known(causes.stream().map(Cause::reason).toList(), profile(record, made));
        var recorded =
                record(made, theirs, inputs, record, known, workplace.time().instant());
        return finish(isOfThisRun, made, recorded, isOfThisRun ? TaskDecision.text(causes) : why);
    }

    /// Puts the item back where it is not what was put from its document.
    ///
    /// @return what is told of it; empty where there is nothing to do
    private String itemPutBack(PinnedObject document, OutputMetadata marks) {
        var lack = item == null ? null : item.lack(document.sha256());
        if (item == null || lack == null) {
            return "";
        }
        put(item, document, marks);
        return lack + " and is put back";
    }

    private void put(TableItem item, PinnedObject document, OutputMetadata marks) {
        var address = workplace.buckets().locate(document.uri());
        var content = s3.read(address.bucket(), address.key(), document.version());
        if (content == null) {
            throw new IllegalStateException(document.uri() + " is not there any more in version " + document.version());
        }
        item.put(item.document(content.bytes()), marks);
    }

    private static String with(String why, String more) {
        return why.isEmpty() || more.isEmpty() ? why + more : why + "; " + more;
    }

    /// @param code the parts of the task's code, where no deployment has kept them
    /// @param reasons for which it ran
    /// @param profile of the output, where it is known
    private record Known(
            Map<String, String> code,
            List<Reason> reasons,
            @Nullable DataProfile profile) {}

    private Known known(List<Reason> reasons, @Nullable DataProfile profile) {
        // What was deployed is kept with the deployment: to find it out takes reading the class files.
        var code = workplace.environment().code() == null
                ? CodeParts.of(work.task().getClass()).hashes()
                : Map.<String, String>of();
        return new Known(code, reasons, profile);
    }

    /// What was counted of the same bytes before.
    private static @Nullable DataProfile profile(CompletionRecords.@Nullable Found record, PinnedObject output) {
        return record != null
                        && output.sha256() != null
                        && output.sha256().equals(record.record().output().sha256())
                ? record.record().profile()
                : null;
    }

    /// What made the output before makes it still.
    private static List<Reason> reasons(CompletionRecords.@Nullable Found record) {
        return record == null ? List.of() : record.record().reasons();
    }

    private TaskResult run(
            Map<Task, PinnedObject> inputs,
            OutputMetadata marks,
            Commit commit,
            @Nullable StoredObject seen,
            CompletionRecords.@Nullable Found record,
            List<Cause> causes)
            throws Exception {
        claim(marks, commit, seen, record);
        var started = workplace.time().instant();
        var made = run(inputs, commit, seen, record);
        if (item != null) {
            put(item, made.output(), marks);
        }
        var reasons = causes.stream().map(Cause::reason).toList();
        return finish(
                true,
                made.output(),
                record(made.output(), marks, inputs, record, known(reasons, made.profile()), started),
                TaskDecision.text(causes));
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

    private static void refuseToGoBack(CompletionRecords.@Nullable Found record, OutputMetadata marks) {
        if (record != null && CompletionRecords.order(record.record()).isLaterThan(marks.order())) {
            CompletionRecords.refuseToGoBack(record.record(), marks.fingerprint(), marks.run());
        }
    }

    /// @param profile of the output; null where Baton did not see it written, or none is wanted
    private record Made(PinnedObject output, @Nullable DataProfile profile) {}

    private Made run(
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
                return new Made(commit.pinned(written(seen, record)), null);
            }
            if (spool == null) {
                throw new IllegalStateException(work.task() + " returned without having written its output "
                        + run.output().uri());
            }
            var profile = run.output().profile();
            Expectations.of(work.task().getClass()).require(run.output().uri(), profile);
            var content = spool.finish();
            if (item != null) {
                item.document(content.bytes());
            }
            var output = commit.write(content, run.output().contentType(), seen);
            // Another attempt at the very same may have been first.
            return new Made(output, content.sha256().equals(output.sha256()) ? profile : null);
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
            Known known,
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
                known.code(),
                known.reasons(),
                configuration,
                workplace.revision(),
                clients.role(),
                started,
                workplace.time().instant(),
                work.invocation().attempt() + 1,
                known.profile(),
                work.run().startedBy());
        var further = new LinkedHashMap<String, @Nullable Object>(making.further());
        further.put("session", clients.narrowing().word());
        records.write(work.completionKey(), record, further, seen);
        return record;
    }

    private TaskResult finish(boolean ran, PinnedObject output, @Nullable CompletionRecord recorded, String why) {
        var node = work.invocation().node();
        // The results of many items go through one state.
        var told = work.isItem() ? "" : why;
        var result = ran ? TaskResult.ran(node, output, told) : TaskResult.skipped(node, output, told);
        if (!work.isItem()) {
            workplace.complete(work, result);
        }
        if (recorded != null) {
            workplace.announce(recorded);
        }
        return result;
    }
}
