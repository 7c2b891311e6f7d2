package dev.baton.cli.command;

import dev.baton.cli.access.AccessDiff;
import dev.baton.cli.access.AccessQuestion;
import dev.baton.cli.access.TaskAccess;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.output.TextTable;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton access PIPELINE`: what each task may do, and why; `baton access --diff A B`: what became wider.
@Command(
        name = "access",
        subcommands = {
            AccessRequestCommand.class,
            AccessListCommand.class,
            AccessApproveCommand.class,
            AccessRejectCommand.class,
            AccessTakeCommand.class,
            AccessRevokeCommand.class
        },
        description = "Shows what the tasks of a pipeline may do and why, and what became wider between two revisions."
                + " Ends with 1 if what is asked for is denied, or if something became wider that nobody accepted.")
public final class AccessCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", arity = "0..1", description = "the pipeline's name")
    private @Nullable String name;

    @Option(
            names = "--policy",
            paramLabel = "TASK",
            description = "the policies of one task's role, or of another role")
    private @Nullable String policy;

    @ArgGroup(exclusive = false, heading = "%nOne request:%n")
    private @Nullable Asked asked;

    @Option(
            names = "--diff",
            arity = "2",
            paramLabel = "A B",
            description = "two folders with policies that synth wrote, or two revisions of the sources, older first")
    private List<String> diff = List.of();

    @Option(
            names = "--env",
            paramLabel = "ENV",
            description = "an entry of cdk/environments.json, whose prefix the names have")
    private @Nullable String environment;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    static final class Asked {
        @Option(
                names = "--who",
                required = true,
                description = "a task, TASK-runner, pin, start, callback, states, deploy")
        private String who = "";

        @Option(names = "--action", required = true, description = "such as s3:GetObject")
        private String action = "";

        @Option(
                names = "--resource",
                required = true,
                description = "an ARN, or s3://BUCKET/KEY with the logical bucket")
        private String resource = "";

        @Option(
                names = "--context",
                paramLabel = "KEY=VALUE",
                description = "a condition key beyond those that the pipeline's functions give; KEY= leaves one out")
        private Map<String, String> context = new LinkedHashMap<>();
    }

    @Override
    public Integer call() throws IOException {
        if (!diff.isEmpty()) {
            return AccessDiff.print(
                            diff.get(0),
                            diff.get(1),
                            ProjectFolder.folder(),
                            spec.commandLine().getOut())
                    ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        }
        if (name == null) {
            throw new ParameterException(spec.commandLine(), "name a pipeline, or give --diff A B");
        }
        var options = environment == null
                ? CompilerOptions.DEFAULT
                : EndpointChoice.environment(environment).options();
        var pipeline =
                pipelines.compiled(List.of(pipelines.named(name)), options).getFirst();
        if (asked != null) {
            return answer(pipeline, asked);
        }
        if (policy != null) {
            policy(pipeline, policy);
        } else {
            table(pipeline);
        }
        return CommandLine.ExitCode.OK;
    }

    private void table(CompiledPipeline pipeline) {
        if (json) {
            spec.commandLine().getOut().println(Json.print(TaskAccess.json(pipeline)));
            return;
        }
        var table = new TextTable("TASK", "READS", "WRITES", "OTHER");
        for (var task : TaskAccess.of(pipeline)) {
            var lines = Math.max(
                    1,
                    Math.max(
                            task.reads().size(),
                            Math.max(task.writes().size(), task.other().size())));
            for (var i = 0; i < lines; i++) {
                table.row(i == 0 ? task.task() : "", at(task.reads(), i), at(task.writes(), i), at(task.other(), i));
            }
        }
        var out = spec.commandLine().getOut();
        table.print(out);
        out.println();
        out.println("Each task also sees its own output and the records of itself and of what it requires, and uses the"
                + " keys of");
        out.println("these buckets through S3. All of it: --policy TASK. One request: --who, --action, --resource.");
    }

    private static String at(List<String> texts, int i) {
        return i < texts.size() ? texts.get(i) : "";
    }

    /// What is allowed is what policy and boundary both allow; a session of an attempt has less, only its own keys.
    private void policy(CompiledPipeline pipeline, String who) {
        var role = new AccessQuestion(pipeline).role(who);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("role", role.arn());
        json.put("trust", role.trust());
        json.put("policy", role.policy());
        if (role.boundary() != null) {
            json.put("boundary", pipeline.boundary().policy());
        }
        spec.commandLine().getOut().print(Json.pretty(json));
        spec.commandLine().getOut().flush();
    }

    private int answer(CompiledPipeline pipeline, Asked request) {
        var answer = new AccessQuestion(pipeline).ask(request.who, request.action, request.resource, request.context);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.print(json(request, answer)));
            return answer.decision().allowed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
        out.println(answer.decision().allowed() ? "allowed" : "denied");
        out.println("  " + answer.decision().explanation().replace("; ", "\n  "));
        out.println("  The request was taken to say:");
        answer.context().forEach((key, values) -> out.println("    " + key + " = " + String.join(", ", values)));
        return answer.decision().allowed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static Map<String, @Nullable Object> json(Asked request, AccessQuestion.Answer answer) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("who", request.who);
        json.put("action", request.action);
        json.put("resource", request.resource);
        json.put("allowed", answer.decision().allowed());
        json.put("explanation", answer.decision().explanation());
        json.put("context", answer.context());
        return json;
    }
}
