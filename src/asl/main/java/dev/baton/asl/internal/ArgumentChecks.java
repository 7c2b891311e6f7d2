package dev.baton.asl.internal;

import dev.baton.asl.service.Integration;
import dev.baton.asl.service.ServiceModel;
import dev.baton.asl.service.Shape;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The checks of what a task gives to the service that it calls: names that the call does not have, and those that it
/// needs, also within its objects and lists. Values are left to the service, which takes more than its own types: an
/// object for a text, for instance.
///
/// See [Passing parameters to a service
/// API](https://docs.aws.amazon.com/step-functions/latest/dg/connect-parameters.html).
final class ArgumentChecks {
    private static final String SDK = "aws-sdk:";
    private static final String PATH = ".$";

    private ArgumentChecks() {}

    /// @param arguments the task's `Parameters` or `Arguments`
    static void check(CheckContext visit, String resource, Node arguments, DefinitionPlace place) {
        var called = ResourceChecks.called(resource);
        if (called == null || !(arguments instanceof ObjectNode object) || isOfDeployment(object)) {
            return;
        }
        if (called.startsWith(SDK)) {
            if (input(called) instanceof Shape.Structure structure) {
                structure(visit, structure, object, place);
            }
            return;
        }
        var integration = Integration.named(called);
        if (integration != null) {
            members(visit, integration.names(), integration.required(), integration.input(), object, place);
        }
    }

    private static @Nullable Shape input(String called) {
        var parts = called.split(":", -1);
        return parts.length != 3
                ? null
                : ServiceModel.of(parts[1])
                        .flatMap(model -> model.operation(parts[2]))
                        .map(ServiceModel.Operation::input)
                        .orElse(null);
    }

    private static void structure(
            CheckContext visit, Shape.Structure structure, ObjectNode object, DefinitionPlace place) {
        members(visit, structure.members(), structure.required(), structure, object, place);
    }

    private static void members(
            CheckContext visit,
            Set<String> names,
            List<String> required,
            Shape.@Nullable Structure structure,
            ObjectNode object,
            DefinitionPlace place) {
        var given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var member : object.members()) {
            var isPath = !visit.isJsonata() && member.name().endsWith(PATH);
            var name = isPath ? member.name().substring(0, member.name().length() - PATH.length()) : member.name();
            var shape = structure == null ? null : structure.member(name);
            given.add(name);
            if (shape == null && !names.contains(name)) {
                visit.problems().parameter(place.field(member), place, name, names);
            } else if (shape != null && !isPath) {
                value(visit, shape, member.node(), place.field(member));
            }
        }
        for (var name : required) {
            if (!given.contains(name)) {
                visit.problems().parameterRequired(place, name, given);
            }
        }
    }

    private static void value(CheckContext visit, Shape shape, Node node, DefinitionPlace place) {
        switch (shape) {
            case Shape.Structure structure -> {
                if (node instanceof ObjectNode object && !isOfDeployment(object)) {
                    structure(visit, structure, object, place);
                }
            }
            case Shape.ListOf list -> {
                if (node instanceof ArrayNode array) {
                    for (var i = 0; i < array.elements().size(); i++) {
                        var element = array.elements().get(i);
                        value(visit, list.element(), element, place.element(i, element));
                    }
                }
            }
            case Shape.MapOf map -> {
                if (node instanceof ObjectNode object && !isOfDeployment(object)) {
                    object.members().forEach(member -> value(visit, map.value(), member.node(), place.field(member)));
                }
            }
            case Shape.Scalar scalar -> {}
            case Shape.Bounded bounded -> {}
            case Shape.OneOf oneOf -> {}
        }
    }

    /// Whether CloudFormation puts something else in the object's place.
    private static boolean isOfDeployment(ObjectNode object) {
        return object.members().size() == 1
                && object.members().getFirst() instanceof Node.Member(var name, var line, var column, var node)
                && (name.startsWith("Fn::") || (name.equals("Ref") && node instanceof ScalarNode));
    }
}
