package dev.baton.local.lambda.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/// A function as it is registered: its code and its configuration.
///
/// @param name up to 64 of `[A-Za-z0-9_-]`
/// @param roleArn the execution role, whose temporary credentials the code gets
/// @param environment the variables that its configuration has; region, endpoint and credentials come on top
/// @param timeout after which an invocation is stopped
/// @param memoryMegabytes told to the code; a JVM of its own gets its heap by it
/// @param code what runs
/// @param description up to 256 characters
/// @param codeSha256 what the code is told apart by: the base64 SHA-256 of what was uploaded, or anything
/// @param runtime as Lambda names it, such as `java21`
public record LambdaFunction(
        String name,
        String roleArn,
        Map<String, String> environment,
        Duration timeout,
        int memoryMegabytes,
        FunctionCode code,
        String description,
        String codeSha256,
        String runtime) {

    /// A function of Java 21 that says nothing of itself.
    public LambdaFunction(
            String name,
            String roleArn,
            Map<String, String> environment,
            Duration timeout,
            int memoryMegabytes,
            FunctionCode code) {
        this(name, roleArn, environment, timeout, memoryMegabytes, code, "", "", "java21");
    }

    /// A function whose handler is an object of this process.
    ///
    /// @param handler makes the handler from its environment variables, once for every sandbox
    public LambdaFunction(
            String name,
            String roleArn,
            Map<String, String> environment,
            Duration timeout,
            int memoryMegabytes,
            Function<Map<String, String>, RequestStreamHandler> handler) {
        this(name, roleArn, environment, timeout, memoryMegabytes, new FunctionCode.InProcess(handler));
    }

    public LambdaFunction {
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "a function's name is up to 64 letters, digits, - and _, but was " + name);
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(15)) > 0) {
            throw new IllegalArgumentException("a timeout is up to 15 minutes, but was " + timeout);
        }
        environment = Map.copyOf(environment);
    }

    /// The same with something else said of it.
    public LambdaFunction described(String text) {
        return new LambdaFunction(
                name, roleArn, environment, timeout, memoryMegabytes, code, text, codeSha256, runtime);
    }
}
