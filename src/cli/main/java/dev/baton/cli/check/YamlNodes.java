package dev.baton.cli.check;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.Member;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A text of YAML as the values that JSON has, placed where they stand. CloudFormation's short forms become what they
/// are short for: `!Sub x` is `{"Fn::Sub": x}`, and `!Ref x` is `{"Ref": x}`.
final class YamlNodes extends SafeConstructor {
    private YamlNodes() {
        super(new LoaderOptions());
    }

    /// @throws DiagnosticException CLI065 where it is not YAML, or not one document
    static dev.baton.json.Node parse(String file, String text) {
        try {
            var root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                throw wrong(file, 1, 1, "is empty");
            }
            return new YamlNodes().node(root);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw wrong(
                    file,
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "is not YAML: " + e.getProblem());
        }
    }

    private static DiagnosticException wrong(String file, int line, int column, String what) {
        return new DiagnosticException(Diagnostic.error(
                "CLI065", new Location.InText(file, line, column, ""), what, "correct the text from this place on"));
    }

    private dev.baton.json.Node node(Node node) {
        var line = node.getStartMark().getLine() + 1;
        var column = node.getStartMark().getColumn() + 1;
        var tag = node.getTag();
        if (tag.getValue().startsWith("!")) {
            node.setTag(plain(node));
            return function(tag.getValue().substring(1), node(node), line, column);
        }
        return switch (node) {
            case MappingNode mapping -> {
                flattenMapping(mapping);
                var members = new ArrayList<Member>();
                mapping.getValue().forEach(pair -> {
                    var mark = pair.getKeyNode().getStartMark();
                    members.add(new Member(
                            String.valueOf(constructObject(pair.getKeyNode())),
                            mark.getLine() + 1,
                            mark.getColumn() + 1,
                            node(pair.getValueNode())));
                });
                yield new ObjectNode(line, column, members);
            }
            case SequenceNode sequence ->
                new ArrayNode(
                        line, column, sequence.getValue().stream().map(this::node).toList());
            default -> new ScalarNode(line, column, scalar(node));
        };
    }

    private static Tag plain(Node node) {
        return switch (node) {
            case MappingNode mapping -> Tag.MAP;
            case SequenceNode sequence -> Tag.SEQ;
            default -> Tag.STR;
        };
    }

    /// `!GetAtt A.B` names its two parts in one text.
    private static ObjectNode function(String name, dev.baton.json.Node argument, int line, int column) {
        var written = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
        var given = name.equals("GetAtt") && argument.value() instanceof String text
                ? new ArrayNode(line, column, List.of(text.split("\\.", 2)).stream()
                        .map(part -> (dev.baton.json.Node) new ScalarNode(line, column, part))
                        .toList())
                : argument;
        return new ObjectNode(line, column, List.of(new Member(written, line, column, given)));
    }

    /// Whole numbers as JSON has them; times are left as they are written.
    private @Nullable Object scalar(Node node) {
        if (node.getTag().equals(Tag.TIMESTAMP)) {
            node.setTag(Tag.STR);
        }
        return switch (constructObject(node)) {
            case Integer number -> number.longValue();
            case Map<?, ?> map -> String.valueOf(map);
            case null -> null;
            case Object value -> value;
        };
    }
}
