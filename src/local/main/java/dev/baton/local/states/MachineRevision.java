package dev.baton.local.states;

import dev.baton.engine.execution.PreparedMachine;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A state machine's definition and configuration at one time.
///
/// @param id null for the one that the machine was created with
record MachineRevision(
        @Nullable String id,
        String definition,
        PreparedMachine machine,
        String roleArn,
        Map<String, @Nullable Object> logging,
        Map<String, @Nullable Object> tracing,
        Map<String, @Nullable Object> encryption,
        Instant updated) {

    /// Whether nothing of what an update can change is different.
    boolean isSameAs(MachineRevision other) {
        return definition.equals(other.definition)
                && roleArn.equals(other.roleArn)
                && logging.equals(other.logging)
                && tracing.equals(other.tracing)
                && encryption.equals(other.encryption);
    }
}
