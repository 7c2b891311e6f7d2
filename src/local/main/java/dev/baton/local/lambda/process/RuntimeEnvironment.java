package dev.baton.local.lambda.process;

import dev.baton.local.lambda.function.LambdaFunction;
import java.util.HashMap;
import java.util.Map;

/// The variables that Lambda gives a function beside its own; see
/// [Defined runtime environment variables](https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
public final class RuntimeEnvironment {
    private RuntimeEnvironment() {}

    /// @param configured the function's own variables, region, name and credentials among them
    public static Map<String, String> of(Map<String, String> configured, LambdaFunction function, String version) {
        var environment = new HashMap<>(configured);
        environment.put(
                "AWS_EXECUTION_ENV",
                "AWS_Lambda_"
                        + (ScriptLanguage.of(function.runtime()) == null
                                ? "java" + Runtime.version().feature()
                                : function.runtime()));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", version);
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
        environment.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
        environment.put("AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:2000");
        environment.put("PATH", "/usr/local/bin:/usr/bin/:/bin:/opt/bin");
        environment.put("LANG", "en_US.UTF-8");
        environment.put("TZ", ":UTC");
        return environment;
    }
}
