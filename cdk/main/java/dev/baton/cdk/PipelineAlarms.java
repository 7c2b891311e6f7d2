package dev.baton.cdk;

import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.constructs.Construct;

/// The alarms of a pipeline: something failed, something was throttled, an event reached nobody.
final class PipelineAlarms {
    private static final int MINUTE = 60;
    private static final int FIVE_MINUTES = 300;

    private final Construct scope;
    private final CompiledPipeline pipeline;
    private final @Nullable String topic;

    PipelineAlarms(Construct scope, CompiledPipeline pipeline, @Nullable String topic) {
        this.scope = scope;
        this.pipeline = pipeline;
        this.topic = topic;
    }

    /// Events that could not be delivered.
    CfnAlarm deadLetters(String queueName) {
        return alarm(
                "dead-letters",
                "An event could not be delivered: read it from the queue, mend what refused it, then run baton sweep",
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                "Maximum",
                FIVE_MINUTES,
                Map.of("QueueName", queueName));
    }

    /// Executions that failed or took too long.
    List<CfnAlarm> failures(String machineArn) {
        return List.of(
                executions("failed", "An execution failed", "ExecutionsFailed", machineArn),
                executions("timed-out", "An execution took too long", "ExecutionsTimedOut", machineArn));
    }

    /// Transitions that Step Functions held back, and events that Lambda did.
    List<CfnAlarm> throttles(String machineArn) {
        return List.of(
                executions("throttled", "Step Functions holds back transitions", "ExecutionThrottled", machineArn),
                function("start-throttled", "Lambda holds back events: more arrive than may run at once", "Throttles"),
                function(
                        "start-errors",
                        "Events could not be understood or answered: read the function's log, mend what refused them,"
                                + " then run baton sweep",
                        "Errors"));
    }

    private CfnAlarm executions(String id, String description, String metric, String machineArn) {
        return alarm(id, description, "AWS/States", metric, "Sum", MINUTE, Map.of("StateMachineArn", machineArn));
    }

    private CfnAlarm function(String id, String description, String metric) {
        return alarm(
                id,
                description,
                "AWS/Lambda",
                metric,
                "Sum",
                MINUTE,
                Map.of(
                        "FunctionName",
                        pipeline.function(CompiledFunction.Kind.START).name()));
    }

    private CfnAlarm alarm(
            String id,
            String description,
            String namespace,
            String metric,
            String statistic,
            int period,
            Map<String, String> dimensions) {
        var named = new ArrayList<CfnAlarm.DimensionProperty>();
        dimensions.forEach((name, value) -> named.add(
                CfnAlarm.DimensionProperty.builder().name(name).value(value).build()));
        return CfnAlarm.Builder.create(scope, "Alarm-" + id)
                .alarmName(pipeline.machine().name() + "-" + id)
                .alarmDescription(description)
                .namespace(namespace)
                .metricName(metric)
                .statistic(statistic)
                .period(period)
                .evaluationPeriods(1)
                .threshold(1)
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .treatMissingData("notBreaching")
                .dimensions(named)
                .alarmActions(topic == null ? null : List.of(topic))
                .build();
    }
}
