package dev.baton.compiler.gate;

import dev.baton.asl.text.GraphText;
import dev.baton.asl.text.StateText;
import dev.baton.json.JsonException;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The definition that a proposal would replace: what it reaches, and what it reaches only through an approval. A proposal
/// may have no more of the first and no less of the second.
///
/// @param destinations the texts of its states
/// @param approvals one for each function that is invoked only after an approval
public record PresentMachine(List<String> destinations, List<GatePolicy.Approval> approvals) {
    private static final String TOKEN = ".waitForTaskToken";

    public PresentMachine {
        destinations = List.copyOf(destinations);
        approvals = List.copyOf(approvals);
    }

    /// What is not there reaches nothing.
    public static final PresentMachine NONE = new PresentMachine(List.of(), List.of());

    /// Reads a definition.
    public static PresentMachine of(String definition) {
        try {
            var machine = GraphText.of(Node.parse(definition));
            return machine == null || machine.first() == null ? NONE : of(machine);
        } catch (JsonException e) {
            return NONE;
        }
    }

    private static PresentMachine of(GraphText machine) {
        var texts = new LinkedHashSet<String>();
        var by = new LinkedHashSet<String>();
        var tasks = new LinkedHashSet<String>();
        for (var state : machine.allStates()) {
            collect(state.node(), texts);
            var function = function(state);
            if (Gate.isTask(state) && function != null) {
                var isApproval = state.text("Resource").endsWith(TOKEN) && function.matches(".*-approval(:.*)?");
                (isApproval ? by : tasks).add(function);
            }
        }
        var approvals = new ArrayList<GatePolicy.Approval>();
        tasks.removeAll(by);
        if (!by.isEmpty()) {
            for (var task : tasks) {
                var approval = new GatePolicy.Approval(
                        List.of(pattern(task)),
                        by.stream().map(PresentMachine::pattern).toList());
                if (new Approvals(approval).missing(machine).isEmpty()) {
                    approvals.add(approval);
                }
            }
        }
        return new PresentMachine(List.copyOf(texts), approvals);
    }

    private static @Nullable String function(StateText state) {
        var arguments = Gate.arguments(state);
        var name = arguments == null ? null : arguments.get("FunctionName");
        return name == null ? null : name.text();
    }

    /// The function in whichever version, for a placeholder stands for any.
    private static String pattern(String function) {
        return function.replaceFirst("^arn:\\$\\{[^}]*}:", "arn:aws:").replaceAll("\\$\\{[^}]*}", "*");
    }

    private static void collect(Node node, Set<String> texts) {
        switch (node) {
            case ObjectNode object -> object.members().forEach(member -> collect(member.node(), texts));
            case ArrayNode array -> array.elements().forEach(element -> collect(element, texts));
            case ScalarNode scalar -> {
                // As it is: what stands in it for something else is a pattern of its author's, not of ours.
                if (scalar.value() instanceof String text && !text.contains("*") && !text.contains("?")) {
                    texts.add(text);
                }
            }
        }
    }
}
