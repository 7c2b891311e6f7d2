package dev.baton.lambda.internal.start;

import dev.baton.run.StartResult;
import java.util.Map;
import java.util.Optional;

/// The word of an authority on a question.
public sealed interface Ruling {
    /// Where nobody is asked.
    Ruling FREE = new Allowed(Optional.empty());

    /// It may be done.
    ///
    /// @param policyHash by which policies; absent where none hold
    record Allowed(Optional<String> policyHash) implements Ruling {}

    /// It may not be done.
    ///
    /// @param code of the finding
    record Denied(String code, String reason, String remedy) implements Ruling {
        /// The answer to whoever asked for a run.
        public StartResult refused(Map<String, String> parameters) {
            return new StartResult.Refused(parameters, code, reason, remedy);
        }
    }
}
