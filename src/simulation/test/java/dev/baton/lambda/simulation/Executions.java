package dev.baton.lambda.simulation;

import dev.baton.engine.Engine;
import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.engine.execution.TaskTokenException;
import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskResource.Integration;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Step Functions: the engine, which runs the definitions, and around it names, versions, an alias, tokens and
/// children.
final class Executions {
    private final World world;
    private final Engine engine;
    private final Map<String, Started> roots = new LinkedHashMap<>();
    private final List<Execution> children = new ArrayList<>();
    private int tokens;
    private int aliasTo = 1;

    /// An execution that somebody started by name.
    ///
    /// @param version of the machine
    record Started(String name, int version, String input, Execution execution) {}

    Executions(World world, long seed) {
        this.world = world;
        this.engine = Engine.builder()
                .scheduler(world.timeline())
                .random(new SplittableRandom(seed))
                .taskTokens(() -> "token" + ++tokens)
                .taskHandler(this::begin)
                .objectReader(new Objects())
                .objectWriter((request, content) -> world.put(request.bucket(), request.key(), content))
                .build();
    }

    List<Started> started() {
        return List.copyOf(roots.values());
    }

    List<Execution> children() {
        return children;
    }

    int aliasTo() {
        return aliasTo;
    }

    void pointAliasTo(int version) {
        aliasTo = version;
    }

    void stop(Started started) {
        engine.stop(started.execution().arn(), "Stopped", "by a person");
    }

    void redrive(Started started) {
        engine.redrive(started.execution().arn());
    }

    Reply handle(String action, Map<String, Object> input) {
        return switch (action) {
            case "StartExecution" -> start(input);
            case "DescribeExecution" -> {
                var arn = (String) input.get("executionArn");
                var known = roots.get(arn.substring(arn.lastIndexOf(':') + 1));
                yield known == null
                        ? Reply.refusedAsJson(400, "ExecutionDoesNotExist")
                        : Reply.json(
                                200,
                                Json.print(Map.of(
                                        "executionArn",
                                        arn,
                                        "status",
                                        known.execution().status().name())));
            }
            case "DescribeStateMachineAlias" ->
                Reply.json(
                        200,
                        Json.print(Map.of(
                                "routingConfiguration",
                                List.of(Map.of("stateMachineVersionArn", machine() + ":" + aliasTo, "weight", 100L)))));
            case "SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat" -> send(action, input);
            default -> throw new IllegalArgumentException(action + " is not simulated");
        };
    }

    private String machine() {
        return Deployable.MACHINES + world.deployable().compiled().machine().name();
    }

    private Reply start(Map<String, Object> input) {
        var name = (String) input.get("name");
        var text = (String) input.get("input");
        var known = roots.get(name);
        if (known == null) {
            var qualifier = ((String) input.get("stateMachineArn")).replaceFirst(".*:", "");
            var version = qualifier.equals("live") ? aliasTo : Integer.parseInt(qualifier);
            known = new Started(name, version, text, engine.start(request(machine(), version, name, Json.parse(text))));
            roots.put(name, known);
            world.counts().executions++;
            if (text.contains("\"force\"")) {
                world.counts().forcing++;
            }
            world.tell("Step Functions starts " + name + " with " + text);
            world.watch(known);
        } else if (known.execution().status() != ExecutionStatus.RUNNING
                || !known.input().equals(text)) {
            return Reply.refusedAsJson(400, "ExecutionAlreadyExists");
        }
        return Reply.json(
                200,
                Json.print(Map.of(
                        "executionArn",
                        known.execution().arn(),
                        "startDate",
                        known.execution().startDate().toEpochMilli() / 1_000.0)));
    }

    private ExecutionRequest request(String machine, int version, String name, @Nullable Object input) {
        return new ExecutionRequest(
                world.deployable().published(version).machines().get(machine + ":" + version),
                machine,
                name,
                machine.replace(":stateMachine:", ":execution:") + ":" + name,
                input,
                null,
                ExecutionType.STANDARD,
                machine + ":" + version,
                null,
                null);
    }

    private Reply send(String action, Map<String, Object> input) {
        var token = (String) input.get("taskToken");
        try {
            switch (action) {
                case "SendTaskSuccess" -> engine.sendTaskSuccess(token, Json.parse((String) input.get("output")));
                case "SendTaskFailure" ->
                    engine.sendTaskFailure(token, (String) input.get("error"), (String) input.get("cause"));
                default -> engine.sendTaskHeartbeat(token);
            }
            return Reply.json(200, "{}");
        } catch (TaskTokenException e) {
            return Reply.refusedAsJson(400, e.kind().name());
        }
    }

    private void begin(TaskStateInvocation invocation, TaskCompletion completion) {
        if (!(invocation.resource() instanceof Integration resource)) {
            throw new IllegalArgumentException(invocation.resource().arn() + " is not simulated");
        }
        @SuppressWarnings("unchecked")
        var parameters = (Map<String, @Nullable Object>) invocation.parameters();
        switch (resource.service()) {
            case "lambda" -> invoke(parameters, resource.pattern(), completion);
            case "states" -> child(parameters, completion);
            default -> throw new IllegalArgumentException(resource.arn() + " is not simulated");
        }
    }

    private void invoke(
            Map<String, @Nullable Object> parameters, IntegrationPattern pattern, TaskCompletion completion) {
        @SuppressWarnings("unchecked")
        var payload = (Map<String, @Nullable Object>) parameters.get("Payload");
        var forgotten = world.lambda().invoke((String) parameters.get("FunctionName"), payload, ending -> {
            if (ending.error() != null) {
                completion.failure(ending.error(), Json.print(ending.payload()));
                return;
            }
            var answer = new HashMap<String, @Nullable Object>();
            answer.put("StatusCode", 200L);
            answer.put("Payload", ending.payload());
            if (pattern == IntegrationPattern.WAIT_FOR_TASK_TOKEN) {
                completion.submitted(answer);
            } else {
                completion.success(answer);
            }
        });
        completion.onCancel(forgotten);
    }

    /// Starts a child and waits for its end.
    private void child(Map<String, @Nullable Object> parameters, TaskCompletion completion) {
        var arn = (String) parameters.get("StateMachineArn");
        var colon = arn.lastIndexOf(':');
        var execution = engine.start(request(
                arn.substring(0, colon),
                Integer.parseInt(arn.substring(colon + 1)),
                "child" + (children.size() + 1),
                parameters.get("Input")));
        children.add(execution);
        completion.submitted(Map.of("ExecutionArn", execution.arn()));
        completion.onCancel(() -> engine.stop(execution.arn(), null, null));
        execution.closed().thenAccept(closed -> {
            if (closed.status() == ExecutionStatus.SUCCEEDED) {
                var described = new HashMap<String, @Nullable Object>();
                described.put("ExecutionArn", closed.arn());
                described.put("Output", closed.output());
                described.put("Status", "SUCCEEDED");
                completion.success(described);
            } else {
                completion.failure("States.TaskFailed", closed.error() + ": " + closed.cause());
            }
        });
    }

    /// What Maps read of S3.
    private final class Objects implements ObjectReader {
        @Override
        public byte[] read(ObjectRequest request) throws ObjectAccessException {
            var found = world.objects().current(request.bucket(), request.key());
            if (found == null) {
                throw new ObjectAccessException("S3.NoSuchKeyException", request.key());
            }
            return found.content();
        }

        @Override
        public List<Map<String, @Nullable Object>> list(ObjectRequest request) {
            throw new IllegalArgumentException("listings are not simulated");
        }
    }
}
