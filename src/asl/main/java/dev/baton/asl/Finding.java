package dev.baton.asl;

import dev.baton.diagnostic.Diagnostic;

/// A finding about a definition, in our words and in those of AWS.
///
/// @param diagnostic ours, stable, with place and remedy
/// @param aws what the service's ValidateStateMachineDefinition says of the same
public record Finding(Diagnostic diagnostic, AwsDiagnostic aws) {

    /// A finding as the service words it. AWS says that its codes and messages may change; ours do not.
    ///
    /// @param code such as `SCHEMA_VALIDATION_FAILED`
    /// @param location such as `/States/Ship/Next`; empty where the service gives none
    public record AwsDiagnostic(String code, String location, String message) {}
}
