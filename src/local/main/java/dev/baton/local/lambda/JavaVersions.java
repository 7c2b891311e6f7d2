package dev.baton.local.lambda;

import dev.baton.local.http.AwsError;
import java.util.Map;
import java.util.TreeMap;

/// The runtimes of Lambda that a function may name here: those of Java, up to the version that this process runs on,
/// which runs them all.
///
/// [Runtimes](https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html)
final class JavaVersions {
    private static final Map<String, Integer> JAVA =
            new TreeMap<>(Map.of("java8.al2", 8, "java11", 11, "java17", 17, "java21", 21, "java25", 25));

    private JavaVersions() {}

    /// @throws AwsError `InvalidParameterValueException`
    static void check(String runtime) {
        var version = JAVA.get(runtime);
        var here = Runtime.version().feature();
        if (version == null && runtime.matches("(nodejs|python|ruby|dotnet|dotnetcore|go|provided|java)[0-9a-z.]*")) {
            throw FunctionInput.invalid("The embedded AWS does not run functions of the runtime " + runtime
                    + "; it runs those of " + String.join(", ", JAVA.keySet()) + ".");
        }
        if (version == null) {
            throw FunctionInput.invalid("Value " + runtime + " at 'runtime' failed to satisfy constraint: Member must"
                    + " satisfy enum value set: [" + String.join(", ", JAVA.keySet()) + "] or be a valid ARN");
        }
        if (version > here) {
            throw FunctionInput.invalid("The runtime " + runtime + " needs Java " + version
                    + ", and the embedded AWS runs on Java " + here + ".");
        }
    }
}
