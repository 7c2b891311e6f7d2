package dev.baton.compiler.environment;

import org.jspecify.annotations.Nullable;

/// The key of KMS that an environment's state machines are under: their definitions, and what their executions were given
/// and answered.
///
/// @param arn null for the one that everything else of the environment is encrypted with
public record MachineKey(@Nullable String arn) {
    /// The ARN.
    ///
    /// @param common of the one that everything else is encrypted with
    public String or(String common) {
        return arn == null ? common : arn;
    }
}
