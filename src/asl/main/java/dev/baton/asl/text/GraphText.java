package dev.baton.asl.text;

import dev.baton.asl.QueryLanguage;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A graph of states as it stands in a text, however wrong: a state machine, a branch, or what a Map does with each
/// item.
public final class GraphText {
    private final ObjectNode fields;
    private final DefinitionPlace place;
    private final DefinitionPlace statesPlace;
    private final List<StateText> written;
    private final SequencedMap<String, StateText> states = new LinkedHashMap<>();

    private GraphText(ObjectNode fields, DefinitionPlace place, Node.Member member, ObjectNode states) {
        this.fields = fields;
        this.place = place;
        this.statesPlace = place.field(member);
        this.written = StateText.in(states, statesPlace);
        written.forEach(state -> this.states.put(state.name(), state));
    }

    /// The graph of a whole text, or null where it has no object of `States`.
    public static @Nullable GraphText of(Node root) {
        return of(root, DefinitionPlace.root(root.line(), root.column()));
    }

    /// The graph that stands at a place, or null where nothing there has an object of `States`.
    public static @Nullable GraphText of(@Nullable Node node, DefinitionPlace place) {
        if (!(node instanceof ObjectNode fields)) {
            return null;
        }
        var member = fields.member("States");
        return member != null && member.node() instanceof ObjectNode states
                ? new GraphText(fields, place, member, states)
                : null;
    }

    public ObjectNode fields() {
        return fields;
    }

    public DefinitionPlace place() {
        return place;
    }

    /// The name of the first state, or null where none is named. There may be no state of that name.
    public @Nullable String startAt() {
        var start = fields.get("StartAt");
        return start == null ? null : start.text();
    }

    /// The first state, or null where there is none.
    public @Nullable StateText first() {
        var start = startAt();
        return start == null ? null : states.get(start);
    }

    /// The language of a state machine's states that declare none.
    public static QueryLanguage language(ObjectNode fields) {
        return StateText.languageOf(fields, QueryLanguage.JSONPATH);
    }

    /// Every state in the order of the text, those of equal name too.
    public List<StateText> written() {
        return written;
    }

    /// The states by name; of equal names the last counts.
    public SequencedMap<String, StateText> states() {
        return states;
    }

    /// All states, each before those of the graphs inside it.
    public List<StateText> allStates() {
        var all = new ArrayList<StateText>();
        for (var state : states.values()) {
            all.add(state);
            state.graphs().forEach(graph -> all.addAll(graph.allStates()));
        }
        return all;
    }
}
