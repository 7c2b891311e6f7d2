package dev.baton.cli.audit;

import java.io.IOException;

/// A place that evidence is read from. It reads only.
interface EvidenceSource {

    /// The receiver of what is found, in any order, and of more than was asked for.
    @FunctionalInterface
    interface LineSlot {
        void add(EvidenceLine line) throws IOException;
    }

    void read(AuditScope scope, LineSlot lines) throws IOException;
}
