package dev.baton.compiler.environment;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fields of one JSON object, taken one by one. What is wrong with them is found, not thrown; what is never asked
/// for is unknown.
final class SettingsReader {
    private final String source;
    private final Diagnostics findings;
    private final String pointer;
    private final Node.ObjectNode node;
    private final Set<String> asked = new LinkedHashSet<>();

    private SettingsReader(String source, Diagnostics findings, String pointer, Node.ObjectNode node) {
        this.source = source;
        this.findings = findings;
        this.pointer = pointer;
        this.node = node;
        var seen = new LinkedHashSet<String>();
        for (var member : node.members()) {
            if (!seen.add(member.name())) {
                findings.add(CompilerFindings.environmentField(
                        place(member.line(), member.column(), member.name()),
                        "the field " + member.name() + " is there twice",
                        "keep one of the two"));
            }
        }
    }

    /// A text's one object; of anything else that is found, and it counts as empty.
    static SettingsReader of(String source, Diagnostics findings, Node node) {
        if (node instanceof Node.ObjectNode object) {
            return new SettingsReader(source, findings, "", object);
        }
        findings.add(CompilerFindings.environments(
                new Location.InText(source, node.line(), node.column(), ""),
                "expected an object with an entry for each environment, but was " + node.typeName()));
        return new SettingsReader(source, findings, "", new Node.ObjectNode(node.line(), node.column(), List.of()));
    }

    List<String> names() {
        return node.members().stream().map(Node.Member::name).distinct().toList();
    }

    boolean has(String name) {
        return node.has(name);
    }

    void require(String name) {
        if (!has(name)) {
            missing(name);
        }
    }

    void missing(String name) {
        findings.add(CompilerFindings.environmentField(
                place(node.line(), node.column(), null), "the field " + name + " is missing", "add it"));
    }

    /// Says that a field ought not to be there, or not so.
    void refuse(String name, String why) {
        findings.add(CompilerFindings.environmentField(
                location(name), "the field " + name + " cannot stand here so: " + why, "change it or take it out"));
    }

    /// Says what else was found.
    void add(Diagnostic finding) {
        findings.add(finding);
    }

    @Nullable
    String text(String name, Pattern pattern, String expected) {
        var value = get(name);
        return value == null ? null : text(name, value, pattern, expected);
    }

    private @Nullable String text(String name, Node value, Pattern pattern, String expected) {
        if (value.value() instanceof String text && pattern.matcher(text).matches()) {
            return text;
        }
        wrong(name, value, expected);
        return null;
    }

    /// A text, or the empty one for `true`.
    @Nullable
    String trueOrText(String name, Pattern pattern, String expected) {
        var value = get(name);
        return value == null ? null : Boolean.TRUE.equals(value.value()) ? "" : text(name, value, pattern, expected);
    }

    /// At least one text.
    List<String> texts(String name, Pattern pattern, String expected) {
        var value = get(name);
        var texts = new ArrayList<String>();
        if (value instanceof Node.ArrayNode array && !array.elements().isEmpty()) {
            for (var element : array.elements()) {
                var text = text(name, element, pattern, expected);
                if (text != null) {
                    texts.add(text);
                }
            }
        } else if (value != null) {
            wrong(name, value, "an array of at least one: " + expected);
        }
        return texts;
    }

    @Nullable
    Integer number(String name, int least, int most) {
        var value = get(name);
        if (value == null) {
            return null;
        }
        if (value.value() instanceof Long number && number >= least && number <= most) {
            return Math.toIntExact(number);
        }
        wrong(name, value, String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most));
        return null;
    }

    @Nullable
    Boolean flag(String name) {
        var value = get(name);
        if (value == null || value.value() instanceof Boolean) {
            return value == null ? null : (Boolean) value.value();
        }
        wrong(name, value, "true or false");
        return null;
    }

    @Nullable
    SettingsReader object(String name) {
        var value = get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Node.ObjectNode object) {
            return new SettingsReader(
                    source, findings, pointer + "/" + name.replace("~", "~0").replace("/", "~1"), object);
        }
        wrong(name, value, "an object");
        return null;
    }

    /// Says which fields nobody asked for.
    void end() {
        for (var member : node.members()) {
            if (!asked.contains(member.name())) {
                findings.add(CompilerFindings.environmentField(
                        place(member.line(), member.column(), member.name()),
                        "the field " + member.name() + " is not known here; known are " + String.join(", ", asked),
                        "correct its name or take it out"));
            }
        }
    }

    Location location(String name) {
        var member = node.member(name);
        return member == null ? place(node.line(), node.column(), null) : place(member.line(), member.column(), name);
    }

    private @Nullable Node get(String name) {
        asked.add(name);
        return node.get(name);
    }

    private void wrong(String name, Node value, String expected) {
        var is = value.value();
        var shown = is instanceof String || is instanceof Number || is instanceof Boolean
                ? Json.print(is)
                : value.typeName();
        findings.add(CompilerFindings.environmentValue(
                place(value.line(), value.column(), name), name + " is " + shown, expected));
    }

    private Location place(int line, int column, @Nullable String name) {
        return new Location.InText(source, line, column, name == null ? pointer : pointer + "/" + name);
    }
}
