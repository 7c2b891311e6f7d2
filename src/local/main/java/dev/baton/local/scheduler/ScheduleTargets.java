package dev.baton.local.scheduler;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.caller.Caller;
import dev.baton.local.events.ExecutionStarter;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.service.ApiInput;
import dev.baton.local.sns.Sns;
import dev.baton.local.sqs.NewMessage;
import dev.baton.local.sqs.Queues;
import dev.baton.local.states.integration.Integrations;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// The things that a schedule can call: functions, state machines, queues, topics, and, as universal targets, whatever
/// state machines can call as SDK integrations.
///
/// See [universal
/// targets](https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html).
public record ScheduleTargets(
        Lambda lambda, ExecutionStarter executions, Queues queues, Sns sns, Integrations services) {
    private static final Pattern UNIVERSAL =
            Pattern.compile("arn:[^:]+:scheduler:::aws-sdk:(?<service>[a-z0-9]+):(?<action>[A-Za-z0-9]+)");

    /// @param execution the id of this call, which an execution is named by
    /// @throws AwsError what the target answers instead
    void send(Caller caller, ScheduleEntry entry, String execution, String input) {
        var arn = entry.targetArn();
        if (arn.startsWith("arn:aws:lambda:")) {
            lambda.invokeAsynchronously(
                    caller, arn, null, input.getBytes(StandardCharsets.UTF_8), RequestContext.EMPTY);
        } else if (arn.contains(":stateMachine:")) {
            executions.start(caller, arn, execution, input, RequestContext.EMPTY);
        } else if (arn.startsWith("arn:aws:sqs:")) {
            queues.send(caller, arn, NewMessage.of(input).in(entry.messageGroup(), null), RequestContext.EMPTY);
        } else if (arn.startsWith("arn:aws:sns:")) {
            sns.publish(caller, arn, Map.of("Message", input), RequestContext.EMPTY);
        } else {
            universal(caller, arn, input);
        }
    }

    private void universal(Caller caller, String arn, String input) {
        var named = UNIVERSAL.matcher(arn);
        if (!named.matches()) {
            throw ScheduleEntry.invalid("The embedded AWS has no target such as " + arn);
        }
        try {
            services.call(
                    caller,
                    named.group("service"),
                    named.group("action"),
                    ApiInput.of(Json.parseObject(input)).json());
        } catch (JsonException e) {
            throw ScheduleEntry.invalid("The input of " + arn + " is not a JSON object.");
        }
    }
}
