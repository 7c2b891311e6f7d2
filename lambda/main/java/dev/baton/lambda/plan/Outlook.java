package dev.baton.lambda.plan;

import dev.baton.run.decision.Cause;
import dev.baton.run.decision.TaskDecision;
import java.util.List;

/// The outlook of a task in a run that has not begun.
public sealed interface Outlook {

    /// It would run, whatever becomes of the others.
    record Due(List<Cause> causes) implements Outlook {
        public Due {
            causes = List.copyOf(causes);
        }
    }

    /// It would run if one of its inputs, which is made anew, comes out different.
    ///
    /// @param inputs by the names of the tasks that make them
    record Depends(List<String> inputs) implements Outlook {
        public Depends {
            inputs = List.copyOf(inputs);
        }
    }

    /// It would not run.
    record Fresh(List<String> notes) implements Outlook {
        public Fresh {
            notes = List.copyOf(notes);
        }
    }

    /// It cannot run yet.
    ///
    /// @param missing the logical URIs of uploads
    record Waiting(List<String> missing) implements Outlook {
        public Waiting {
            missing = List.copyOf(missing);
        }
    }

    /// Nothing needs it for these parameters.
    record Unneeded() implements Outlook {}

    /// The outlook as tables and JSON name it.
    default String word() {
        return switch (this) {
            case Due due -> "run";
            case Depends depends -> "depends";
            case Fresh fresh -> "fresh";
            case Waiting waiting -> "waiting";
            case Unneeded unneeded -> "unneeded";
        };
    }

    /// The outlook as a sentence about a task.
    default String about(String task) {
        return switch (this) {
            case Due(var causes) -> new TaskDecision.Due(causes).about(task, "would run");
            case Depends(var inputs) -> task + " would run if " + String.join(" or ", inputs) + " comes out different";
            case Fresh(var notes) -> TaskDecision.fresh(task, notes);
            case Waiting(var missing) ->
                task + " waits for " + String.join(", ", missing)
                        + (missing.size() == 1 ? ", which is not there" : ", which are not there");
            case Unneeded() -> task + " is not needed for these parameters";
        };
    }
}
