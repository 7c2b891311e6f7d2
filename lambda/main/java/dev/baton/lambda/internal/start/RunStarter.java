package dev.baton.lambda.internal.start;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.graph.GraphInstance;
import dev.baton.graph.RunTriggers;
import dev.baton.lambda.internal.Batch;
import dev.baton.lambda.internal.GraphInstances;
import dev.baton.lambda.internal.Lazy;
import dev.baton.lambda.internal.ObjectCreated;
import dev.baton.lambda.internal.PipelineCode;
import dev.baton.lambda.internal.PipelineGraphs;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.items.TableItems;
import dev.baton.lambda.internal.objects.ConcurrentCalls;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.StoredObject;
import dev.baton.lambda.internal.state.DemandedChecks;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.BucketNames;
import dev.baton.run.ExecutionInput;
import dev.baton.run.Force;
import dev.baton.run.Requester;
import dev.baton.run.RunAction;
import dev.baton.run.StartResult;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Considers runs of a pipeline and starts those that are ready.
///
/// Nothing is remembered between calls and nothing is taken from an event but where to look. Whether a run is ready is
/// read from S3, and whether it was started before is known to Step Functions by its name. So a call may be repeated,
/// be late, or die anywhere, and the next one puts things right.
public final class RunStarter {
    private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

    private final String pipeline;
    private final GraphInstances instances;
    private final BucketNames buckets;
    private final S3Access s3;
    private final RunTriggers triggers;
    private final DeployedMachine machine;
    private final Freshness settled;
    private final Completeness completeness;
    private final DemandedChecks checks;
    private final ScheduledRoots planned;
    private final ContinuedExecutions continued;
    private final StartAuthority authority;
    private final RecordedStarts recorded;
    private final InstantSource time;

    /// @param time by which the last ticks of schedules are told
    /// @param authority over what is started
    public RunStarter(
            FunctionEnvironment environment, ServiceClients clients, InstantSource time, StartAuthority authority) {
        this.pipeline = environment.pipeline();
        this.instances = new GraphInstances(PipelineGraphs.graph(pipeline));
        this.buckets = new BucketNames(environment.buckets());
        this.s3 = new S3Access(clients, clients.own());
        this.triggers = new RunTriggers(instances.graph());
        this.machine = new DeployedMachine(
                clients.sfn(), environment.stateMachine(), () -> PipelineCode.of(instances.graph()));
        this.settled = new Freshness(environment, s3);
        this.completeness = new Completeness(
                s3, new TableItems(() -> clients.post(clients.own())), buckets, environment.stateBucket());
        this.checks = new DemandedChecks(environment, s3, time);
        this.planned = new ScheduledRoots(instances, time);
        this.authority = authority;
        this.time = time;
        this.recorded = new RecordedStarts(
                s3,
                environment.stateBucket(),
                pipeline,
                authority,
                name -> machine.find(name).isPresent());
        this.continued = new ContinuedExecutions(pipeline, machine, new RunState(s3, environment.stateBucket()));
    }

    /// Considers the runs that an object may make ready.
    public List<StartResult> created(ObjectCreated created, Requester by) {
        var uri = buckets.uri(created.bucket(), created.key());
        var candidates = uri == null ? Optional.<RunTriggers.Candidates>empty() : triggers.roots(uri, this::listed);
        if (uri == null || candidates.isEmpty()) {
            var name = uri == null ? "s3://" + created.bucket() + "/" + created.key() : uri;
            LOG.atWarn().addKeyValue("uri", name).log("no external task is about this object");
            return List.of(new StartResult.Unmatched(name, triggers.templates()));
        }
        var partial = candidates.get().partial();
        // An object that does not tell the whole root may be what the roots of the last ticks were waiting for.
        var roots = partial
                ? together(candidates.get().parameters(), planned.reading(uri))
                : candidates.get().parameters();
        return consider(roots, new Asking() {
            @Override
            public Requester requester() {
                return by;
            }

            @Override
            public boolean leavesAlone(GraphInstance instance, Map<String, StoredObject> found) {
                return partial && settled.is(instance, versions(without(uri, found)));
            }

            @Override
            public boolean isMadeAgain() {
                return false;
            }
        });
    }

    /// Considers the runs that a tick of a schedule proposes. What is complete is left alone.
    ///
    /// @param schedule the name of the schedule, or of the rule, that ticked
    /// @param tick the time for which it was planned
    /// @throws InvalidInput when the pipeline has no such schedule (RUN042)
    public List<StartResult> ticked(String schedule, Instant tick, Requester by) {
        return consider(planned.proposed(schedule, tick), whatIsNotComplete(by, false));
    }

    /// Considers every run that the objects that are there may make ready: what an event did not start because it came
    /// before the pipeline or was lost, and what was complete and is not any more, because an output was deleted; and
    /// what the last tick of each schedule proposed. What is complete is left alone.
    public List<StartResult> sweep(Requester by) {
        return consider(together(triggers.all(this::listed), planned.last()), whatIsNotComplete(by, true));
    }

    private Asking whatIsNotComplete(Requester by, boolean madeAgain) {
        return new Asking() {
            @Override
            public Requester requester() {
                return by;
            }

            @Override
            public boolean leavesAlone(GraphInstance instance, Map<String, StoredObject> found) {
                return completeness.lack(instance, found) == null;
            }

            @Override
            public boolean isMadeAgain() {
                return madeAgain;
            }
        };
    }

    /// Considers the one run that a person asks for, whether it is complete or not: what is fresh in it is skipped,
    /// but for tasks that are forced.
    ///
    /// @throws InvalidInput when the parameters are none of this pipeline, or what is forced is no task of it
    /// @param runs how many are asked for together, one after the other
    public StartResult asked(ExecutionInput input, Requester by, int runs) {
        if (input.continues().isPresent()) {
            return continuing(input.continues().get(), by, runs);
        }
        return consider(
                instance(input),
                new Asking() {
                    @Override
                    public Requester requester() {
                        return by;
                    }

                    @Override
                    public int runs() {
                        return runs;
                    }

                    @Override
                    public boolean leavesAlone(GraphInstance instance, Map<String, StoredObject> found) {
                        return false;
                    }

                    @Override
                    public Optional<Force> force() {
                        return input.force();
                    }

                    @Override
                    public boolean isMadeAgain() {
                        return true;
                    }
                },
                new Lazy<>(machine::code));
    }

    /// Considers the run of an execution that failed, of the code that is deployed now: what is fresh in it is skipped.
    ///
    /// @param name of the execution that failed
    /// @throws InvalidInput when it cannot be continued (RUN054, RUN055, RUN056), or its parameters are none of this
    ///     pipeline any more
    private StartResult continuing(String name, Requester by, int runs) {
        var code = machine.code();
        var failed = continued.failed(name, code);
        return consider(
                instances.asked(
                        new ExecutionInput(Optional.empty(), failed.input().parameters(), Map.of())),
                new Asking() {
                    @Override
                    public Requester requester() {
                        return by;
                    }

                    @Override
                    public int runs() {
                        return runs;
                    }

                    @Override
                    public boolean leavesAlone(GraphInstance instance, Map<String, StoredObject> found) {
                        failed.requireRead(versions(found));
                        return false;
                    }

                    @Override
                    public boolean isMadeAgain() {
                        return true;
                    }

                    @Override
                    public Optional<String> continues() {
                        return Optional.of(name);
                    }
                },
                () -> code);
    }

    /// Looks at what a run has made, and starts nothing.
    ///
    /// @throws InvalidInput when the parameters are none of this pipeline
    public StartResult seen(ExecutionInput input, Requester by) {
        var instance = instance(input);
        var question = new StartQuestion(
                by, List.of(RunAction.READ), instance.parameters(), Optional.empty(), 1, time.instant());
        if (authority.rule(question) instanceof StartVerdict.Denied denied) {
            return denied.refused(instance.parameters());
        }
        return new StartResult.Seen(instance.parameters(), completeness.gone(instance));
    }

    /// The outputs that a run needs, that were made once, and that are not there any more, as logical URIs.
    ///
    /// @throws InvalidInput when the parameters are none of this pipeline
    public List<String> gone(Map<String, String> parameters) {
        return completeness.gone(instances.asked(new ExecutionInput(Optional.empty(), parameters, Map.of())));
    }

    /// Starts the input of an execution that has ended once more, with the code that is deployed now.
    ///
    /// @param name the execution's: the new one has the next number
    public StartResult repeated(String name, ExecutionInput input, Requester by) {
        var actions = new ArrayList<>(List.of(RunAction.RERUN));
        if (input.force().isPresent()) {
            actions.add(RunAction.FORCE);
        }
        var forced = input.forcing(input.force().map(wish -> by(wish, by)));
        var question = new StartQuestion(by, actions, forced.parameters(), forced.force(), 1, time.instant());
        return machine.repeat(
                name, forced, machine.code(), (numbered, number, of) -> recorded.clear(question, numbered, of));
    }

    /// The cause for which runs are considered.
    private interface Asking {

        /// Whoever asks for it, or what happened.
        Requester requester();

        /// How many runs are asked for together.
        default int runs() {
            return 1;
        }

        /// Whether a run is not to be started, although its inputs are there.
        ///
        /// @param found its external inputs by logical URI
        boolean leavesAlone(GraphInstance instance, Map<String, StoredObject> found);

        /// Whether a run that has succeeded is started once more where it is not complete any more. An event is about
        /// what is new: it comes more than once, and late, and brings nothing back that a person has deleted.
        boolean isMadeAgain();

        /// The execution of older code in whose place a run is started.
        default Optional<String> continues() {
            return Optional.empty();
        }

        /// Which tasks run also where they are fresh.
        default Optional<Force> force() {
            return Optional.empty();
        }
    }

    private GraphInstance instance(ExecutionInput input) {
        if (!input.inputs().isEmpty()) {
            throw new InvalidInput("which versions a run reads is not asked for: it reads those that are there, but"
                    + " \"inputs\" was " + input.inputs());
        }
        input.pipeline().filter(name -> !name.equals(pipeline)).ifPresent(name -> {
            throw new InvalidInput(
                    "this function starts the pipeline \"" + pipeline + "\", but was asked for \"" + name + "\"");
        });
        return instances.asked(input);
    }

    /// One failure does not keep the others from being considered; it is thrown in the end, so that all is tried again.
    private List<StartResult> consider(List<Map<String, String>> runs, Asking asking) {
        var code = new Lazy<>(machine::code);
        return Batch.all(runs, parameters -> List.of(told(parameters, considered(parameters, asking, code))));
    }

    private static StartResult told(Map<String, String> parameters, StartResult result) {
        var entry = LOG.atInfo();
        var message = "considered";
        if (result instanceof StartResult.Misshapen misshapen) {
            entry = LOG.atError().addKeyValue("code", misshapen.code());
            message = misshapen.reason();
        }
        entry.addKeyValue("outcome", result.outcome())
                .addKeyValue("parameters", parameters)
                .log(message);
        return result;
    }

    /// A root that has no graph fails each time in the same way: the event would come again and again for the sake of
    /// it, and end among the dead ones, though it is all right for the other roots.
    private StartResult considered(Map<String, String> parameters, Asking asking, Supplier<DeployedMachine.Code> code) {
        GraphInstance instance;
        try {
            instance = instances.of(parameters);
        } catch (DiagnosticException e) {
            return misshapen(parameters, e.diagnostics().getFirst());
        }
        return consider(instance, asking, code);
    }

    private static StartResult misshapen(Map<String, String> parameters, Diagnostic problem) {
        return new StartResult.Misshapen(parameters, problem.code(), problem.message(), problem.remedy());
    }

    private StartResult consider(GraphInstance instance, Asking asking, Supplier<DeployedMachine.Code> code) {
        var parameters = instance.parameters();
        var uris = instance.externals().stream()
                .map(node -> instance.task(node).output().uri())
                .distinct()
                .sorted()
                .toList();
        var objects = ConcurrentCalls.map(uris, this::find);
        var found = new LinkedHashMap<String, StoredObject>();
        var missing = new ArrayList<String>();
        for (var i = 0; i < uris.size(); i++) {
            var uri = uris.get(i);
            objects.get(i).ifPresentOrElse(object -> found.put(uri, object), () -> missing.add(uri));
        }
        if (!missing.isEmpty()) {
            return new StartResult.Waiting(parameters, missing);
        }
        if (asking.leavesAlone(instance, found)) {
            return new StartResult.Complete(parameters, "its last run read the versions that are there");
        }
        var lack = checks.lack();
        if (lack.isPresent()) {
            return new StartResult.Refused(
                    parameters,
                    "RUN050",
                    lack.get(),
                    "record what was checked, baton check-revision add NAME --status passed, and start it again: baton"
                            + " sweep");
        }
        var input = new ExecutionInput(Optional.of(pipeline), parameters, versions(found))
                .continuing(asking.continues())
                .forcing(asking.force().map(wish -> by(wish, asking.requester())));
        return machine.start(
                pipeline,
                input,
                code.get(),
                (name, number, of) -> recorded.clear(question(asking, number, of), name, of),
                () -> asking.isMadeAgain() ? completeness.lack(instance, found) : null);
    }

    private StartQuestion question(Asking asking, int number, ExecutionInput input) {
        var actions = new ArrayList<RunAction>();
        actions.add(number == 1 && input.continues().isEmpty() ? RunAction.START : RunAction.RERUN);
        if (input.force().isPresent()) {
            actions.add(RunAction.FORCE);
        }
        if (asking.runs() > 1) {
            actions.add(RunAction.BACKFILL);
        }
        return new StartQuestion(
                asking.requester(), actions, input.parameters(), input.force(), asking.runs(), time.instant());
    }

    /// What a request says of who asks counts where nobody proves it.
    private Force by(Force wish, Requester requester) {
        return authority.decides() ? new Force(wish.tasks(), requester.shown()) : wish;
    }

    private Optional<StoredObject> find(String uri) {
        var address = buckets.locate(uri);
        return Optional.ofNullable(s3.find(address.bucket(), address.key()));
    }

    private Stream<String> listed(String prefix) {
        var address = buckets.locate(prefix);
        return s3.keys(address.bucket(), address.key())
                .map(key -> Objects.requireNonNull(buckets.uri(address.bucket(), key)));
    }

    private static List<Map<String, String>> together(
            List<Map<String, String>> some, Collection<Map<String, String>> others) {
        var all = new LinkedHashSet<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    private static Map<String, String> versions(Map<String, StoredObject> found) {
        var versions = new LinkedHashMap<String, String>();
        found.forEach((uri, object) -> versions.put(uri, object.version()));
        return versions;
    }

    private static Map<String, StoredObject> without(String uri, Map<String, StoredObject> found) {
        var others = new LinkedHashMap<>(found);
        others.remove(uri);
        return others;
    }
}
