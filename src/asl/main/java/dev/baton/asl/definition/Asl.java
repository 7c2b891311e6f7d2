package dev.baton.asl.definition;

import dev.baton.asl.Finding;
import dev.baton.asl.StateMachine;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.internal.DefinitionCheck;
import dev.baton.asl.internal.DeployTimeValues;
import dev.baton.asl.internal.ModelReader;
import dev.baton.asl.internal.TextFindings;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.JsonException;
import dev.baton.json.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads definitions: text in, state machine and findings out.
public final class Asl {
    /// The bound on a definition's size, in bytes of UTF-8.
    public static final int MAX_DEFINITION_BYTES = 1_048_576;

    private Asl() {}

    /// Reads and validates the definition of a STANDARD state machine.
    ///
    /// @param source the file or another name of the text, for the findings
    public static Definition parse(String source, String text) {
        return parse(source, text, StateMachineType.STANDARD);
    }

    /// Reads and validates a definition: everything that is wrong with it is found at once.
    ///
    /// @param source the file or another name of the text, for the findings
    public static Definition parse(String source, String text, StateMachineType type) {
        return switch (read(source, text)) {
            case Text.Wrong(var finding) -> new Definition(null, List.of(finding));
            case Text.Read(var root) -> {
                var findings = new ArrayList<>(
                        DefinitionCheck.check(source, root, type).findings());
                var bytes = text.getBytes(StandardCharsets.UTF_8).length;
                if (bytes > MAX_DEFINITION_BYTES) {
                    findings.addFirst(TextFindings.tooLarge(source, bytes, MAX_DEFINITION_BYTES));
                }
                yield new Definition(ModelReader.read(root), findings);
            }
        };
    }

    /// Validates a definition that is not deployed yet, or that stands in another text. Where `${…}` stands for a whole
    /// value, which a deployment puts there, nothing is said of its type.
    ///
    /// @param source the file or another name of the text, for the findings
    public static List<Diagnostic> check(String source, Node root) {
        return DefinitionCheck.check(source, root, StateMachineType.STANDARD).findings().stream()
                .filter(finding -> !DeployTimeValues.explain(finding, root))
                .map(Finding::diagnostic)
                .toList();
    }

    /// Reads and validates a state that stands alone, as TestState takes one: where it goes is not looked at.
    ///
    /// @param source the file or another name of the text, for the findings
    public static StateDefinition parseState(String source, String text, StateMachineType type) {
        return switch (read(source, text)) {
            case Text.Wrong(var finding) -> new StateDefinition(null, List.of(finding));
            case Text.Read(var root) ->
                new StateDefinition(
                        ModelReader.readState(root),
                        DefinitionCheck.checkState(source, root, type).findings());
        };
    }

    /// A text that is JSON, or what is wrong with it.
    private sealed interface Text {
        record Read(Node root) implements Text {}

        record Wrong(Finding finding) implements Text {}
    }

    private static Text read(String source, String text) {
        if (text.isBlank()) {
            return new Text.Wrong(TextFindings.blank(source));
        }
        try {
            return new Text.Read(Node.parse(text));
        } catch (JsonException e) {
            return new Text.Wrong(TextFindings.notJson(source, e, text));
        }
    }

    /// Validates a state machine that was built and not read: it is printed and read.
    ///
    /// @param source a name for the findings
    public static Definition validate(String source, StateMachine machine, StateMachineType type) {
        return parse(source, machine.toJson(), type);
    }
}
