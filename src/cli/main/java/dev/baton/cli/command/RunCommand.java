package dev.baton.cli.command;

import dev.baton.cli.backfill.BackfillProgress;
import dev.baton.cli.follow.EndProgress;
import dev.baton.cli.follow.ProgressReport;
import dev.baton.cli.follow.RunEvent;
import dev.baton.cli.local.GivenSecrets;
import dev.baton.cli.local.GivenTables;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.local.LocalRun;
import dev.baton.cli.local.UploadFolder;
import dev.baton.cli.output.FirstWord;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Pipeline;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `baton run PIPELINE`: the pipeline on this machine, from the upload to the last output.
@Command(
        name = "run",
        description = {
            "Runs a pipeline on this machine, without an account: uploads its files to an embedded AWS, lets their"
                    + " arrival start the execution, follows it, and copies the last output out.",
            "What was made stays in .baton/data, so a second run does only what is no longer fresh."
        },
        customSynopsis = {
            "baton run PIPELINE [--PARAMETER VALUE]... [--data DIR] [--jar FILE]...",
            "                 [--api HOST=URL]... [--mock FILE]... [--secret NAME=FILE]...",
            "                 [--table FILE]... [--lambda jvm|process]",
            "                 [--fresh] [--force TASK] [--json]",
            "       baton run PIPELINE --PARAMETER A..B|all... [--from A --to B]",
            "                 [--newest-first]"
        })
public final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "the pipeline's name")
    private String name = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the folder with the files to upload; statemachines/PIPELINE/data if nothing is said")
    private @Nullable Path data;

    @Option(names = "--fresh", description = "forget all that earlier runs made")
    private boolean fresh;

    @Option(names = "--json", description = "one JSON object an event and line")
    private boolean json;

    @Option(names = "--lambda", paramLabel = "WHERE", description = LaptopFunctions.DESCRIPTION)
    private LaptopFunctions hosting = LaptopFunctions.JVM;

    @Mixin
    private StandInWords standIns = new StandInWords();

    @Mixin
    private SecretWords secrets = new SecretWords();

    @Mixin
    private TableWords tables = new TableWords();

    @Mixin
    private ForceWords force = new ForceWords();

    @Mixin
    private RangeWords range = new RangeWords();

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Unmatched
    private List<String> words = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        try (var progress = ProgressReport.on(spec.commandLine().getOut(), json)) {
            if (!FirstWord.isSaid()) {
                progress.tell(new RunEvent.Compiling(name));
            }
            return run(progress);
        }
    }

    private int run(ProgressReport progress) throws Exception {
        var compiled = pipelines.compiled(name);
        compiled.findings().forEach(spec.commandLine().getErr()::println);
        var folder = data == null
                ? ProjectFolder.folder().resolve("statemachines").resolve(name).resolve("data")
                : data;
        var uploads = new UploadFolder(folder);
        var graph = compiled.graph();
        var runs = new RunWords("run", graph);
        var typed = range.typed(runs.typed(words), graph.rootParameters());
        if (range.isMeant(typed)) {
            return backfill(compiled, uploads, range.runs(graph, typed), runs);
        }
        var run = words.isEmpty() ? runs.of(uploads.firstRun(graph)) : runs.of(typed);
        var forced = force.here(graph);
        var instead = standIns.all();
        if (fresh) {
            ProjectFolder.forget();
        }
        try (var cloud = new LocalCloud(0, ProjectFolder.data(), instead, hosting)) {
            cloud.removeAllBut(pipelines.all().stream().map(Pipeline::name).toList());
            give(cloud, compiled);
            var succeeded = new LocalRun(cloud, compiled, run, uploads, progress, forced).run();
            tellUnused(cloud);
            return succeeded ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void give(LocalCloud cloud, CompiledPipeline compiled) {
        secrets.all().putOn(cloud.aws());
        GivenSecrets.absent(cloud.aws(), compiled).ifPresent(finding -> {
            throw new DiagnosticException(finding);
        });
        tables.all().putOn(cloud.aws());
        cloud.makeTables(compiled);
        GivenTables.absent(cloud.endpoint(), compiled)
                .ifPresent(spec.commandLine().getErr()::println);
    }

    private void tellUnused(LocalCloud cloud) {
        cloud.aws().states().mocked().unused().forEach(spec.commandLine().getErr()::println);
    }

    /// One run after the other, each a line.
    private int backfill(CompiledPipeline compiled, UploadFolder uploads, List<Map<String, String>> all, RunWords runs)
            throws Exception {
        var out = spec.commandLine().getOut();
        var forced = force.here(compiled.graph());
        var instead = standIns.all();
        if (fresh) {
            ProjectFolder.forget();
        }
        var good = true;
        try (var cloud = new LocalCloud(0, ProjectFolder.data(), instead, hosting)) {
            cloud.removeAllBut(pipelines.all().stream().map(Pipeline::name).toList());
            give(cloud, compiled);
            cloud.deploy(compiled);
            var lines = new BackfillProgress(out, json, all.size(), InstantSource.system());
            for (var parameters : all) {
                var instance = runs.of(parameters);
                try (var progress = new EndProgress(ended -> lines.ended(instance.parameters(), ended))) {
                    good &= new LocalRun(cloud, compiled, instance, uploads, progress, forced).runDeployed();
                } catch (DiagnosticException e) {
                    good &= lines.refused(instance.parameters(), e);
                }
            }
            lines.summary();
            tellUnused(cloud);
        }
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
