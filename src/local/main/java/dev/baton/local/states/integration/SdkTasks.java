package dev.baton.local.states.integration;

import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.Headers;
import dev.baton.local.http.PercentCode;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.Lambda;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// SDK integrations: any action of the services that there are, `arn:aws:states:::aws-sdk:SERVICE:ACTION`.
final class SdkTasks {
    /// Members that the service wants as JSON text, and that a state may give as JSON.
    private static final Set<String> TEXTS = Set.of("input", "output", "definition", "cause", "detail");

    private final ServiceCalls calls;
    private final S3Calls s3;
    private final Lambda lambda;
    private final DynamoDbTasks dynamoDb;

    SdkTasks(ServiceCalls calls, Lambda lambda, DynamoDbTasks dynamoDb) {
        this.calls = calls;
        this.s3 = new S3Calls(calls);
        this.lambda = lambda;
        this.dynamoDb = dynamoDb;
    }

    S3Calls s3() {
        return s3;
    }

    /// @param service as the resource has it, such as `aws-sdk:s3`
    Map<String, @Nullable Object> call(
            Caller caller, String service, String action, Map<String, @Nullable Object> parameters) throws TaskFailure {
        var name = service.substring("aws-sdk:".length());
        var sdkName = sdkName(name);
        if (name.equals("dynamodb")) {
            // Its SDK leaves it to the service to miss a member.
            return dated(dynamoDb.sdk(caller, action, parameters));
        }
        RequiredMembers.check(name, sdkName, action, parameters);
        try {
            return switch (name) {
                case "s3" -> s3.call(caller, action, parameters);
                case "sfn" -> sfn(caller, action, parameters);
                case "eventbridge" -> calls.json("events", MemberNames.upper(action), parameters, caller);
                case "cloudwatchlogs" -> logs(caller, action, parameters);
                case "secretsmanager" ->
                    dated(calls.json("secretsmanager", MemberNames.upper(action), parameters, caller));
                case "ssm" -> dated(calls.json("ssm", MemberNames.upper(action), parameters, caller));
                case "lambda" -> lambda(caller, action, parameters);
                case "sqs" -> sqs(caller, MemberNames.upper(action), parameters);
                case "sns" -> sns(caller, MemberNames.upper(action), parameters);
                case "sts" -> sts(caller, action, parameters);
                default -> throw new AwsError(400, "UnknownService", "The embedded AWS has no service " + name + ".");
            };
        } catch (ServiceRefusal e) {
            throw TaskFailure.sdk(sdkName, e);
        }
    }

    private static String sdkName(String service) {
        return switch (service) {
            case "eventbridge" -> "EventBridge";
            case "cloudwatchlogs" -> "CloudWatchLogs";
            case "secretsmanager" -> "SecretsManager";
            default -> Character.toUpperCase(service.charAt(0)) + service.substring(1);
        };
    }

    private Map<String, @Nullable Object> sfn(Caller caller, String action, Map<String, @Nullable Object> parameters) {
        var input = new LinkedHashMap<String, @Nullable Object>();
        parameters.forEach((name, value) -> {
            var lower = MemberNames.lower(name);
            input.put(
                    lower,
                    TEXTS.contains(lower) && value != null && !(value instanceof String)
                            ? Json.print(value)
                            : MemberNames.lowered(value));
        });
        var answer = new LinkedHashMap<String, @Nullable Object>();
        calls.json("states", MemberNames.upper(action), input, caller)
                .forEach((name, value) -> answer.put(MemberNames.upper(name), raised(name, value)));
        return answer;
    }

    private Map<String, @Nullable Object> logs(Caller caller, String action, Map<String, @Nullable Object> parameters) {
        var input = new LinkedHashMap<String, @Nullable Object>();
        parameters.forEach((name, value) -> {
            var lower = MemberNames.lower(name);
            // The names of tags are the caller's own.
            input.put(lower, lower.equals("tags") ? value : MemberNames.lowered(value));
        });
        var answer = new LinkedHashMap<String, @Nullable Object>();
        calls.json("logs", MemberNames.upper(action), input, caller)
                .forEach((name, value) -> answer.put(
                        MemberNames.upper(name),
                        name.equals("tags") ? value : MemberNames.raised(name, value, (member, number) -> number)));
        return answer;
    }

    private static @Nullable Object raised(String name, @Nullable Object value) {
        return MemberNames.raised(
                name,
                value,
                (member, number) -> member.endsWith("Date") || member.equals("timestamp") ? moment(number) : number);
    }

    private static String moment(Number seconds) {
        return Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1000)).toString();
    }

    /// An answer whose moments are texts; all else is as the service has it.
    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> dated(Map<String, @Nullable Object> answer) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(MemberNames.named(
                "",
                answer,
                UnaryOperator.identity(),
                (name, number) -> name.endsWith("Date") || name.endsWith("Time") ? moment(number) : number));
    }

    private Map<String, @Nullable Object> lambda(
            Caller caller, String action, Map<String, @Nullable Object> parameters) {
        if (!action.equals("invoke")) {
            throw new AwsError(400, "UnknownOperation", "The embedded AWS has no integration lambda:" + action + ".");
        }
        var payload = parameters.get("Payload");
        var bytes = payload == null
                ? new byte[0]
                : payload instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : Json.bytes(payload);
        var qualifier = parameters.get("Qualifier") instanceof String text ? text : null;
        var result = lambda.invoke(
                caller, String.valueOf(parameters.get("FunctionName")), qualifier, bytes, RequestContext.EMPTY);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ExecutedVersion", result.version());
        if (result.functionError() != null) {
            answer.put("FunctionError", result.functionError());
        }
        answer.put("Payload", new String(result.payload(), StandardCharsets.UTF_8));
        answer.put("StatusCode", 200L);
        return answer;
    }

    /// An operation of SQS. A body that is not a text goes as its JSON.
    Map<String, @Nullable Object> sqs(Caller caller, String operation, Map<String, @Nullable Object> parameters) {
        var input = new LinkedHashMap<>(parameters);
        var body = input.get("MessageBody");
        if (body != null && !(body instanceof String)) {
            input.put("MessageBody", Json.print(body));
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        calls.json("sqs", operation, input, caller)
                .forEach((name, value) -> answer.put(MemberNames.upper(name), value));
        return answer;
    }

    /// An operation of SNS, whose answer is made of texts, lists and maps.
    Map<String, @Nullable Object> sns(Caller caller, String operation, Map<String, @Nullable Object> parameters) {
        var answer = calls.send(
                "sns",
                "POST",
                "/",
                "",
                Headers.of("Content-Type", "application/x-www-form-urlencoded"),
                SnsForm.of(operation, parameters).getBytes(StandardCharsets.UTF_8),
                caller);
        return SnsAnswer.of(operation, answer);
    }

    private Map<String, @Nullable Object> sts(Caller caller, String action, Map<String, @Nullable Object> parameters) {
        var form = new StringBuilder("Version=2011-06-15&Action=").append(MemberNames.upper(action));
        parameters.forEach((name, value) -> {
            form.append('&').append(name).append('=');
            PercentCode.encode(value instanceof String text ? text : Json.print(value), false, form);
        });
        var answer = calls.send(
                "sts",
                "POST",
                "/",
                "",
                Headers.of("Content-Type", "application/x-www-form-urlencoded"),
                form.toString().getBytes(StandardCharsets.UTF_8),
                caller);
        var result = XmlObject.parse(answer.bytes()).get(MemberNames.upper(action) + "Result");
        return result instanceof Map<?, ?> map ? XmlObject.typed(map) : Map.of();
    }
}
