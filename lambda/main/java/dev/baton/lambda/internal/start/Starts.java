package dev.baton.lambda.internal.start;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.lambda.internal.Code;
import dev.baton.lambda.internal.Instances;
import dev.baton.lambda.internal.ObjectCreated;
import dev.baton.lambda.internal.Once;
import dev.baton.lambda.internal.Pipelines;
import dev.baton.lambda.internal.aws.Clients;
import dev.baton.lambda.internal.aws.Environment;
import dev.baton.lambda.internal.objects.Concurrently;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.task.InvalidInput;
import dev.baton.task.graph.GraphInstance;
import dev.baton.task.graph.Triggers;
import dev.baton.task.run.Buckets;
import dev.baton.task.run.ExecutionInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Considers runs of a pipeline and starts those that are ready.
///
/// Nothing is remembered between calls and nothing is taken from an event but where to look. Whether a run is ready is
/// read from S3, and whether it was started before is known to Step Functions by its name. So a call may be repeated,
/// be late, or die anywhere, and the next one puts things right.
public final class Starts {
    private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

    private final String pipeline;
    private final Instances instances;
    private final Buckets buckets;
    private final S3Access s3;
    private final Triggers triggers;
    private final Machine machine;
    private final Settled settled;

    public Starts(Environment environment, Clients clients) {
        this.pipeline = environment.pipeline();
        this.instances = new Instances(Pipelines.graph(pipeline));
        this.buckets = new Buckets(environment.buckets());
        this.s3 = new S3Access(clients, clients.own());
        this.triggers = instances.graph().triggers();
        this.machine = new Machine(clients.sfn(), environment.stateMachine(), () -> Code.of(instances.graph()));
        this.settled = new Settled(environment, s3);
    }

    /// Considers the runs that an object may make ready.
    public List<StartResult> created(ObjectCreated created) {
        var uri = buckets.uri(created.bucket(), created.key());
        var candidates = uri == null ? Optional.<Triggers.Candidates>empty() : triggers.roots(uri, this::listed);
        if (uri == null || candidates.isEmpty()) {
            var name = uri == null ? "s3://" + created.bucket() + "/" + created.key() : uri;
            LOG.atWarn().addKeyValue("uri", name).log("no external task is about this object");
            return List.of(new StartResult.Unmatched(name, triggers.templates()));
        }
        var partial = candidates.get().partial();
        return consider(
                candidates.get().parameters(),
                (instance, versions) -> partial && settled.is(instance, without(uri, versions)));
    }

    /// Considers every run that the objects that are there may make ready: what an event did not start because it came
    /// before the pipeline or was lost. What is complete for the versions that are there is left alone.
    public List<StartResult> sweep() {
        return consider(triggers.all(this::listed), settled::is);
    }

    /// Considers the one run that a person asks for, whether it is complete or not: what is fresh in it is skipped.
    ///
    /// @throws InvalidInput when the parameters are none of this pipeline
    public StartResult asked(ExecutionInput input) {
        if (!input.inputs().isEmpty()) {
            throw new InvalidInput("which versions a run reads is not asked for: it reads those that are there, but"
                    + " \"inputs\" was " + input.inputs());
        }
        input.pipeline().filter(name -> !name.equals(pipeline)).ifPresent(name -> {
            throw new InvalidInput(
                    "this function starts the pipeline \"" + pipeline + "\", but was asked for \"" + name + "\"");
        });
        return consider(known(input.parameters()), (instance, versions) -> false, new Once<>(machine::code));
    }

    private Map<String, String> known(Map<String, String> parameters) {
        try {
            return instances.of(parameters).parameters();
        } catch (DiagnosticException e) {
            throw new InvalidInput("the pipeline \"" + pipeline + "\" cannot be run with " + parameters + ": "
                    + e.diagnostics().getFirst().message());
        }
    }

    /// One failure does not keep the others from being considered; it is thrown in the end, so that all is tried again.
    private List<StartResult> consider(
            List<Map<String, String>> runs, BiPredicate<GraphInstance, Map<String, String>> complete) {
        var results = new ArrayList<StartResult>();
        var code = new Once<>(machine::code);
        @Nullable RuntimeException failed = null;
        for (var parameters : runs) {
            try {
                var result = consider(parameters, complete, code);
                LOG.atInfo()
                        .addKeyValue("outcome", result.outcome())
                        .addKeyValue("parameters", parameters)
                        .log("considered");
                results.add(result);
            } catch (RuntimeException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
        return results;
    }

    private StartResult consider(
            Map<String, String> parameters,
            BiPredicate<GraphInstance, Map<String, String>> complete,
            Supplier<String> code) {
        var instance = instances.of(parameters);
        var uris = instance.externals().stream()
                .map(node -> instance.task(node).output().uri())
                .distinct()
                .sorted()
                .toList();
        var found = Concurrently.map(uris, this::version);
        var versions = new LinkedHashMap<String, String>();
        var missing = new ArrayList<String>();
        for (var i = 0; i < uris.size(); i++) {
            var uri = uris.get(i);
            found.get(i).ifPresentOrElse(version -> versions.put(uri, version), () -> missing.add(uri));
        }
        if (!missing.isEmpty()) {
            return new StartResult.Waiting(parameters, missing);
        }
        if (complete.test(instance, versions)) {
            return new StartResult.Complete(parameters, "its last run read the versions that are there");
        }
        var input = new ExecutionInput(Optional.of(pipeline), instance.parameters(), versions);
        return machine.start(pipeline, input, code.get());
    }

    private Optional<String> version(String uri) {
        var address = buckets.locate(uri);
        return Optional.ofNullable(s3.find(address.bucket(), address.key())).map(object -> object.version());
    }

    private Stream<String> listed(String prefix) {
        var address = buckets.locate(prefix);
        return s3.keys(address.bucket(), address.key())
                .map(key -> Objects.requireNonNull(buckets.uri(address.bucket(), key)));
    }

    private static Map<String, String> without(String uri, Map<String, String> versions) {
        var others = new LinkedHashMap<>(versions);
        others.remove(uri);
        return others;
    }
}
