package dev.baton.cli.command;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.artefact.Provenance;
import dev.baton.cli.checks.CheckedDeployment;
import dev.baton.cli.deploy.put.CdkDeployment;
import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.put.ManualEdits;
import dev.baton.cli.deploy.put.UploadedFunctions;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.ResourceChange;
import dev.baton.cli.follow.ProgressReport;
import dev.baton.cli.follow.RunEvent;
import dev.baton.cli.operate.StartRequest;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.environment.Destination;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton deploy ENV`: puts the pipelines where an environment is.
@Command(
        name = "deploy",
        description = {
            "Puts pipelines into an environment, or brings up to date what is there. Only what changed is published;"
                    + " executions that run finish on the code that they began with.",
            "An account is deployed to with CDK, an endpoint directly. At the end everything that is ready is started."
        })
public final class DeployCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ENV", description = "an entry of cdk/environments.json")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PIPELINE",
            description = "which pipelines; all if nothing is said")
    private List<String> chosen = new ArrayList<>();

    @Option(
            names = "--foundation",
            description =
                    "bring up to date first what an administrator deploys to an account: the key, the buckets, the"
                            + " permissions boundaries, the roles that deploy")
    private boolean foundation;

    @Option(
            names = "--templates",
            description = "only write what would be deployed to an account, CloudFormation's templates, to cdk.out;"
                    + " this asks nobody")
    private boolean templates;

    @Option(names = "--no-sweep", description = "start nothing at the end")
    private boolean noSweep;

    @Option(names = "--json", description = "one JSON object an event and line")
    private boolean json;

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Mixin
    private EndpointChoice choice = new EndpointChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var environment = EndpointChoice.environment(name);
        var compiled = DeployedEnvironment.compile(
                pipelines, chosen, environment, spec.commandLine().getErr()::println);
        // The templates for an account have all of them, and one package of code.
        var concerned = templates || environment.place() instanceof Destination.Account
                ? pipelines.all()
                : compiled.stream().map(pipeline -> pipeline.graph().pipeline()).toList();
        Provenance.check(environment, concerned).forEach(spec.commandLine().getErr()::println);
        if (templates) {
            environment.withoutAccount().ifPresent(finding -> {
                throw new DiagnosticException(finding);
            });
            cdk(null).templates(name, pipelines.all(), Map.of());
            return CommandLine.ExitCode.OK;
        }
        try (var endpoint = choice.open(environment);
                var progress = ProgressReport.on(spec.commandLine().getOut(), json)) {
            CheckedDeployment.require(environment, endpoint, concerned);
            var edits = edits(endpoint, environment, compiled);
            if (environment.place() instanceof Destination.Account account) {
                cdk(account.profile())
                        .deploy(
                                name,
                                environment.prefix(),
                                pipelines.all(),
                                compiled.stream().map(CompiledPipeline::name).toList(),
                                foundation,
                                stillNeeded(endpoint, environment, compiled));
            }
            for (var pipeline : compiled) {
                put(endpoint, environment, pipeline, progress);
            }
            edits.forEach(edit -> tell(edit, progress));
            if (environment.place() instanceof Destination.Account) {
                compiled.forEach(pipeline -> deployment(endpoint, environment, pipeline)
                        .plan()
                        .boundaryBehind(pipeline)
                        .ifPresent(spec.commandLine().getErr()::println));
            }
            if (!noSweep) {
                for (var pipeline : compiled) {
                    new StartRequest(endpoint, DeployedPipeline.of(endpoint, pipeline.name()))
                            .sweep()
                            .forEach(result -> progress.tell(RunEvent.of(result)));
                }
            }
            return CommandLine.ExitCode.OK;
        }
    }

    /// What somebody edited by hand since the last deployment. What it is not about to write anew is taken away first.
    private static List<ManualEdits> edits(
            Endpoint endpoint, Environment environment, List<CompiledPipeline> compiled) {
        var stateBucket = environment.stateBucket().name();
        var edits = compiled.stream()
                .flatMap(pipeline -> ManualEdits.of(endpoint, stateBucket, pipeline.name()).stream())
                .toList();
        if (!(environment.place() instanceof Destination.Account)) {
            edits.forEach(ManualEdits::takeAway);
        }
        return edits;
    }

    private void tell(ManualEdits edits, ProgressReport progress) {
        var remaining = edits.remaining();
        for (var change : edits.changes()) {
            if (remaining.contains(change)) {
                spec.commandLine().getErr().println(ManualEdits.stays(change));
            } else {
                progress.tell(new RunEvent.TakenBack(
                        change.resource(),
                        change.place(),
                        ResourceChange.shown(change.after()),
                        ResourceChange.shown(change.before())));
            }
        }
    }

    /// What CloudFormation would take away under executions that may still come to it.
    private Map<String, RetainedResources> stillNeeded(
            Endpoint endpoint, Environment environment, List<CompiledPipeline> compiled) {
        var retired = new TreeMap<String, RetainedResources>();
        for (var pipeline : compiled) {
            var kept = deployment(endpoint, environment, pipeline).plan().stillNeeded(pipeline);
            kept.functions()
                    .forEach(function -> spec.commandLine()
                            .getErr()
                            .println(
                                    function.name() + " stays: its task is gone, and executions may still come to it"));
            retired.put(pipeline.name(), kept);
        }
        return retired;
    }

    private CdkDeployment cdk(@Nullable String profile) {
        return new CdkDeployment(
                ProjectFolder.folder(),
                spec.commandLine().getErr(),
                Provenance.together(pipelines.all()),
                profile,
                System.getenv().getOrDefault("PATH", ""));
    }

    private static Deployment deployment(Endpoint endpoint, Environment environment, CompiledPipeline pipeline) {
        var names = DeployedEnvironment.names(
                endpoint, environment, pipeline, Provenance.of(pipeline).revision());
        var root = pipeline.graph().pipeline().root();
        var functions = new UploadedFunctions(endpoint, names.stateBucket(), FunctionPackage.of(root));
        return new Deployment(endpoint, functions, names, environment.tags());
    }

    private void put(Endpoint endpoint, Environment environment, CompiledPipeline pipeline, ProgressReport progress) {
        var deployment = deployment(endpoint, environment, pipeline);
        var outcome = environment.place() instanceof Destination.Account
                ? deployment.record(pipeline, name, InstantSource.system())
                : deployment.deploy(pipeline, name, InstantSource.system());
        outcome.functions()
                .forEach((function, version) ->
                        progress.tell(new RunEvent.Published(function, version.version(), version.published())));
        progress.tell(new RunEvent.Deployed(pipeline.name(), outcome.alias(), outcome.version()));
    }
}
