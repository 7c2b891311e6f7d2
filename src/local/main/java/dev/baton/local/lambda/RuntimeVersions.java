package dev.baton.local.lambda;

import dev.baton.local.lambda.process.Interpreter;
import dev.baton.local.lambda.process.ScriptLanguage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The runtimes of Lambda that a function may name here: those of Java, up to the version that this process runs on,
/// which runs them all; and those of Python and Node.js where there is an interpreter, whichever version that has.
///
/// [Runtimes](https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html)
final class RuntimeVersions {
    private static final Map<String, Integer> JAVA =
            new TreeMap<>(Map.of("java8.al2", 8, "java11", 11, "java17", 17, "java21", 21, "java25", 25));
    private static final List<String> SCRIPTS = List.of(
            "nodejs18.x",
            "nodejs20.x",
            "nodejs22.x",
            "nodejs24.x",
            "python3.8",
            "python3.9",
            "python3.10",
            "python3.11",
            "python3.12",
            "python3.13",
            "python3.14");

    private RuntimeVersions() {}

    /// @throws AwsError `InvalidParameterValueException`
    static void check(String runtime) {
        var language = ScriptLanguage.of(runtime);
        var version = JAVA.get(runtime);
        var here = Runtime.version().feature();
        if (language != null && SCRIPTS.contains(runtime)) {
            if (Interpreter.of(language).isEmpty()) {
                throw FunctionInput.invalid(withoutProgram(runtime, language));
            }
            return;
        }
        if (version == null && runtime.matches("(nodejs|python|ruby|dotnet|dotnetcore|go|provided|java)[0-9a-z.]*")) {
            throw FunctionInput.invalid("The embedded AWS does not run functions of the runtime " + runtime
                    + "; it runs those of " + names() + ".");
        }
        if (version == null) {
            throw FunctionInput.invalid("Value " + runtime + " at 'runtime' failed to satisfy constraint: Member must"
                    + " satisfy enum value set: [" + names() + "] or be a valid ARN");
        }
        if (version > here) {
            throw FunctionInput.invalid("The runtime " + runtime + " needs Java " + version
                    + ", and the embedded AWS runs on Java " + here + ".");
        }
    }

    static String withoutProgram(String runtime, ScriptLanguage language) {
        return "The runtime " + runtime + " needs the program " + language.program()
                + ", which is not on the PATH of the embedded AWS.";
    }

    private static String names() {
        return String.join(
                ", ", Stream.concat(JAVA.keySet().stream(), SCRIPTS.stream()).toList());
    }
}
