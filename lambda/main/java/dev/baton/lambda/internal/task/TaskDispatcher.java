package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.GraphInstances;
import dev.baton.lambda.internal.PipelineGraphs;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.session.DeclaredUses;
import dev.baton.lambda.internal.session.SessionScope;
import dev.baton.lambda.internal.session.SessionScope.Place;
import dev.baton.lambda.internal.session.Sts;
import dev.baton.lambda.internal.session.TaskSession;
import dev.baton.run.ContainerAnswer;
import dev.baton.run.ExpandedItems;
import dev.baton.run.ItemResult;
import dev.baton.run.RoleSession;
import dev.baton.run.StateKeys;
import dev.baton.run.TaskInvocation;
import dev.baton.run.TaskResult;
import dev.baton.task.Access;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.InvalidInput;
import dev.baton.task.ServiceTask;
import dev.baton.task.Task;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The work of a task's function on an invocation: everything but reading and printing JSON.
public final class TaskDispatcher {
    private final FunctionContext workplace;
    private final GraphInstances instances;

    public TaskDispatcher(FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        // First the graph: meanwhile the HTTP client may be in the making.
        this.instances = new GraphInstances(PipelineGraphs.graph(environment.pipeline()));
        this.workplace = new FunctionContext(environment, clients, time);
    }

    /// The answer to an invocation.
    ///
    /// @param outcome how the task became complete; `EXPANDED` where there is only the list of its items
    /// @param json the answer to the state
    public record Answer(String outcome, Map<String, @Nullable Object> json) {
        private static Answer of(TaskResult result) {
            return new Answer(result.outcome().name(), result.toJson());
        }

        private static Answer of(TaskResult result, Optional<Map<String, String>> item) {
            return item.map(parameters ->
                            new Answer(result.outcome().name(), new ItemResult(parameters, result).toJson()))
                    .orElseGet(() -> of(result));
        }

        private static Answer of(ExpandedItems expanded) {
            return new Answer("EXPANDED", expanded.toJson());
        }
    }

    /// Does for a task in a run what the invocation is for.
    ///
    /// @param overdue whether the function's time is over
    /// @throws InvalidInput when the invocation is for another pipeline or another version of this one
    /// @throws Exception whatever the task throws
    public Answer answer(TaskInvocation invocation, BooleanSupplier overdue) throws Exception {
        var pipeline = workplace.environment().pipeline();
        if (!invocation.run().pipeline().equals(pipeline)) {
            throw new InvalidInput("this function works for the pipeline " + pipeline + ", but was asked for "
                    + invocation.run().pipeline());
        }
        if (invocation.part() == TaskInvocation.Part.ANSWER) {
            return Answer.of(
                    new ContainerAnswers(workplace.environment(), workplace.clients()).result(invocation),
                    invocation.item());
        }
        var instance = instances.of(invocation.run().parameters());
        var work = ResolvedTask.of(invocation, instance, workplace.environment().code());
        if (!instance.needed(work.node())) {
            return unneeded(work);
        }
        var clients = new SessionClients(
                workplace.clients(), session(work), work.task().toString(), overdue);
        return switch (invocation.part()) {
            case TASK, RECORD, ITEM -> Answer.of(complete(work, OutputMaker.of(work), clients), invocation.item());
            case PREPARE -> prepared(work, new TaskAttempt(workplace, work, OutputMaker.of(work), clients));
            case EXPAND -> expanded(work, clients);
            case CLOSE -> Answer.of(complete(work, new Expansions(workplace, work).close(clients), clients));
            case LOOK ->
                looked(work, new TaskAttempt(workplace, work, OutputMaker.of(work), clients).completeUnlessDue());
            case ANSWER -> throw new IllegalStateException("answered without a session");
        };
    }

    private Answer expanded(ResolvedTask work, SessionClients clients) throws Exception {
        new RequiredApproval(workplace, work).demand(List.of());
        return Answer.of(new Expansions(workplace, work).expand(clients));
    }

    private TaskResult complete(ResolvedTask work, OutputMaker making, SessionClients clients) throws Exception {
        return new TaskAttempt(workplace, work, making, clients).complete();
    }

    /// @param result null where the work is due
    private Answer looked(ResolvedTask work, @Nullable TaskResult result) {
        if (result != null) {
            new ContainerAnswers(workplace.environment(), workplace.clients())
                    .leave(work.invocation(), new ContainerAnswer.Completed(result));
        }
        return new Answer(
                result == null ? "DUE" : result.outcome().name(), new LinkedHashMap<>(Map.of("due", result == null)));
    }

    private Answer prepared(ResolvedTask work, TaskAttempt attempt) throws Exception {
        if (!(work.task() instanceof ServiceTask task)) {
            throw new InvalidInput("no service does the work of \""
                    + work.invocation().node() + "\"; the state machine and its functions are of different versions");
        }
        var result = attempt.completeOrClaim();
        if (result != null) {
            return new Answer(result.outcome().name(), notDue());
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("due", true);
        var call = task.call(new RunReferences(work, attempt.inputs(), workplace.buckets()));
        json.put("call", workplace.environment().surroundings().in(call.arguments()));
        return new Answer("DUE", json);
    }

    private static Map<String, @Nullable Object> notDue() {
        return new LinkedHashMap<>(Map.of("due", false));
    }

    private Answer unneeded(ResolvedTask work) {
        if (work.isItem()) {
            throw new InvalidInput(
                    "nothing needs \"" + work.invocation().node() + "\" for these parameters, so it has no items");
        }
        var result = TaskResult.unneeded(work.invocation().node());
        return switch (work.invocation().part()) {
            case TASK, CLOSE, ANSWER, RECORD, ITEM -> {
                workplace.complete(work, result);
                yield Answer.of(result);
            }
            case PREPARE -> {
                workplace.complete(work, result);
                yield new Answer(result.outcome().name(), notDue());
            }
            case LOOK -> {
                workplace.complete(work, result);
                yield looked(work, result);
            }
            case EXPAND -> Answer.of(new Expansions(workplace, work).expandToNothing());
        };
    }

    private TaskSession session(ResolvedTask work) {
        var environment = workplace.environment();
        var declared = work.isItem() ? work.items().declarations() : work.node().declarations();
        var session = new RoleSession(
                work.run().pipeline(),
                work.invocation().executionId(),
                work.task().getClass().getSimpleName(),
                work.node().id() + " " + work.parameters(),
                work.invocation().attempt(),
                declared.owner().orElse(null),
                work.run()
                        .startedBy()
                        .map(requester -> new RoleSession.Origin(requester, environment.shownRevision()))
                        .orElse(null));
        return TaskSession.assume(
                new Sts(workplace.clients()),
                environment.taskRole(),
                environment.region(),
                session,
                grants(work),
                workplace.time());
    }

    /// Whether it reads a secret in the version that its run has pinned.
    private static boolean readsRotated(ResolvedTask work) {
        return work.task().uses().stream()
                .anyMatch(access -> access instanceof Access.Secret secret
                        && secret.rotation().isPresent());
    }

    /// Exactly the keys of this attempt: the versions it reads, its own record and output, and what `uses()` adds.
    private SessionScope grants(ResolvedTask work) {
        var state = workplace.environment().stateBucket();
        var target = workplace.buckets().locate(work.task().output().uri());
        var output = Place.key(target.bucket(), target.key());
        // Record and claim.
        var both = work.completionKey();
        var record = Place.under(state, both.substring(0, both.lastIndexOf('.') + 1));
        var uses = DeclaredUses.of(
                work.task().uses(),
                workplace.buckets(),
                workplace.environment().taskRole(),
                workplace.environment().region());
        var reads = new ArrayList<>(uses.reads());
        if (!work.externalInputs().isEmpty() || readsRotated(work)) {
            reads.add(Place.key(
                    state, StateKeys.pin(work.run().pipeline(), work.run().run())));
        }
        work.madeInputs().values().forEach(key -> reads.add(Place.key(state, key)));
        work.externalInputs().forEach(task -> reads.add(place(task.output().uri())));
        work.madeInputs().keySet().forEach(task -> reads.add(place(task.output().uri())));
        work.expandedInputs().forEach((task, key) -> {
            reads.add(Place.key(state, key));
            reads.add(items(work, task));
        });
        if (work.invocation().part() == TaskInvocation.Part.CLOSE) {
            reads.add(Place.under(state, work.itemsKeys()));
        }
        reads.add(record);
        // What the code was made of that an earlier record names.
        reads.add(Place.under(state, StateKeys.codeParts(work.task().getClass())));
        reads.add(output);
        var writes = new ArrayList<>(uses.writes());
        writes.add(output);
        var lists = new ArrayList<>(uses.lists());
        lists.add(output);
        lists.add(record);
        var others = new ArrayList<>(uses.others());
        if (work.task().output() instanceof DynamoDbTarget item) {
            var own = workplace.environment();
            others.add(DeclaredUses.item(item, own.taskRole(), own.region()));
        }
        return new SessionScope(reads, writes, lists, others);
    }

    /// Everything that begins like the output of every item: the items themselves are too many, and not known yet.
    private Place items(ResolvedTask work, Task expanding) {
        var node = work.instance().node(expanding).orElseThrow();
        var template = node.items().orElseThrow().template();
        var address = workplace.buckets().locate("s3://" + template.bucket() + "/" + template.prefix(Map.of()));
        return Place.under(address.bucket(), address.key());
    }

    private Place place(String uri) {
        var address = workplace.buckets().locate(uri);
        return Place.key(address.bucket(), address.key());
    }
}
