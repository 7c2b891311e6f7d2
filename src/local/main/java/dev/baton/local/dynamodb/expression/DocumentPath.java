package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The way to an attribute or to something within it: `a.b[1].c`.
public record DocumentPath(List<Step> steps) {

    /// A part of a path.
    public sealed interface Step {}

    /// The member of a map; first of all, the attribute itself.
    public record Member(String name) implements Step {
        @Override
        public String toString() {
            return name;
        }
    }

    /// The element of a list, from 0.
    public record Element(int index) implements Step {
        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }

    public DocumentPath {
        steps = List.copyOf(steps);
    }

    /// The attribute that the path begins with.
    public String attribute() {
        return steps.getFirst().toString();
    }

    /// Whether the path is an attribute and nothing within it.
    public boolean isWhole() {
        return steps.size() == 1;
    }

    /// What the path leads to; nothing where it leads nowhere.
    @Nullable
    Attribute in(Map<String, Attribute> item) {
        @Nullable Attribute found = item.get(attribute());
        for (int i = 1; i < steps.size() && found != null; i++) {
            found = step(found, steps.get(i));
        }
        return found;
    }

    static @Nullable Attribute step(Attribute from, Step step) {
        return switch (step) {
            case Member member -> from instanceof Attribute.M map ? map.values().get(member.name()) : null;
            case Element element ->
                from instanceof Attribute.L list
                                && element.index() < list.values().size()
                        ? list.values().get(element.index())
                        : null;
        };
    }

    /// As messages show it: `[a, b, [1], c]`.
    @Override
    public String toString() {
        return steps.stream().map(Step::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
