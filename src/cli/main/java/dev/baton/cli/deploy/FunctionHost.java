package dev.baton.cli.deploy;

import dev.baton.compiler.CompiledFunction;
import java.util.Map;

/// What makes Lambda functions of an endpoint.
@FunctionalInterface
public interface FunctionHost {

    /// Makes the function, or a new version of it.
    ///
    /// @param environment its variables, nothing left to replace
    /// @return the version's number
    String publish(CompiledFunction function, String roleArn, Map<String, String> environment);
}
