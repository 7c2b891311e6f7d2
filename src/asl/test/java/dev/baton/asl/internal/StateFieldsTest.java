package dev.baton.asl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.AslPrinter;
import dev.baton.asl.StateGraph;
import dev.baton.asl.StateType;
import dev.baton.asl.definition.Asl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Who gives a state a field has to say so in four places; what the compiler does not name, the examples here do.
class StateFieldsTest {
    private static final Path FOLDER = Path.of("test/resources/findings");

    @Test
    void a_field_that_a_state_may_have_is_read_into_it_printed_and_shown_by_an_example() throws IOException {
        var shown = new EnumMap<StateType, Set<String>>(StateType.class);
        try (var files = Files.list(FOLDER)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".asl.json")).toList()) {
                var definition = Asl.parse("m", Files.readString(file));
                if (definition.isValid()) {
                    look(definition.orThrow(), shown);
                }
            }
        }
        for (var type : StateType.values()) {
            var missing = new TreeSet<>(StateShapes.of(type).names());
            missing.removeAll(shown.getOrDefault(type, Set.of()));
            assertThat(missing).as(type + ": fields that no valid example has").isEmpty();
        }
    }

    private static void look(StateGraph graph, Map<StateType, Set<String>> shown) {
        graph.states().forEach((name, state) -> {
            assertThat(state.unknown().keySet())
                    .as(name + ": a field that checks know and the reader does not")
                    .doesNotContainAnyElementsOf(StateShapes.of(state.type()).names());
            shown.computeIfAbsent(state.type(), type -> new TreeSet<>())
                    .addAll(AslPrinter.json(state).keySet());
            state.graphs().forEach(inner -> look(inner, shown));
        });
    }
}
