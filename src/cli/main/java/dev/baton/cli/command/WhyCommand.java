package dev.baton.cli.command;

import dev.baton.cli.plan.AskedTask;
import dev.baton.cli.plan.PlanPlace;
import dev.baton.cli.plan.TaskStory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `baton why TASK|OUTPUT`: why a task ran, and whether it would now.
@Command(
        name = "why",
        description = {
            "Tells why a task ran the last time, and whether it would run now, and why.",
            "A task is named by its class and parameters, or by the URI of its output."
        },
        customSynopsis = {
            "baton why TASK [--PARAMETER VALUE]... [--jar FILE]... [--env ENV]",
            "         s3://BUCKET/KEY [--jar FILE]... [--env ENV] [--json]"
        })
public final class WhyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TASK|OUTPUT", description = "the class of a task, or the URI of an output")
    private String called = "";

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Unmatched
    private List<String> words = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var parameters = new ParameterWords("baton why " + called, called, null).parse(words);
        var asked = AskedTask.find(pipelines.all(), called, parameters);
        var compiled = pipelines.compiled(asked.pipeline().name());
        try (var place =
                choice.isNowhere() ? PlanPlace.laptop(compiled, null) : PlanPlace.deployed(compiled, choice.open())) {
            var story = TaskStory.of(asked.task(), place);
            var out = spec.commandLine().getOut();
            if (json) {
                story.printJson(out);
            } else {
                story.print(out);
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
