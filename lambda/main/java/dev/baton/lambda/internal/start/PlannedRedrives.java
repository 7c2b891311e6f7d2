package dev.baton.lambda.internal.start;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.SignedPost;
import dev.baton.name.Arn;
import dev.baton.name.Sha256;
import dev.baton.run.StartInvocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The redrives that are to come: each a schedule of EventBridge Scheduler that calls the start function once, and is
/// gone then ([CreateSchedule](https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html)).
final class PlannedRedrives {
    private static final int HASH = 10;
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

    private final FunctionEnvironment environment;
    private final SignedPost post;

    PlannedRedrives(FunctionEnvironment environment, SignedPost post) {
        this.environment = environment;
        this.post = post;
    }

    /// Plans one; planned twice, it is one.
    ///
    /// @param execution its ARN
    /// @param redrives how often it was redriven
    /// @param due to the second, rather later than earlier
    void plan(String execution, int redrives, Instant due) {
        var name = environment.prefix().of(environment.pipeline()) + "-re-"
                + Sha256.hex(execution + " " + redrives).substring(0, HASH);
        try {
            post.send("scheduler", "/schedules/" + name, HEADERS, Json.bytes(schedule(execution, redrives, due)));
        } catch (IOException e) {
            if (!(e.getCause() instanceof AwsServiceException refused
                    && "ConflictException".equals(refused.awsErrorDetails().errorCode()))) {
                throw new UncheckedIOException("the redrive of " + execution + " cannot be planned", e);
            }
        }
    }

    private Map<String, @Nullable Object> schedule(String execution, int redrives, Instant due) {
        var machine = Arn.parse(environment.stateMachine());
        var target = new LinkedHashMap<String, @Nullable Object>();
        target.put(
                "Arn",
                "arn:" + machine.partition() + ":lambda:" + machine.region() + ":" + machine.account() + ":function:"
                        + environment.need("AWS_LAMBDA_FUNCTION_NAME"));
        target.put("RoleArn", environment.need("BATON_SCHEDULE_ROLE"));
        target.put("Input", Json.print(new StartInvocation.Recover(execution, redrives).toJson()));
        var schedule = new LinkedHashMap<String, @Nullable Object>();
        schedule.put("ActionAfterCompletion", "DELETE");
        schedule.put("Description", "Redrives " + execution.substring(execution.lastIndexOf(':') + 1));
        schedule.put("FlexibleTimeWindow", Map.of("Mode", "OFF"));
        schedule.put("ScheduleExpression", "at(" + toTheSecond(due) + ")");
        schedule.put("ScheduleExpressionTimezone", "UTC");
        schedule.put("Target", target);
        return schedule;
    }

    private static String toTheSecond(Instant due) {
        return LocalDateTime.ofInstant(due.plusMillis(999).truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"));
    }
}
