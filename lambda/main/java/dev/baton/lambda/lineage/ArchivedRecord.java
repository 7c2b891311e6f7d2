package dev.baton.lambda.lineage;

import dev.baton.run.CompletionRecord;

/// A version of a completion record, as far as it could be read.
public sealed interface ArchivedRecord {
    /// Where it is.
    RecordVersion place();

    /// A record that says what was made.
    record Intact(RecordVersion place, CompletionRecord record) implements ArchivedRecord {}

    /// A record that this code cannot read.
    ///
    /// @param problem a sentence about it, without its final stop
    record Unreadable(RecordVersion place, String problem) implements ArchivedRecord {}
}
