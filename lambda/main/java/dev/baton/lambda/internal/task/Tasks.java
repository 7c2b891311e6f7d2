package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.Instances;
import dev.baton.lambda.internal.Pipelines;
import dev.baton.lambda.internal.aws.Clients;
import dev.baton.lambda.internal.aws.Environment;
import dev.baton.lambda.internal.session.Attempt;
import dev.baton.lambda.internal.session.Grants;
import dev.baton.lambda.internal.session.Grants.Place;
import dev.baton.lambda.internal.session.TaskSession;
import dev.baton.lambda.internal.session.Uses;
import dev.baton.task.InvalidInput;
import dev.baton.task.run.StateKeys;
import dev.baton.task.run.TaskInvocation;
import dev.baton.task.run.TaskResult;
import java.time.InstantSource;
import java.util.ArrayList;

/// What a task's function does with an invocation: everything but reading and printing JSON.
public final class Tasks {
    private final Workplace workplace;
    private final Instances instances;

    public Tasks(Environment environment, Clients clients, InstantSource time) {
        this.workplace = new Workplace(environment, clients, time);
        this.instances = new Instances(Pipelines.graph(environment.pipeline()));
    }

    /// Completes a task in a run.
    ///
    /// @throws InvalidInput when the invocation is for another pipeline or another version of this one
    /// @throws Exception whatever the task throws
    public TaskResult complete(TaskInvocation invocation) throws Exception {
        var pipeline = workplace.environment().pipeline();
        if (!invocation.run().pipeline().equals(pipeline)) {
            throw new InvalidInput("this function works for the pipeline " + pipeline + ", but was asked for "
                    + invocation.run().pipeline());
        }
        var instance = instances.of(invocation.run().parameters());
        var work = Work.of(invocation, instance);
        if (!instance.needed(work.node())) {
            var result = TaskResult.unneeded(invocation.node());
            workplace.complete(work, result);
            return result;
        }
        return new TaskAttempt(workplace, work, new SessionClients(workplace.clients(), session(work))).complete();
    }

    private TaskSession session(Work work) {
        var environment = workplace.environment();
        var declared = work.node().declarations();
        var attempt = new Attempt(
                work.run().pipeline(),
                work.invocation().executionId(),
                work.node().taskClass().getSimpleName(),
                work.invocation().attempt(),
                declared.owner().orElse(null));
        return TaskSession.assume(
                workplace.clients().sts(), environment.taskRole(), environment.region(), attempt, grants(work));
    }

    /// Exactly the keys of this attempt: the versions it reads, its own record and output, and what `uses()` adds.
    private Grants grants(Work work) {
        var state = workplace.environment().stateBucket();
        var target = workplace.buckets().locate(work.task().output().uri());
        var output = Place.key(target.bucket(), target.key());
        // Record and claim.
        var both = work.completionKey();
        var record = Place.under(state, both.substring(0, both.lastIndexOf('.') + 1));
        var uses = Uses.of(
                work.task().uses(),
                workplace.buckets(),
                workplace.environment().taskRole(),
                workplace.environment().region());
        var reads = new ArrayList<>(uses.reads());
        if (!work.externalInputs().isEmpty()) {
            reads.add(Place.key(state, StateKeys.pin(work.run().pipeline(), work.run().run())));
        }
        work.madeInputs().values().forEach(key -> reads.add(Place.key(state, key)));
        work.externalInputs().forEach(task -> reads.add(place(task.output().uri())));
        work.madeInputs().keySet().forEach(task -> reads.add(place(task.output().uri())));
        reads.add(record);
        reads.add(output);
        var writes = new ArrayList<>(uses.writes());
        writes.add(output);
        var lists = new ArrayList<>(uses.lists());
        lists.add(output);
        lists.add(record);
        return new Grants(reads, writes, lists, uses.others());
    }

    private Place place(String uri) {
        var address = workplace.buckets().locate(uri);
        return Place.key(address.bucket(), address.key());
    }
}
