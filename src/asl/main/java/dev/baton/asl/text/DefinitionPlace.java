package dev.baton.asl.text;

import dev.baton.json.Node;
import org.jspecify.annotations.Nullable;

/// A place in a definition: the way from its root, and where that is in the text.
///
/// @param parent null at the root
/// @param name of a field, or empty for an element
/// @param index of an element, or -1 for a field
/// @param line counted from 1
/// @param column counted from 1
public record DefinitionPlace(@Nullable DefinitionPlace parent, String name, int index, int line, int column) {

    public static DefinitionPlace root(int line, int column) {
        return new DefinitionPlace(null, "", -1, line, column);
    }

    public DefinitionPlace field(Node.Member member) {
        return new DefinitionPlace(this, member.name(), -1, member.line(), member.column());
    }

    /// The place of a field, or this one where there is none.
    public DefinitionPlace fieldOrHere(Node.@Nullable Member member) {
        return member == null ? this : field(member);
    }

    public DefinitionPlace element(int element, Node node) {
        return new DefinitionPlace(this, "", element, node.line(), node.column());
    }

    /// As RFC 6901 has it.
    public String pointer() {
        if (parent == null) {
            return "";
        }
        var step =
                index >= 0 ? Integer.toString(index) : name.replace("~", "~0").replace("/", "~1");
        return parent.pointer() + "/" + step;
    }

    /// As the service has it: `/States/Ship/Catch[0]/Next`.
    public String awsLocation() {
        if (parent == null) {
            return "/";
        }
        var before = parent.parent == null ? "" : parent.awsLocation();
        return index >= 0 ? before + "[" + index + "]" : before + "/" + name;
    }
}
