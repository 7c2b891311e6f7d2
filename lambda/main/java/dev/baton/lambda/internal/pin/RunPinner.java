package dev.baton.lambda.internal.pin;

import dev.baton.graph.GraphInstance;
import dev.baton.lambda.internal.GraphInstances;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.lambda.internal.PipelineGraphs;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.objects.ConcurrentCalls;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.StoredObject;
import dev.baton.lambda.internal.state.DemandedChecks;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.BucketNames;
import dev.baton.run.ExecutionInput;
import dev.baton.run.Pin;
import dev.baton.run.PinInvocation;
import dev.baton.run.PinResult;
import dev.baton.run.PinnedObject;
import dev.baton.run.RunReference;
import dev.baton.task.InvalidInput;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Fixes what a run reads. Asked again for the same run, it gives the same answer: the first `pin.json` stays.
public final class RunPinner {
    private final String pipeline;
    private final GraphInstances instances;
    private final BucketNames buckets;
    private final S3Access s3;
    private final RunState state;
    private final DemandedChecks checks;
    private final Starters starts;
    private final SecretVersions secrets;

    public RunPinner(FunctionEnvironment environment, ServiceClients clients) {
        this.pipeline = environment.pipeline();
        this.instances = new GraphInstances(PipelineGraphs.graph(pipeline));
        this.buckets = new BucketNames(environment.buckets());
        this.s3 = new S3Access(clients, clients.own());
        this.state = new RunState(s3, environment.stateBucket());
        this.secrets = new SecretVersions(instances.graph(), clients.post(clients.own()));
        this.checks = new DemandedChecks(environment, s3, InstantSource.system());
        this.starts = new Starters(environment, s3);
    }

    /// @throws InvalidInput when the execution's input is not one of this pipeline, or names what is not there, or when
    ///     the code lacks a check, which an execution that no start function started was not asked for
    public PinResult pin(PinInvocation invocation) {
        checks.lack().ifPresent(lack -> {
            throw new InvalidInput(
                    lack + "; record what was checked, baton check-revision add NAME --status passed, and"
                            + " redrive the execution (RUN050)");
        });
        var input = ExecutionInput.of(invocation.input());
        input.pipeline().filter(name -> !name.equals(pipeline)).ifPresent(name -> {
            throw new InvalidInput("this state machine runs the pipeline \"" + pipeline + "\", but \"pipeline\" of the"
                    + " execution's input was \"" + name + "\"");
        });
        var instance = instances.asked(input);
        var run = invocation.run(pipeline, instance.parameters(), input.force());
        InvocationHandler.about("pipeline", pipeline);
        InvocationHandler.about("run", run.run());
        var earlier = state.pin(pipeline, run.run());
        return earlier == null
                ? first(invocation, run, input, instance)
                : new PinResult(earlier.run(), Optional.empty());
    }

    private PinResult first(PinInvocation invocation, RunReference run, ExecutionInput input, GraphInstance instance) {
        var uris = instance.externals().stream()
                .map(node -> instance.task(node).output().uri())
                .distinct()
                .toList();
        var told = starts.starter(invocation, input).map(run::startedBy).orElse(run);
        refuseUnknown(input, uris);
        var found = ConcurrentCalls.map(uris, this::find);
        refuseMissing(uris, found);
        var versions = found.stream()
                .flatMap(Optional::stream)
                .map(there -> choose(there.uri(), there.object(), input.inputs().get(there.uri())))
                .toList();
        var outdated =
                versions.stream().filter(choice -> choice.outdated() != null).findFirst();
        if (outdated.isPresent()) {
            return new PinResult(run, Optional.ofNullable(outdated.get().outdated()));
        }
        var pinned = new LinkedHashMap<String, PinnedObject>();
        versions.forEach(choice -> pinned.put(choice.object().uri(), choice.object()));
        return new PinResult(state.pin(new Pin(told, pinned, secrets.current())).run(), Optional.empty());
    }

    private void refuseUnknown(ExecutionInput input, List<String> uris) {
        var unknown = new TreeSet<>(input.inputs().keySet());
        uris.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new InvalidInput("\"inputs\" of the execution's input names " + unknown.first()
                    + ", which the pipeline \"" + pipeline + "\" does not read with " + input.parameters()
                    + "; it reads " + new TreeSet<>(uris));
        }
    }

    private Optional<There> find(String uri) {
        var address = buckets.locate(uri);
        return Optional.ofNullable(s3.find(address.bucket(), address.key())).map(object -> new There(uri, object));
    }

    /// All of them: whoever uploads one would else be told of the next.
    private static void refuseMissing(List<String> uris, List<Optional<There>> found) {
        var missing = new TreeSet<>(uris);
        found.forEach(there -> there.ifPresent(object -> missing.remove(object.uri())));
        if (!missing.isEmpty()) {
            throw new InvalidInput(String.join(", ", missing)
                    + (missing.size() == 1
                            ? " is not there; upload it, and the run starts by itself"
                            : " are not there; upload them, and the run starts by itself"));
        }
    }

    private static Choice choose(String uri, StoredObject current, @Nullable String wanted) {
        return wanted == null || wanted.equals(current.version())
                ? new Choice(pinned(uri, current), null)
                : new Choice(
                        pinned(uri, current),
                        uri + " is version " + current.version() + " by now, and this run was started for version "
                                + wanted + "; the newer version has a run of its own");
    }

    private static PinnedObject pinned(String uri, StoredObject object) {
        return new PinnedObject(uri, object.version(), object.sha256(), object.checksum(), object.size());
    }

    private record There(String uri, StoredObject object) {}

    /// @param outdated why the run has nothing to do, null where it has
    private record Choice(PinnedObject object, @Nullable String outdated) {}
}
