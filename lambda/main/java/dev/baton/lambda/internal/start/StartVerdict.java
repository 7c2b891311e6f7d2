package dev.baton.lambda.internal.start;

import dev.baton.run.StartResult;
import java.util.Map;
import java.util.Optional;

/// The word of an authority on a question.
public sealed interface StartVerdict {
    /// Where nobody is asked.
    StartVerdict FREE = new Allowed(Optional.empty());

    /// It may be done.
    ///
    /// @param policyHash by which policies; absent where none hold
    record Allowed(Optional<String> policyHash) implements StartVerdict {}

    /// It may not be done.
    ///
    /// @param code of the finding
    record Denied(String code, String reason, String remedy) implements StartVerdict {
        /// The answer to whoever asked for a run.
        public StartResult refused(Map<String, String> parameters) {
            return new StartResult.Refused(parameters, code, reason, remedy);
        }
    }
}
