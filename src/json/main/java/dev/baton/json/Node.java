package dev.baton.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value that knows where it stands in its text. Unlike a plain value it also keeps members of equal name.
///
/// Lines and columns count from 1, columns in UTF-16 units.
public sealed interface Node {
    /// Where it begins, counted from 1.
    int line();

    /// Where in its line it begins, counted from 1.
    int column();

    /// The plain value, as [Json] has it; of equal names the last counts.
    @Nullable
    Object value();

    /// The text of a string, null for anything else.
    default @Nullable String text() {
        return this instanceof ScalarNode scalar && scalar.value() instanceof String text ? text : null;
    }

    /// `object`, `array`, `string`, `number`, `boolean` or `null`.
    default String typeName() {
        return switch (this) {
            case ObjectNode object -> "object";
            case ArrayNode array -> "array";
            case ScalarNode scalar -> Json.typeName(scalar.value());
        };
    }

    /// Reads a text.
    ///
    /// @throws JsonException when the text is not exactly one JSON value
    static Node parse(String text) {
        return Json.nodes(text);
    }

    /// A field of an object, placed where its name begins.
    record Member(String name, int line, int column, Node node) {}

    /// An object with its members in the order of the text.
    final class ObjectNode implements Node {
        private final int line;
        private final int column;
        private final List<Member> members;
        private final Map<String, Member> byName = new LinkedHashMap<>();

        public ObjectNode(int line, int column, List<Member> members) {
            this.line = line;
            this.column = column;
            this.members = List.copyOf(members);
            this.members.forEach(member -> byName.put(member.name(), member));
        }

        @Override
        public int line() {
            return line;
        }

        @Override
        public int column() {
            return column;
        }

        /// All members, those of equal name too.
        public List<Member> members() {
            return members;
        }

        /// The last member of that name.
        public @Nullable Member member(String name) {
            return byName.get(name);
        }

        /// The value of the last member of that name.
        public @Nullable Node get(String name) {
            var member = byName.get(name);
            return member == null ? null : member.node();
        }

        /// Whether there is a member of that name.
        public boolean has(String name) {
            return byName.containsKey(name);
        }

        @Override
        public Map<String, @Nullable Object> value() {
            var object = new LinkedHashMap<String, @Nullable Object>();
            members.forEach(member -> object.put(member.name(), member.node().value()));
            return object;
        }
    }

    /// An array.
    record ArrayNode(int line, int column, List<Node> elements) implements Node {
        public ArrayNode {
            elements = List.copyOf(elements);
        }

        @Override
        public List<@Nullable Object> value() {
            var array = new ArrayList<@Nullable Object>(elements.size());
            elements.forEach(element -> array.add(element.value()));
            return array;
        }
    }

    /// A string, number, boolean or null.
    record ScalarNode(int line, int column, @Nullable Object value) implements Node {}
}
