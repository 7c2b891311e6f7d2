package dev.baton.engine.journal;

/// The journal of what an engine could not compute again: what came to an execution from outside, when, and what was
/// drawn at random. From these entries the same execution is made again, state by state, without asking anybody twice.
@FunctionalInterface
public interface Journal {

    /// Takes an entry; what is appended later stands behind it. Called by any thread, and by the one that runs the
    /// execution: it must not wait for a disk.
    void append(JournalEntry entry);
}
