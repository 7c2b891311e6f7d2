package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.Locale;

/// An action on a run that somebody asks the start function for, by the name that it has in policies about people.
public enum RunAction {
    /// A run that was never started.
    START,
    /// A run that has ended, once more.
    RERUN,
    /// Tasks of a run, also where they are fresh.
    FORCE,
    /// Many runs at once.
    BACKFILL,
    /// An execution that failed, from where it failed.
    REDRIVE,
    /// To end an execution that runs.
    STOP,
    /// To see what a run has made.
    READ;

    /// As it stands in JSON and in policies.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The action of a word.
    ///
    /// @throws InvalidInput when it is none
    public static RunAction of(String word) {
        for (var action : values()) {
            if (action.word().equals(word)) {
                return action;
            }
        }
        throw new InvalidInput("an action on a run that is not known: " + word);
    }
}
