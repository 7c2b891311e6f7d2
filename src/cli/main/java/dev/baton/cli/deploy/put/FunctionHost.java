package dev.baton.cli.deploy.put;

import dev.baton.compiler.pipeline.CompiledFunction;
import java.util.Map;

/// A host of Lambda functions: what makes Lambda functions of an endpoint.
@FunctionalInterface
public interface FunctionHost {

    /// Makes the function, or a new version of it.
    ///
    /// @param environment its variables, nothing left to replace
    /// @param description what the version is told apart by, [FunctionIdentity#description]
    /// @return the version's number
    String publish(CompiledFunction function, String roleArn, Map<String, String> environment, String description);

    /// Tells apart what all functions run besides the pipeline's own code: another Baton is other code too.
    default String runtime() {
        return "this process";
    }

    /// Tells apart all that functions run, the pipeline's own code too: the tag `baton:code`.
    default String code() {
        return runtime();
    }
}
