package dev.baton.lambda.plan;

import dev.baton.graph.ForcedTasks;
import dev.baton.graph.GraphInstance;
import dev.baton.graph.TaskNode;
import dev.baton.lambda.internal.items.TableItems;
import dev.baton.lambda.internal.objects.ConcurrentCalls;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.StoredObject;
import dev.baton.lambda.lineage.CodeArchive;
import dev.baton.run.BucketNames;
import dev.baton.run.CompletionRecord;
import dev.baton.run.Force;
import dev.baton.run.OutputMetadata;
import dev.baton.run.PinnedObject;
import dev.baton.run.SourceRevision;
import dev.baton.run.StateKeys;
import dev.baton.run.code.CodeHash;
import dev.baton.run.code.CodeParts;
import dev.baton.run.decision.Basis;
import dev.baton.run.decision.FoundOutput;
import dev.baton.run.decision.TaskDecision;
import dev.baton.run.decision.UsedIdentities;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ExternalTask;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.parameter.TaskMap;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/// Tells of each task of a run whether it would run, and why, as the task's function would decide it. It reads records
/// and looks at objects, and writes nothing.
public final class RunPlanner {
    private static final int AT_ONCE = 16;

    private final S3Access s3;
    private final TableItems items;
    private final String stateBucket;
    private final BucketNames buckets;
    private final SourceRevision revision;
    private final Map<String, PinnedObject> uploads;

    /// @param s3 with credentials that may read records, and the metadata of inputs and outputs
    /// @param revision of the sources of the code that would run
    /// @param uploads what will have been uploaded by then, by logical URI
    /// @param tables with credentials that may read items that are outputs
    public RunPlanner(
            S3Client s3,
            String stateBucket,
            BucketNames buckets,
            SourceRevision revision,
            Map<String, PinnedObject> uploads,
            OutputTables tables) {
        this.s3 = new S3Access(s3);
        this.items = tables.items();
        this.stateBucket = stateBucket;
        this.buckets = buckets;
        this.revision = revision;
        this.uploads = Map.copyOf(uploads);
    }

    /// The tasks of a run, each after what it requires; external ones are not among them.
    public List<PlannedTask> plan(GraphInstance instance) {
        return plan(instance, Optional.empty());
    }

    /// [#plan] of a run in which some tasks run also where they are fresh.
    ///
    /// @throws DiagnosticException when there is no such task (RUN043, RUN044)
    public List<PlannedTask> plan(GraphInstance instance, Optional<Force> force) {
        var wanted = new HashMap<TaskNode, String>();
        force.ifPresent(wish -> {
            var tasks = ForcedTasks.of(instance.graph(), wish);
            instance.graph().nodes().stream().filter(tasks::contains).forEach(node -> wanted.put(node, wish.by()));
        });
        var known = look(instance);
        var planned = new LinkedHashMap<TaskNode, PlannedTask>();
        for (var node : instance.graph().nodes()) {
            visit(node, instance, known, wanted, planned);
        }
        return List.copyOf(planned.values());
    }

    /// The plan of one task, its inputs taken as they are now.
    public PlannedTask plan(Task task) {
        var required = task.requires().stream()
                .filter(one -> !(one instanceof Unneeded))
                .map(Task.class::cast)
                .toList();
        var known = new TaskMap<Known>();
        known.put(task, look(task));
        required.forEach(one -> known.put(one, look(one)));
        return new PlannedTask(
                PlannedTask.name(task),
                task,
                outlook(task, required, known, new TaskMap<>(), null),
                Optional.ofNullable(of(known, task).record()));
    }

    /// The traces of a task: what is there of it.
    ///
    /// @param output null where there is none
    /// @param record null where there is none
    private record Known(
            @Nullable StoredObject output, @Nullable CompletionRecord record) {}

    private TaskMap<Known> look(GraphInstance instance) {
        var tasks = instance.graph().nodes().stream()
                .filter(instance::needed)
                .map(node -> Unneeded.unwrap(instance.task(node)))
                .toList();
        var found = ConcurrentCalls.map(tasks, AT_ONCE, this::look);
        var known = new TaskMap<Known>();
        for (var i = 0; i < tasks.size(); i++) {
            known.put(tasks.get(i), found.get(i));
        }
        return known;
    }

    private Known look(Task task) {
        var address = buckets.locate(task.output().uri());
        var output = s3.find(address.bucket(), address.key());
        if (task instanceof ExternalTask) {
            return new Known(output, null);
        }
        var key = StateKeys.completion(
                task.getClass(), Parameters.of(task.getClass()).print(task));
        var record = s3.read(stateBucket, key, null);
        return new Known(output, record == null ? null : withCode(CompletionRecord.parse(record.bytes()), task));
    }

    /// A record of other code with the parts of that, so that the two can be told apart.
    private CompletionRecord withCode(CompletionRecord record, Task task) {
        var type = task.getClass();
        return record.codeHash().equals(CodeHash.of(type))
                ? record
                : new CodeArchive(s3, stateBucket).complete(record, type);
    }

    private void visit(
            TaskNode node,
            GraphInstance instance,
            TaskMap<Known> known,
            Map<TaskNode, String> forced,
            Map<TaskNode, PlannedTask> planned) {
        if (node.external() || planned.containsKey(node)) {
            return;
        }
        var task = Unneeded.unwrap(instance.task(node));
        if (!instance.needed(node)) {
            planned.put(node, new PlannedTask(node.id(), task, new Outlook.Unneeded(), Optional.empty()));
            return;
        }
        node.requires().forEach(required -> visit(required, instance, known, forced, planned));
        var outlooks = new TaskMap<Outlook>();
        planned.values().forEach(other -> outlooks.put(other.task(), other.outlook()));
        var required = new ArrayList<Task>();
        for (var one : task.requires()) {
            if (!(one instanceof Unneeded)) {
                required.add(one);
            }
        }
        planned.put(
                node,
                new PlannedTask(
                        node.id(),
                        task,
                        outlook(task, required, known, outlooks, forced.get(node)),
                        Optional.ofNullable(of(known, task).record())));
    }

    /// @param outlooks of what is required and would be made in the same run
    /// @param forcedBy who wants the task to run in any case, null where nobody does
    private Outlook outlook(
            Task task,
            List<Task> required,
            TaskMap<Known> known,
            TaskMap<Outlook> outlooks,
            @Nullable String forcedBy) {
        var own = of(known, task);
        var missing = new ArrayList<String>();
        var depends = new ArrayList<String>();
        var inputs = new ArrayList<Basis.Input>();
        var before = before(own.record());
        for (var one : required) {
            var uri = one.output().uri();
            var name = one instanceof ExternalTask ? uri : one.getClass().getSimpleName();
            switch (outlooks.get(one)) {
                case Outlook.Waiting(var uris) -> missing.addAll(uris);
                case Outlook.Due due -> depends.add(name);
                case Outlook.Depends some -> depends.add(name);
                case null, default -> {
                    var object = of(known, one).output();
                    var input = soon(uri, object == null ? null : pinned(uri, object));
                    if (input == null) {
                        missing.add(uri);
                    } else {
                        inputs.add(new Basis.Input(name, input));
                    }
                    continue;
                }
            }
            // Not made yet: if it comes out as it was, it changes nothing.
            if (before.containsKey(uri)) {
                inputs.add(new Basis.Input(name, Objects.requireNonNull(before.get(uri))));
            }
        }
        var used = new HashMap<String, PinnedObject>();
        task.identities().values().stream().filter(UsedIdentities::isObject).forEach(uri -> {
            var object = soon(uri, find(uri));
            if (object == null) {
                missing.add(uri);
            } else {
                used.put(uri, object);
            }
        });
        if (!missing.isEmpty()) {
            return new Outlook.Waiting(missing.stream().distinct().sorted().toList());
        }
        var decision = TaskDecision.of(
                basis(task, own.record(), inputs, used),
                task.output().uri(),
                found(own.output()),
                own.record(),
                forcedBy);
        return switch (decision) {
            case TaskDecision.Due(var causes) -> new Outlook.Due(causes);
            case TaskDecision.Fresh(var standing, var notes) ->
                depends.isEmpty()
                        ? new Outlook.Fresh(Stream.concat(notes.stream(), item(task, own.output()))
                                .toList())
                        : new Outlook.Depends(depends);
        };
    }

    /// What is to be told of the item that is the output of a task.
    private Stream<String> item(Task task, @Nullable StoredObject document) {
        var item = document == null ? null : items.of(task);
        if (item == null || document == null) {
            return Stream.empty();
        }
        try {
            return Stream.ofNullable(item.lack(document.sha256())).map(lack -> lack + " and would be put back");
        } catch (UncheckedIOException e) {
            // A plan is as good as what its caller may see.
            return Stream.of(String.valueOf(e.getMessage()));
        }
    }

    /// What an input will be: an upload of the same content as is there changes nothing.
    private @Nullable PinnedObject soon(String uri, @Nullable PinnedObject there) {
        var upload = uploads.get(uri);
        return upload == null || (there != null && there.identity().equals(upload.identity())) ? there : upload;
    }

    private @Nullable PinnedObject find(String uri) {
        var address = buckets.locate(uri);
        var object = s3.find(address.bucket(), address.key());
        return object == null ? null : pinned(uri, object);
    }

    private Basis basis(
            Task task, @Nullable CompletionRecord record, List<Basis.Input> inputs, Map<String, PinnedObject> used) {
        var type = task.getClass();
        var configuration = new HashMap<String, String>();
        if (task instanceof ExpandingTask && record != null) {
            // Into which items a task expands is known when it has: those of the last time, until then.
            configuration.putAll(record.configuration());
            configuration.keySet().removeIf(UsedIdentities::is);
        }
        configuration.putAll(UsedIdentities.of(task, uri -> Objects.requireNonNull(used.get(uri))));
        return new Basis(
                type,
                CodeHash.of(type),
                () -> CodeParts.of(type).hashes(),
                revision,
                Parameters.of(type).print(task),
                configuration,
                inputs);
    }

    private static @Nullable FoundOutput found(@Nullable StoredObject output) {
        if (output == null) {
            return null;
        }
        var marks = OutputMetadata.of(output.metadata());
        return new FoundOutput(output.version(), marks == null ? null : marks.fingerprint());
    }

    private static PinnedObject pinned(String uri, StoredObject object) {
        return new PinnedObject(uri, object.version(), object.sha256(), object.checksum(), object.size());
    }

    private static Map<String, PinnedObject> before(@Nullable CompletionRecord record) {
        var inputs = new HashMap<String, PinnedObject>();
        if (record != null) {
            record.inputs().forEach(input -> inputs.put(input.uri(), input));
        }
        return inputs;
    }

    private static Known of(TaskMap<Known> known, Task task) {
        return Objects.requireNonNull(known.get(task), () -> "nothing was looked up of " + task);
    }
}
