package dev.baton.run.decision;

import dev.baton.run.CompletionRecord;
import dev.baton.run.Fingerprint;
import dev.baton.run.PinnedObject;
import dev.baton.run.SourceRevision;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /// The basis of which an output was made, with what is there now of its inputs: of the same code, whichever that was.
    ///
    /// @param now the contents that are known, by logical URI; the others are taken as they were
    public static Basis of(Class<?> taskClass, CompletionRecord made, Map<String, PinnedObject> now) {
        var inputs = made.inputs().stream()
                .map(input -> new Input(input.uri(), now.getOrDefault(input.uri(), input)))
                .toList();
        return new Basis(
                taskClass,
                made.codeHash(),
                () -> new TreeMap<>(made.code()),
                made.revision(),
                made.parameters(),
                made.configuration(),
                inputs);
    }

    /// The basis of an output of which no record tells.
    public static Basis unknown(Class<?> taskClass) {
        return new Basis(taskClass, "", TreeMap::new, SourceRevision.UNKNOWN, Map.of(), Map.of(), List.of());
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
