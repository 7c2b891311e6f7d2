package dev.baton.cli.lineage;

import dev.baton.run.CompletionRecord;
import dev.baton.run.PinnedObject;
import dev.baton.run.SourceRevision;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The making of one version of an output: what lineage takes from a completion record.
///
/// @param task the full name of its class
/// @param parameters of the task, canonically printed
/// @param inputs each once, in the order of `requires()`
/// @param codeHash of the task's code
/// @param roleSession the ARN of the assumed role's session
/// @param isCurrent whether no later record of the task has replaced this one
public record Derivation(
        String task,
        Map<String, String> parameters,
        String pipeline,
        String run,
        String execution,
        PinnedObject output,
        List<PinnedObject> inputs,
        String codeHash,
        SourceRevision revision,
        String roleSession,
        Instant endedAt,
        boolean isCurrent) {

    public Derivation {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        inputs = List.copyOf(inputs);
    }

    static Derivation of(CompletionRecord record, boolean isCurrent) {
        return new Derivation(
                record.task(),
                record.parameters(),
                record.pipeline(),
                record.run(),
                record.execution(),
                record.output(),
                record.inputs().stream().distinct().toList(),
                record.codeHash(),
                record.revision(),
                record.roleSession(),
                record.endedAt(),
                isCurrent);
    }

    /// The task as sentences name it: `WetSpells seattle 2012`.
    String name() {
        var simple = task.substring(Math.max(task.lastIndexOf('.'), task.lastIndexOf('$')) + 1);
        return parameters.isEmpty() ? simple : simple + " " + String.join(" ", parameters.values());
    }
}
