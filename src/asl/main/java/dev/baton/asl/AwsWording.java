package dev.baton.asl;

import java.util.List;
import java.util.stream.Collectors;

/// Findings as the Step Functions API tells them.
public final class AwsWording {
    private AwsWording() {}

    /// The message of the error `InvalidDefinition` with which CreateStateMachine and UpdateStateMachine refuse a
    /// definition; of warnings it says nothing.
    public static String invalidDefinition(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.diagnostic().isError())
                .map(Finding::aws)
                .map(aws -> aws.code() + ": " + aws.message().strip() + " at "
                        + (aws.location().isEmpty() ? "null" : aws.location()))
                .collect(Collectors.joining(", ", "Invalid State Machine Definition: '", "'"));
    }
}
