package dev.baton.cli.deploy.read;

import dev.baton.compiler.pipeline.CompiledSchedule;
import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A schedule of EventBridge Scheduler that calls a start function, as it is made and as it is read.
///
/// @param role the ARN of the role with which Scheduler calls the function
/// @param function the ARN of the function
public record PlacedSchedule(CompiledSchedule schedule, String role, String function) {

    /// The request that puts it there.
    public Map<String, @Nullable Object> request() {
        var target = new LinkedHashMap<String, @Nullable Object>();
        target.put("Arn", function);
        target.put("RoleArn", role);
        target.put("Input", Json.print(schedule.input()));
        target.put(
                "RetryPolicy",
                Map.of(
                        "MaximumEventAgeInSeconds", CompiledSchedule.MAX_AGE_SECONDS,
                        "MaximumRetryAttempts", CompiledSchedule.MAX_ATTEMPTS));
        var request = new LinkedHashMap<String, @Nullable Object>();
        request.put("ScheduleExpression", schedule.expression());
        request.put("ScheduleExpressionTimezone", schedule.zone());
        request.put("FlexibleTimeWindow", Map.of("Mode", "OFF"));
        request.put("State", "ENABLED");
        request.put("Target", target);
        return request;
    }

    /// What a [PipelineSnapshot] has of it.
    Map<String, @Nullable Object> part() {
        return part(request());
    }

    /// What a [PipelineSnapshot] has of the schedule that is there.
    static Optional<Map<String, @Nullable Object>> read(Endpoint endpoint, String name) {
        return endpoint.scheduler().find(name).map(PlacedSchedule::part);
    }

    private static Map<String, @Nullable Object> part(Map<String, @Nullable Object> schedule) {
        var target = schedule.get("Target") instanceof Map<?, ?> given ? given : Map.of();
        var part = new LinkedHashMap<String, @Nullable Object>();
        part.put("state", schedule.get("State"));
        part.put("expression", schedule.get("ScheduleExpression"));
        part.put("zone", schedule.get("ScheduleExpressionTimezone"));
        part.put("target", target.get("Arn"));
        part.put("role", target.get("RoleArn"));
        part.put("input", target.get("Input"));
        return part;
    }
}
