package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A function's configuration as a request says it, within the bounds that Lambda has for it.
///
/// [Quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html) ·
/// [Reserved variables](https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html)
///
/// @param body the request's members
record FunctionInput(ApiInput body) {
    private static final int MAX_SECONDS = 900;
    private static final int MAX_MEGABYTES = 10_240;
    private static final int MAX_VARIABLES_BYTES = 4_096;
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

    String description(String otherwise) {
        return body.text("Description", otherwise);
    }

    /// @param otherwise empty where one has to be given
    String handler(String otherwise) {
        var handler = body.text("Handler", otherwise);
        if (handler.isEmpty()) {
            throw invalid(BOTH);
        }
        return handler;
    }

    /// @param otherwise empty where one has to be given
    String runtime(String otherwise) {
        var runtime = body.text("Runtime", otherwise);
        if (runtime.isEmpty()) {
            throw invalid(BOTH);
        }
        RuntimeVersions.check(runtime);
        return runtime;
    }

    Duration timeout(Duration otherwise) {
        return Duration.ofSeconds(number("Timeout", MAX_SECONDS, (int) otherwise.toSeconds()));
    }

    int memory(int otherwise) {
        return number("MemorySize", MAX_MEGABYTES, otherwise);
    }

    /// @param most less than the API's model has it
    private int number(String member, int most, int otherwise) {
        int number = body.integer(member, otherwise);
        if (number > most) {
            throw Violation.ofRange(number, member, false, most).error();
        }
        return number;
    }

    Map<String, String> variables(Map<String, String> otherwise) {
        var environment = body.objectIf("Environment");
        if (environment == null) {
            return otherwise;
        }
        var variables = environment.map("Variables");
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
                                "",
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
