package dev.baton.cli.check;

import dev.baton.asl.definition.Asl;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file with definitions: one of JSON or YAML, or the state machines of a CloudFormation or SAM template.
public final class DefinitionFile {
    private static final Set<String> MACHINES =
            Set.of("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine");

    /// What Terraform's `templatefile` puts there, where JSON has no text around it.
    private static final Pattern BARE = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|(\\$\\{[^}\"]*})");

    private DefinitionFile() {}

    /// @throws DiagnosticException what is wrong with the text, where it is neither JSON nor YAML; CLI066 where it is a
    ///     template that defines no state machine itself
    public static List<WrittenDefinition> read(String file, String text) {
        var name = file.toLowerCase(Locale.ROOT);
        var root = name.endsWith(".yaml") || name.endsWith(".yml") ? YamlNodes.parse(file, text) : json(file, text);
        var resources =
                root instanceof ObjectNode object && object.get("Resources") instanceof ObjectNode found ? found : null;
        if (resources == null) {
            return List.of(new WrittenDefinition(file, "", root));
        }
        var definitions = new ArrayList<WrittenDefinition>();
        resources.members().forEach(member -> {
            if (member.node() instanceof ObjectNode resource
                    && resource.get("Type") instanceof ScalarNode type
                    && MACHINES.contains(String.valueOf(type.value()))
                    && resource.get("Properties") instanceof ObjectNode properties) {
                var pointer = "/Resources/" + member.name() + "/Properties/";
                for (var property : List.of("Definition", "DefinitionString")) {
                    var definition = definition(properties.get(property));
                    if (definition != null) {
                        definitions.add(new WrittenDefinition(file, pointer + property, definition));
                    }
                }
            }
        });
        if (definitions.isEmpty()) {
            throw new DiagnosticException(Diagnostic.warning(
                    "CLI066",
                    Location.named(file),
                    "is a template without a state machine whose definition stands in it",
                    "give the files that DefinitionUri or DefinitionS3Location names"));
        }
        return definitions;
    }

    private static Node json(String file, String text) {
        try {
            return Node.parse(text);
        } catch (JsonException e) {
            try {
                return Node.parse(quoted(text));
            } catch (JsonException again) {
                throw new DiagnosticException(Asl.parse(file, text).diagnostics());
            }
        }
    }

    /// Bare placeholders as texts of the same length or two letters more.
    private static String quoted(String text) {
        return BARE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? found.group()
                                : Json.print(found.group(1).replaceAll("\\s", ""))));
    }

    /// A definition that is an object, or a text that holds one, also within `Fn::Sub` and `Fn::Join`; null where a
    /// template does not say it itself.
    private static @Nullable Node definition(@Nullable Node written) {
        return switch (written) {
            case ObjectNode object
            when object.get("Fn::Sub") instanceof Node.ArrayNode parts
                    && !parts.elements().isEmpty() ->
                definition(parts.elements().getFirst());
            case ObjectNode object when object.has("Fn::Sub") -> definition(object.get("Fn::Sub"));
            case ObjectNode object when object.has("Fn::Join") -> joined(object);
            case ObjectNode object when object.has("Ref") || object.has("Fn::ImportValue") -> null;
            case ObjectNode object -> object;
            case ScalarNode scalar when scalar.value() instanceof String text -> moved(text, scalar);
            case null, default -> null;
        };
    }

    private static @Nullable Node joined(ObjectNode object) {
        if (!(object.value().get("Fn::Join") instanceof List<?> arguments)
                || arguments.size() != 2
                || !(arguments.get(1) instanceof List<?> parts)) {
            return null;
        }
        var texts = parts.stream()
                .map(part -> part instanceof String text ? text : "${Value}")
                .toList();
        return moved(String.join(String.valueOf(arguments.getFirst()), texts), object);
    }

    /// The nodes of a text within another, all placed where the text begins.
    private static @Nullable Node moved(String text, Node at) {
        try {
            return moved(Node.parse(text), at);
        } catch (JsonException e) {
            try {
                return moved(Node.parse(quoted(text)), at);
            } catch (JsonException again) {
                return new ScalarNode(at.line(), at.column(), text);
            }
        }
    }

    private static Node moved(Node node, Node at) {
        return switch (node) {
            case ObjectNode object ->
                new ObjectNode(
                        at.line(),
                        at.column(),
                        object.members().stream()
                                .map(member -> new Node.Member(
                                        member.name(), at.line(), at.column(), moved(member.node(), at)))
                                .toList());
            case Node.ArrayNode array ->
                new Node.ArrayNode(
                        at.line(),
                        at.column(),
                        array.elements().stream().map(each -> moved(each, at)).toList());
            case ScalarNode scalar -> new ScalarNode(at.line(), at.column(), scalar.value());
        };
    }
}
