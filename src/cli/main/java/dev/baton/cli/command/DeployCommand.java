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
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.deploy.read.ResourceChange;
import dev.baton.cli.follow.ProgressReport;
import dev.baton.cli.follow.RunEvent;
import dev.baton.cli.operate.StartRequest;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.people.GovernedDeployment;
import dev.baton.cli.promote.Promotion;
import dev.baton.compiler.environment.Destination;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
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

    @Option(
            names = "--from",
            paramLabel = "ENV",
            description =
                    "deploy what runs in that environment, to the byte: nothing is built, and what would not be the"
                            + " same is refused")
    private @Nullable String from;

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
        if (from != null) {
            return promote(environment, EndpointChoice.environment(from));
        }
        return deploy(environment, upcoming -> null);
    }

    /// Deploys what runs in another environment.
    private int promote(Environment environment, Environment source) throws IOException, InterruptedException {
        if (source.name().equals(environment.name()) || foundation || templates || pipelines.isGiven()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--from names another environment, whose code is taken: it goes with neither --jar, --foundation"
                            + " nor --templates");
        }
        var folder = Files.createTempDirectory("promoted-");
        try (var endpoint = choice.open(source)) {
            var promotion =
                    new Promotion(endpoint, source.name(), source.stateBucket().name());
            pipelines.takeOnly(promotion.fetch(chosen, folder));
            chosen = new ArrayList<>(promotion.pipelines());
            var there = DeployedEnvironment.compile(
                    pipelines, chosen, source, spec.commandLine().getErr()::println);
            for (var pipeline : there) {
                promotion.requireSame(
                        pipeline,
                        DeployedEnvironment.names(
                                endpoint,
                                source,
                                pipeline,
                                Provenance.of(pipeline).revision()));
            }
            return deploy(
                    environment,
                    deployment -> promotion.event(
                            pipelines.compiled(deployment.pipeline().name()),
                            deployment.names(),
                            environment.prefix()));
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// What is about to be deployed, and the names that it gets.
    private record Upcoming(CompiledPipeline pipeline, EnvironmentNames names) {}

    /// @param told what is told of each pipeline before it is deployed, if anything
    private int deploy(Environment environment, Function<Upcoming, @Nullable RunEvent> told)
            throws IOException, InterruptedException {
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
            var governed = new GovernedDeployment(endpoint, environment, InstantSource.system());
            governed.require(compiled);
            for (var pipeline : compiled) {
                var event = told.apply(new Upcoming(pipeline, names(endpoint, environment, pipeline)));
                if (event != null) {
                    progress.tell(event);
                }
            }
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
                governed.record(pipeline);
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
        var names = names(endpoint, environment, pipeline);
        var root = pipeline.graph().pipeline().root();
        var functions = new UploadedFunctions(endpoint, names.stateBucket(), FunctionPackage.of(root));
        return new Deployment(endpoint, functions, names, environment.tags());
    }

    private static EnvironmentNames names(Endpoint endpoint, Environment environment, CompiledPipeline pipeline) {
        return DeployedEnvironment.names(
                endpoint, environment, pipeline, Provenance.of(pipeline).revision());
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
