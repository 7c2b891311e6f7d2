package dev.baton.cli.serve;

import static dev.baton.cli.serve.ToolInput.optional;
import static dev.baton.cli.serve.ToolInput.word;

import dev.baton.cli.serve.ToolInput.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The tools that are served, each over one command. What a command can write, no tool has words for.
final class ReadTools {
    private static final ToolInput PIPELINE = word("pipeline", "the name of a pipeline");
    private static final ToolInput PARAMETERS =
            optional("parameters", Kind.PARAMETERS, "the parameters of the run, all as text");

    private ReadTools() {}

    static List<ReadTool> all() {
        return List.of(
                new ReadTool(
                        "pipelines",
                        "The names of the pipelines whose code is here.",
                        List.of(),
                        null,
                        true,
                        asked -> List.of()),
                object(
                        "graph",
                        "The graph of a pipeline: its parameters, and each task with what it requires.",
                        PIPELINE),
                new ReadTool(
                        "definition",
                        "The state machine of a pipeline in the Amazon States Language, as it is compiled from its code.",
                        List.of(PIPELINE),
                        null,
                        false,
                        asked -> List.of(text(asked, "pipeline"))),
                new ReadTool(
                        "plan",
                        "What a run would do, task by task, and why, and what it would take.",
                        List.of(PIPELINE, PARAMETERS),
                        "plan",
                        true,
                        asked -> words(asked, "plan", "pipeline")),
                new ReadTool(
                        "status",
                        "The executions of all pipelines or of one, the newest first.",
                        List.of(
                                optional("pipeline", Kind.WORD, "the name of a pipeline"),
                                optional("last", Kind.COUNT, "the newest so many of each pipeline")),
                        "status",
                        true,
                        asked -> {
                            var words = new ArrayList<>(List.of("status"));
                            given(asked, "pipeline", words);
                            option(asked, "last", "--last", words);
                            words.add("--json");
                            return words;
                        }),
                object(
                        "execution",
                        "status",
                        "One execution and its tasks: outcomes, durations, outputs, what failed and why.",
                        word("execution", "the name or ARN of an execution")),
                new ReadTool(
                        "history",
                        "Every event of an execution, as AWS's own command prints them.",
                        List.of(word("execution", "the name or ARN of an execution")),
                        null,
                        false,
                        asked -> List.of("history", text(asked, "execution"), "--json")),
                new ReadTool(
                        "logs",
                        "What the tasks and the state machine of an execution logged, a JSON object a line.",
                        List.of(word("execution", "the name or ARN of an execution")),
                        null,
                        true,
                        asked -> List.of("logs", text(asked, "execution"), "--json")),
                object("access", "What each task of a pipeline may read, write and do besides.", PIPELINE),
                new ReadTool(
                        "decision",
                        "Whether a role of a pipeline may do something, and which policy says so.",
                        List.of(
                                PIPELINE,
                                word("who", "a task, TASK-runner, pin, start, callback, states or deploy"),
                                word("action", "such as s3:GetObject"),
                                word("resource", "an ARN, or s3://BUCKET/KEY with the logical bucket")),
                        "decision",
                        false,
                        asked -> List.of(
                                "access",
                                text(asked, "pipeline"),
                                "--who=" + text(asked, "who"),
                                "--action=" + text(asked, "action"),
                                "--resource=" + text(asked, "resource"),
                                "--json")),
                new ReadTool(
                        "why",
                        "Why a task ran the last time, and whether it would run now.",
                        List.of(word("task", "the class of a task, or the URI of an output"), PARAMETERS),
                        "why",
                        false,
                        asked -> words(asked, "why", "task")),
                new ReadTool(
                        "lineage",
                        "What an object was made from, version by version, or all that was made from it.",
                        List.of(
                                word("object", "the URI of an object, or the class of a task"),
                                PARAMETERS,
                                optional(
                                        "direction",
                                        Kind.DIRECTION,
                                        "up: what it was made from; down: what was made from it"),
                                optional("depth", Kind.COUNT, "so many steps")),
                        "lineage",
                        false,
                        asked -> {
                            var words = new ArrayList<>(words(asked, "lineage", "object"));
                            if (asked.containsKey("direction")) {
                                words.add("--" + text(asked, "direction"));
                            }
                            option(asked, "depth", "--depth", words);
                            return words;
                        }),
                new ReadTool(
                        "diff-runs",
                        "What differs between two runs of a pipeline, first what differs first along the data.",
                        List.of(word("a", "the name of an execution"), word("b", "the name of another")),
                        "diff-runs",
                        false,
                        asked -> List.of("diff-runs", text(asked, "a"), text(asked, "b"), "--json")),
                new ReadTool(
                        "check-proposal",
                        "One verdict about definitions and policies that you propose, by the rules that are there."
                                + " What is not named stays as it is. Nothing is kept.",
                        List.of(new ToolInput(
                                "files",
                                Kind.FILES,
                                true,
                                "texts by the paths that they would have in statemachines, such as"
                                        + " weather/definition.asl.json")),
                        "verdict",
                        false,
                        asked -> List.of()),
                new ReadTool(
                        "explain",
                        "The cause and the remedy of a finding.",
                        List.of(word("code", "such as TSK007")),
                        null,
                        false,
                        asked -> List.of("explain", text(asked, "code"))),
                new ReadTool(
                        "schema",
                        "The JSON Schema of what a tool of this name answers.",
                        List.of(word("name", "graph, plan, status, execution, access, …")),
                        null,
                        false,
                        asked -> List.of("schema", text(asked, "name"))));
    }

    private static ReadTool object(String name, String description, ToolInput input) {
        return object(name, name, description, input);
    }

    private static ReadTool object(String name, String command, String description, ToolInput input) {
        return new ReadTool(
                name,
                description,
                List.of(input),
                name,
                false,
                asked -> List.of(command, text(asked, input.name()), "--json"));
    }

    static String text(Map<String, Object> asked, String name) {
        return String.valueOf(asked.get(name));
    }

    private static void given(Map<String, Object> asked, String name, List<String> words) {
        if (asked.containsKey(name)) {
            words.add(text(asked, name));
        }
    }

    private static void option(Map<String, Object> asked, String name, String option, List<String> words) {
        if (asked.containsKey(name)) {
            words.add(option + "=" + text(asked, name));
        }
    }

    /// A command about one thing, with the parameters of a run.
    private static List<String> words(Map<String, Object> asked, String command, String name) {
        var parameters = asked.get("parameters") instanceof Map<?, ?> map ? map : Map.of();
        return Stream.concat(
                        Stream.of(command, text(asked, name), "--json"),
                        parameters.entrySet().stream().map(each -> "--" + each.getKey() + "=" + each.getValue()))
                .toList();
    }
}
