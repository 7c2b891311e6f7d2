package dev.baton.cli.command;

import dev.baton.cli.lineage.DatasetVersion;
import dev.baton.cli.lineage.LineageChecks;
import dev.baton.cli.lineage.LineageGraph;
import dev.baton.cli.lineage.LineageGraph.Direction;
import dev.baton.cli.lineage.LineageJson;
import dev.baton.cli.lineage.LineagePicture;
import dev.baton.cli.lineage.LineageQuestion;
import dev.baton.cli.lineage.LineageText;
import dev.baton.cli.lineage.OutputTemplates;
import dev.baton.cli.lineage.RecordPlace;
import dev.baton.cli.plan.AskedTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `baton lineage OBJECT|TASK`: what an object was made from, and what was made from it.
@Command(
        name = "lineage",
        description = {
            "Tells what an object was made from, version by version, down to the uploads; or all that was made"
                    + " from it.",
            "An object is named by its URI, with ?versionId=ID if an older version is meant, or by its task."
        },
        customSynopsis = {
            "baton lineage s3://BUCKET/KEY[?versionId=ID] [--up|--down] [--depth N]",
            "              TASK [--PARAMETER VALUE]... [--version-id ID] [--jar FILE]...",
            "              [--env ENV] [--json|--svg]"
        })
public final class LineageCommand implements Callable<Integer> {
    @Parameters(paramLabel = "OBJECT|TASK", description = "the URI of an object, or the class of a task")
    private String words = "";

    @Option(
            names = "--version-id",
            paramLabel = "ID",
            description = "the version that is meant; without one, up from the newest, and down from each")
    private @Nullable String versionId;

    @Option(names = "--depth", paramLabel = "N", description = "follow so many steps; all if nothing is said")
    private @Nullable Integer depth;

    @ArgGroup
    private @Nullable Way way;

    @ArgGroup
    private @Nullable Form form;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Unmatched
    private List<String> parameters = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// The options of which one may be given.
    static final class Way {
        @Option(names = "--up", description = "what it was made from: so it is for what a task makes")
        private boolean up;

        @Option(names = "--down", description = "what was made from it: so it is for uploads")
        private boolean down;

        Direction direction() {
            return down && !up ? Direction.DOWN : Direction.UP;
        }
    }

    /// The options of which one may be given.
    static final class Form {
        @Option(names = "--json", description = "one JSON object with nodes and edges")
        private boolean json;

        @Option(names = "--svg", description = "a picture")
        private boolean svg;
    }

    @Override
    public Integer call() throws IOException {
        if (depth != null && depth < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--depth is a number from 1 on, but was " + depth);
        }
        var asked = DatasetVersion.Asked.of(words, versionId);
        var given = new ParameterWords("baton lineage " + asked.called(), asked.called(), null).parse(parameters);
        var all = pipelines.all();
        var task = AskedTask.any(all, asked.called(), given);
        var question = new LineageQuestion(
                task.task().output().uri(),
                asked.version(),
                way == null ? null : way.direction(),
                depth == null ? Integer.MAX_VALUE : depth);
        try (var place = choice.isNowhere()
                ? RecordPlace.laptop()
                : RecordPlace.deployed(task.pipeline().name(), choice.open())) {
            var graph = question.answer(
                    place.archive(),
                    OutputTemplates.of(all),
                    place.index(),
                    spec.commandLine().getErr()::println);
            print(
                    graph,
                    LineageChecks.of(
                            graph, place.checks()::all, spec.commandLine().getErr()::println));
            return CommandLine.ExitCode.OK;
        }
    }

    private void print(LineageGraph graph, LineageChecks checks) {
        var out = spec.commandLine().getOut();
        if (form != null && form.json) {
            LineageJson.print(graph, checks, out);
        } else if (form != null && form.svg) {
            out.print(LineagePicture.svg(graph));
            out.flush();
        } else {
            LineageText.print(graph, checks, out);
        }
    }
}
