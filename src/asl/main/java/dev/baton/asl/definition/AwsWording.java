package dev.baton.asl.definition;

import dev.baton.asl.Finding;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Findings as the Step Functions API tells them.
public final class AwsWording {
    private AwsWording() {}

    /// The warnings that the service has; ours that it has not would be no answer of its.
    private static final Set<String> WARNINGS = Set.of("NO_DOLLAR", "NO_PATH", "PASS_RESULT_IS_STATIC");

    /// The diagnostics of ValidateStateMachineDefinition.
    ///
    /// @param warnings whether the caller asked for warnings too (`severity: WARNING`)
    public static List<Finding> diagnostics(List<Finding> findings, boolean warnings) {
        return findings.stream()
                .filter(finding -> finding.diagnostic().isError()
                        || (warnings && WARNINGS.contains(finding.aws().code())))
                .toList();
    }

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
