package dev.baton.lambda.simulated;

import dev.baton.json.Json;
import dev.baton.lambda.simulated.SimulatedObjects.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Step Functions' names and tokens: what makes a start idempotent and a release count once.
public final class SimulatedStates {
    private final Map<String, Execution> executions = new LinkedHashMap<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<String> released = new ArrayList<>();
    private String definition = "{}";
    private long clock = 1_800_000_000_000L;

    /// An execution, which the test runs.
    public static final class Execution {
        private final String name;
        private final String arn;
        private final String input;
        private final long startedAt;
        private String status = "RUNNING";

        Execution(String name, String arn, String input, long startedAt) {
            this.name = name;
            this.arn = arn;
            this.input = input;
            this.startedAt = startedAt;
        }

        public String name() {
            return name;
        }

        public String arn() {
            return arn;
        }

        public String input() {
            return input;
        }

        /// In milliseconds.
        public long startedAt() {
            return startedAt;
        }

        public String status() {
            return status;
        }

        public void end(String how) {
            status = how;
        }
    }

    public synchronized List<Execution> executions() {
        return List.copyOf(executions.values());
    }

    /// Another definition is another code.
    public void redefine(String text) {
        definition = text;
    }

    /// A state waits with a token.
    public synchronized void waits(String token) {
        waiting.add(token);
    }

    /// Nobody waits with the token any more, though nobody released it.
    public synchronized void forget(String token) {
        waiting.remove(token);
    }

    /// What a token was answered with: the output, or the error.
    public synchronized String answer(String token) {
        return answers.get(token);
    }

    public synchronized List<String> released() {
        return List.copyOf(released);
    }

    synchronized Reply handle(String action, Map<String, Object> input) {
        return switch (action) {
            case "StartExecution" -> start(input);
            case "DescribeExecution" -> {
                var arn = (String) input.get("executionArn");
                var execution = executions.get(arn.substring(arn.lastIndexOf(':') + 1));
                yield execution == null
                        ? error("ExecutionDoesNotExist")
                        : Reply.json(
                                200,
                                Json.print(Map.of(
                                        "executionArn", execution.arn,
                                        "name", execution.name,
                                        "status", execution.status,
                                        "input", execution.input,
                                        "startDate", execution.startedAt / 1_000)));
            }
            case "DescribeStateMachineAlias" -> {
                var arn = (String) input.get("stateMachineAliasArn");
                yield Reply.json(
                        200,
                        Json.print(Map.of(
                                "routingConfiguration",
                                List.of(Map.of(
                                        "stateMachineVersionArn",
                                        arn.substring(0, arn.lastIndexOf(':')) + ":1",
                                        "weight",
                                        100L)))));
            }
            case "DescribeStateMachine" -> Reply.json(200, Json.print(Map.of("definition", definition)));
            case "SendTaskHeartbeat" ->
                waiting.contains((String) input.get("taskToken")) ? Reply.json(200, "{}") : error("TaskTimedOut");
            case "SendTaskSuccess", "SendTaskFailure" -> {
                var token = (String) input.get("taskToken");
                if (!waiting.remove(token)) {
                    yield error("TaskTimedOut");
                }
                released.add(token);
                answers.put(token, (String) input.getOrDefault("output", input.get("error")));
                yield Reply.json(200, "{}");
            }
            default -> throw new IllegalArgumentException(action + " is not simulated");
        };
    }

    private Reply start(Map<String, Object> input) {
        var name = (String) input.get("name");
        var known = executions.get(name);
        if (known != null && !(known.status.equals("RUNNING") && known.input.equals(input.get("input")))) {
            return error("ExecutionAlreadyExists");
        }
        if (known == null) {
            var arn = "arn:aws:states:eu-central-1:123456789012:execution:baton-farm:" + name;
            known = new Execution(name, arn, (String) input.get("input"), clock += 1_000);
            executions.put(name, known);
        }
        return Reply.json(200, Json.print(Map.of("executionArn", known.arn, "startDate", known.startedAt / 1_000)));
    }

    private static Reply error(String code) {
        return Reply.json(400, Json.print(Map.of("__type", code, "message", code)));
    }
}
