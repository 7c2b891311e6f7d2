package dev.baton.asl.internal;

import dev.baton.asl.Finding;
import dev.baton.diagnostic.Location;
import dev.baton.json.Node;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values that stand in a definition until it is deployed: `${Name}` as a whole value, or a function of CloudFormation
/// in its place. What they will be nobody knows, so that a finding about their type or form says nothing.
public final class DeployTimeValues {
    private static final Pattern WHOLE = Pattern.compile("\\$\\{[^}]*}", Pattern.DOTALL);
    private static final Set<DefinitionRule> ABOUT_FORM = Set.of(
            DefinitionRule.TYPE,
            DefinitionRule.WORD,
            DefinitionRule.RANGE,
            DefinitionRule.EMPTY,
            DefinitionRule.TIMESTAMP,
            DefinitionRule.PATH,
            DefinitionRule.REFERENCE_PATH,
            DefinitionRule.ARN);

    private DeployTimeValues() {}

    /// Whether a finding is only about what stands for something else.
    public static boolean explain(Finding finding, Node root) {
        var diagnostic = finding.diagnostic();
        return ABOUT_FORM.stream().anyMatch(rule -> rule.code().equals(diagnostic.code()))
                && diagnostic.location() instanceof Location.InText place
                && isOfDeployment(at(root, place.pointer()));
    }

    private static boolean isOfDeployment(@Nullable Node node) {
        return switch (node) {
            case null -> false;
            case Node.ScalarNode scalar ->
                scalar.value() instanceof String text && WHOLE.matcher(text).matches();
            case Node.ObjectNode object ->
                object.members().size() == 1
                        && (object.has("Ref")
                                || object.members().getFirst().name().startsWith("Fn::"));
            case Node.ArrayNode array -> false;
        };
    }

    private static @Nullable Node at(Node root, String pointer) {
        Node node = root;
        for (var step : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            var name = step.replace("~1", "/").replace("~0", "~");
            node = switch (node) {
                case Node.ObjectNode object -> object.get(name);
                case Node.ArrayNode array ->
                    name.matches("[0-9]{1,9}")
                                    && Integer.parseInt(name) < array.elements().size()
                            ? array.elements().get(Integer.parseInt(name))
                            : null;
                case Node.ScalarNode scalar -> null;
            };
            if (node == null) {
                return null;
            }
        }
        return node;
    }
}
