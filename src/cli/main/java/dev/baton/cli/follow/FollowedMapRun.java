package dev.baton.cli.follow;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;

/// A distributed Map, followed by its counts: its items are executions of their own, and may be thousands.
final class FollowedMapRun {
    private final SfnClient states;
    private final String arn;
    private final String map;
    private RunEvent.@Nullable Items told;

    /// @param map the name of its state
    FollowedMapRun(SfnClient states, String arn, String map) {
        this.states = states;
        this.arn = arn;
        this.map = map;
    }

    /// Tells how far it is, if that is news, and in the end what failed first.
    void follow(Consumer<RunEvent> listener) {
        if (told != null && told.ended()) {
            return;
        }
        var run = states.describeMapRun(request -> request.mapRunArn(arn));
        var counts = run.itemCounts();
        var failed = counts.failed() + counts.timedOut() + counts.aborted();
        var now = new RunEvent.Items(
                map,
                Math.toIntExact(counts.total()),
                Math.toIntExact(counts.succeeded()),
                Math.toIntExact(failed),
                run.status() != MapRunStatus.RUNNING);
        if (now.equals(told)) {
            return;
        }
        told = now;
        if (now.ended() && counts.failed() > 0) {
            failures(listener);
        }
        listener.accept(now);
    }

    private void failures(Consumer<RunEvent> listener) {
        var first = states.listExecutions(request ->
                request.mapRunArn(arn).statusFilter(ExecutionStatus.FAILED).maxResults(RunEvent.FEW));
        for (var item : first.executions()) {
            var execution = states.describeExecution(request -> request.executionArn(item.executionArn()));
            var error = execution.error() == null ? "" : execution.error();
            listener.accept(new RunEvent.TaskFailed(
                    label(execution.input()),
                    "",
                    error,
                    FollowedExecution.message(execution.cause()),
                    Remedies.of(error)));
        }
    }

    /// The item as the compiler's Maps hand it to their executions: parameters, or names of tasks.
    private String label(String input) {
        try {
            var json = Json.parseObject(input);
            if (json.get("item") instanceof Map<?, ?> item) {
                return map
                        + item.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(", ", "[", "]"));
            }
            return json.get("nodes") instanceof java.util.List<?> nodes && !nodes.isEmpty()
                    ? String.valueOf(nodes.getFirst())
                    : map;
        } catch (JsonException e) {
            return map;
        }
    }
}
