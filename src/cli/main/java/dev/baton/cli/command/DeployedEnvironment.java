package dev.baton.cli.command;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Destination;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.MachineKey;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.run.SourceRevision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The pipelines of an environment, as they are to be there.
public final class DeployedEnvironment {
    private DeployedEnvironment() {}

    /// The chosen pipelines, or all, compiled, and checked against each other and the environment.
    ///
    /// @param warned is told what does not hold a deployment up
    /// @throws dev.baton.diagnostic.DiagnosticException CLI001, ENV004, and what the compiler finds
    static List<CompiledPipeline> compile(
            PipelineChoice choice, List<String> chosen, Environment environment, Consumer<Diagnostic> warned) {
        var pipelines = chosen.isEmpty()
                ? choice.all()
                : chosen.stream().map(choice::named).toList();
        var compiled = choice.compiled(pipelines, environment.options());
        var findings = new Diagnostics();
        findings.addAll(Compiler.checkTogether(
                compiled.stream().map(CompiledPipeline::graph).toList()));
        compiled.forEach(pipeline -> findings.addAll(environment.missing(pipeline.buckets().stream()
                .map(CompiledBucket::logical)
                .filter(logical -> !logical.equals(CompiledBucket.STATE))
                .toList())));
        findings.addAll(environment.unknownMaps(compiled));
        findings.addAll(environment.sharedQueues(compiled));
        findings.throwIfErrors();
        findings.all().forEach(warned);
        compiled.forEach(pipeline -> pipeline.findings().forEach(warned));
        return compiled;
    }

    /// The names that an environment has for what a pipeline needs, for what was built from a revision.
    public static EnvironmentNames names(
            Endpoint endpoint, Environment environment, CompiledPipeline pipeline, SourceRevision revision) {
        var buckets = new LinkedHashMap<String, String>();
        pipeline.buckets().stream()
                .map(CompiledBucket::logical)
                .filter(logical -> !logical.equals(CompiledBucket.STATE))
                .forEach(logical ->
                        buckets.put(logical, environment.bucket(logical).name()));
        var account = switch (environment.place()) {
            case Destination.Account there -> there.id();
            case Destination.Endpoint there -> there.account();
            case Destination.Embedded embedded -> endpoint.account();
        };
        var names = new EnvironmentNames(
                account,
                endpoint.region(),
                environment.stateBucket().name(),
                buckets,
                revision,
                containers(environment),
                environment.concurrency(),
                environment.demandedChecks());
        var key = environment.machineKey();
        // The common one is the environment's, where that names it.
        return names.of(environment.name(), environment.identities())
                .under(key == null || key.arn() != null ? key : new MachineKey(environment.key()));
    }

    private static Map<String, String> containers(Environment environment) {
        var containers = new LinkedHashMap<String, String>();
        if (environment.place() instanceof Destination.Account) {
            environment.substitutions(List.of()).values().forEach((name, value) -> {
                if (name.startsWith("Container")) {
                    containers.put(name, value);
                }
            });
        }
        return containers;
    }
}
