package dev.baton.run.decision;

import dev.baton.run.Fingerprint;
import dev.baton.run.PinnedObject;
import dev.baton.run.SourceRevision;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/// The basis of a task's output: what it would be made from now. [TaskDecision] holds it against what the output was made
/// from, to decide whether the task runs.
///
/// @param taskClass the class of the task
/// @param codeHash of the class and the project classes that it reaches
/// @param codeParts the same in parts, asked for only where two codes are told apart
/// @param revision of the sources that the code was built from
/// @param parameters of the task, canonically printed
/// @param configuration that the output depends on
/// @param inputs in the order of `requires()`
public record Basis(
        Class<?> taskClass,
        String codeHash,
        Supplier<SortedMap<String, String>> codeParts,
        SourceRevision revision,
        Map<String, String> parameters,
        Map<String, String> configuration,
        List<Input> inputs) {

    public Basis {
        parameters = Map.copyOf(parameters);
        configuration = Map.copyOf(configuration);
        inputs = List.copyOf(inputs);
    }

    /// An input.
    ///
    /// @param name the way in which a sentence names it: the task that makes it, or its URI
    /// @param object the version that is read
    public record Input(String name, PinnedObject object) {}

    /// The hash of it.
    public String fingerprint() {
        return Fingerprint.of(
                taskClass.getName(),
                codeHash,
                parameters,
                configuration,
                inputs.stream().map(Input::object).toList());
    }
}
