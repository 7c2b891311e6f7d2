package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.JsonInput;
import dev.baton.local.service.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A function's configuration as a request says it, within the bounds that Lambda has for it.
///
/// [Quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html) ·
/// [Reserved variables](https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html)
///
/// @param body the request's members
record FunctionInput(JsonInput body) {
    private static final int MAX_SECONDS = 900;
    private static final int MIN_MEGABYTES = 128;
    private static final int MAX_MEGABYTES = 10_240;
    private static final int MAX_VARIABLES_BYTES = 4_096;
    private static final int MAX_DESCRIPTION = 256;
    private static final int MAX_HANDLER = 128;
    private static final String BOTH =
            "Runtime and Handler are mandatory parameters for functions created with deployment packages.";

    private static final Set<String> RESERVED = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_DEFAULT_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT");

    @Nullable
    String text(String member) {
        var value = body.value(member);
        if (value != null && !(value instanceof String)) {
            throw new AwsError(400, "SerializationException", member + " is not a string.");
        }
        return (String) value;
    }

    String description(String otherwise) {
        return bounded("Description", MAX_DESCRIPTION, otherwise);
    }

    /// @param otherwise empty where one has to be given
    String handler(String otherwise) {
        var handler = bounded("Handler", MAX_HANDLER, otherwise);
        if (handler.isEmpty()) {
            throw invalid(BOTH);
        }
        if (handler.chars().anyMatch(Character::isWhitespace)) {
            throw Violation.ofPattern(handler, "Handler", "[^\\s]+").error();
        }
        return handler;
    }

    private String bounded(String member, int length, String otherwise) {
        var text = text(member);
        if (text != null && text.length() > length) {
            throw Violation.ofText(text, member, "have length less than or equal to " + length)
                    .error();
        }
        return text == null ? otherwise : text;
    }

    /// @param otherwise empty where one has to be given
    String runtime(String otherwise) {
        var given = text("Runtime");
        var runtime = given == null ? otherwise : given;
        if (runtime.isEmpty()) {
            throw invalid(BOTH);
        }
        JavaVersions.check(runtime);
        return runtime;
    }

    Duration timeout(Duration otherwise) {
        return Duration.ofSeconds(number("Timeout", 1, MAX_SECONDS, otherwise.toSeconds()));
    }

    int memory(int otherwise) {
        return (int) number("MemorySize", MIN_MEGABYTES, MAX_MEGABYTES, otherwise);
    }

    private long number(String member, long least, long most, long otherwise) {
        return switch (body.value(member)) {
            case null -> otherwise;
            case Long number
            when number < least ->
                throw Violation.ofRange(number, member, true, least).error();
            case Long number
            when number > most ->
                throw Violation.ofRange(number, member, false, most).error();
            case Long number -> number;
            case Object other -> throw new AwsError(400, "SerializationException", member + " is not a whole number.");
        };
    }

    Map<String, String> variables(Map<String, String> otherwise) {
        if (!(body.value("Environment") instanceof Map<?, ?> environment)) {
            return otherwise;
        }
        if (!Set.of("Variables").containsAll(environment.keySet())) {
            throw invalid("An Environment has Variables and nothing else, but was " + environment.keySet() + ".");
        }
        var variables = new LinkedHashMap<String, String>();
        if (environment.get("Variables") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        }
        check(variables);
        return variables;
    }

    private static void check(Map<String, String> variables) {
        var cannot = "Lambda was unable to configure your environment variables because the environment variables you"
                + " have provided ";
        var reserved = new TreeSet<>(variables.keySet());
        reserved.retainAll(RESERVED);
        if (!reserved.isEmpty()) {
            throw invalid(cannot + "contains reserved keys that are currently not supported for modification. Reserved"
                    + " keys used in this request: " + String.join(", ", reserved));
        }
        for (var name : variables.keySet()) {
            if (!name.matches("[a-zA-Z]([a-zA-Z0-9_])+")) {
                throw new Violation(
                                Json.print(List.copyOf(variables.keySet())),
                                "environment.variables",
                                "Map keys must satisfy constraint: [Member must satisfy regular expression pattern:"
                                        + " [a-zA-Z]([a-zA-Z0-9_])+]")
                        .error();
            }
        }
        var text = Json.print(variables);
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_VARIABLES_BYTES) {
            throw invalid(cannot + "exceeded the 4KB limit. String measured: " + text);
        }
    }

    static AwsError invalid(String message) {
        return new AwsError(400, "InvalidParameterValueException", message);
    }
}
