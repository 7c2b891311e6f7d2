package dev.baton.lambda.internal.start;

import dev.baton.graph.GraphInstance;
import dev.baton.graph.TaskNode;
import dev.baton.lambda.internal.items.TableItems;
import dev.baton.lambda.internal.objects.ConcurrentCalls;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.StoredObject;
import dev.baton.lambda.plan.PlannedTask;
import dev.baton.run.BucketNames;
import dev.baton.run.CompletionRecord;
import dev.baton.run.ItemManifest;
import dev.baton.run.PinnedObject;
import dev.baton.run.StateKeys;
import dev.baton.run.decision.Basis;
import dev.baton.run.decision.Cause;
import dev.baton.run.decision.FoundOutput;
import dev.baton.run.decision.TaskDecision;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The completeness of runs: whether every output that the root needs is there, as its completion record says, and was
/// made of what is there now.
///
/// It is read from S3 at each call. Which code made an output is not asked: another code is another name of an
/// execution, and who deploys it decides whether history is made anew. Objects are listed and never read, so that who
/// looks needs no right to what is in them.
final class Completeness {
    private static final int AT_ONCE = 16;

    private final S3Access s3;
    private final TableItems items;
    private final BucketNames buckets;
    private final String stateBucket;

    /// @param items seen by their marks, for what is in them may not be read
    Completeness(S3Access s3, TableItems items, BucketNames buckets, String stateBucket) {
        this.s3 = s3;
        this.items = items;
        this.buckets = buckets;
        this.stateBucket = stateBucket;
    }

    /// An output that a run needs, and what is known of it.
    ///
    /// @param record null where it was never made
    /// @param current the version that is there; null where none is
    /// @param item what is wrong with the item of a table that it is; null where nothing is
    private record Made(
            Wanted wanted,
            @Nullable CompletionRecord record,
            @Nullable String current,
            @Nullable String item) {
        String uri() {
            return wanted.task().output().uri();
        }

        boolean isGone() {
            return record != null && current == null;
        }

        /// The sentence that says why it has to be made, by whatever code; null where it is as it was made.
        ///
        /// @param now what is there of its inputs, by logical URI
        @Nullable
        String lack(Map<String, PinnedObject> now) {
            var type = wanted.task().getClass();
            var basis = record == null ? Basis.unknown(type) : Basis.of(type, record, now);
            if (!(TaskDecision.of(basis, uri(), found(), record) instanceof TaskDecision.Due(var all))) {
                return item == null ? null : PlannedTask.name(wanted.task()) + ": " + item;
            }
            var causes = all.stream()
                    .filter(cause -> !(cause instanceof Cause.OtherBaton))
                    .toList();
            return causes.isEmpty()
                    ? null
                    : new TaskDecision.Due(causes).about(PlannedTask.name(wanted.task()), "has to run");
        }

        /// What the object bears is in its metadata, which is not read: where a bucket keeps no versions, it is
        /// believed.
        private @Nullable FoundOutput found() {
            return current == null
                    ? null
                    : new FoundOutput(
                            current,
                            record != null && current.equals(S3Access.UNVERSIONED) ? record.fingerprint() : null);
        }
    }

    /// @param expands whether the task's items are wanted as well
    private record Wanted(Task task, boolean expands, TaskNode node) {}

    /// The reason for which a run is not complete, in a sentence; null where it is.
    ///
    /// @param externals what is there of its external inputs, by logical URI
    @Nullable
    String lack(GraphInstance instance, Map<String, StoredObject> externals) {
        var root = made(wanted(instance, instance.graph().root())).lack(Map.of());
        if (root != null) {
            return root;
        }
        var all = all(instance);
        var now = new HashMap<String, PinnedObject>();
        externals.forEach((uri, object) -> now.put(
                uri, new PinnedObject(uri, object.version(), object.sha256(), object.checksum(), object.size())));
        for (var made : all) {
            if (made.record() != null) {
                now.put(made.uri(), made.record().output());
            }
        }
        return Stream.concat(
                        all.stream().map(made -> made.lack(now)),
                        all.stream()
                                .flatMap(made -> items(instance, made).stream())
                                .map(item -> item.lack(Map.of())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// The logical URIs of outputs that the run needs, that were made once, and that are not there any more.
    List<String> gone(GraphInstance instance) {
        return all(instance).stream()
                .flatMap(made -> Stream.concat(Stream.of(made), items(instance, made).stream()))
                .filter(Made::isGone)
                .map(Made::uri)
                .sorted()
                .toList();
    }

    private List<Made> all(GraphInstance instance) {
        var wanted = instance.graph().nodes().stream()
                .filter(node -> !node.external() && instance.needed(node))
                .map(node -> wanted(instance, node))
                .toList();
        return ConcurrentCalls.map(wanted, AT_ONCE, this::made);
    }

    private static Wanted wanted(GraphInstance instance, TaskNode node) {
        return new Wanted(Unneeded.unwrap(instance.task(node)), node.items().isPresent(), node);
    }

    private Made made(Wanted wanted) {
        var task = wanted.task();
        var key = StateKeys.completion(
                task.getClass(), Parameters.of(task.getClass()).print(task));
        var record = s3.read(stateBucket, key, null);
        var address = buckets.locate(task.output().uri());
        var completed = record == null ? null : CompletionRecord.parse(record.bytes());
        return new Made(
                wanted,
                completed,
                s3.version(address.bucket(), address.key()),
                completed == null ? null : item(task, completed));
    }

    private @Nullable String item(Task task, CompletionRecord completed) {
        var item = items.of(task);
        return item == null ? null : item.markedLack(completed.output().sha256());
    }

    /// What the items of a task made that expanded in the run to which its record belongs. That run's own state may
    /// have been cleared away; then nobody knows of its items any more.
    private List<Made> items(GraphInstance instance, Made closed) {
        var record = closed.record();
        if (record == null || !closed.wanted().expands()) {
            return List.of();
        }
        var node = closed.wanted().node();
        var key = StateKeys.itemsMade(
                record.pipeline(), record.run(), node.taskClass(), node.id(), instance.parameters());
        var manifest = s3.read(stateBucket, key, null);
        if (manifest == null) {
            return List.of();
        }
        var items = node.items().orElseThrow();
        var wanted = new ArrayList<Wanted>();
        for (var item : ItemManifest.parse(manifest.bytes()).items()) {
            wanted.add(new Wanted(items.item(item.parameters()), false, node));
        }
        return ConcurrentCalls.map(wanted, AT_ONCE, this::made);
    }
}
