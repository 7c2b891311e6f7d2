package dev.baton.asl.internal;

import dev.baton.asl.StateType;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields of each type of state.
///
/// https://states-language.net/spec.html#state-type-table and the service's documentation of each state.
final class StateShapes {
    private static final long MAX_SECONDS = 99_999_999;

    private static final List<String> CREDENTIALS = List.of("RoleArn");

    private static final Map<StateType, ObjectShape> SHAPES = Stream.of(StateType.values())
            .collect(Collectors.toMap(
                    type -> type, StateShapes::shape, (one, other) -> one, () -> new EnumMap<>(StateType.class)));

    private StateShapes() {}

    static ObjectShape of(StateType type) {
        return Objects.requireNonNull(SHAPES.get(type));
    }

    private static ObjectShape shape(StateType type) {
        return switch (type) {
            case PASS ->
                flow(state("a Pass state"))
                        .jsonPath("Parameters", PathChecks.template())
                        .jsonPath("Result", StateShapes::result)
                        .jsonPath("ResultPath", PathChecks.resultPath())
                        .field("Assign", DataChecks.assign(CheckContext.RESULT))
                        .jsonata("Output", DataChecks.output(CheckContext.RESULT));
            case TASK ->
                work(state("a Task state"))
                        .required("Resource", ResourceChecks.task())
                        .orPath("TimeoutSeconds", seconds(1), PathChecks.reference())
                        .orPath("HeartbeatSeconds", seconds(1), PathChecks.reference())
                        .field("Credentials", StateShapes::credentials)
                        .jsonata("Arguments", JsonataChecks.objectOrExpression());
            case CHOICE ->
                state("a Choice state")
                        .required("Choices", ValueChecks.array("Choices", false, ChoiceChecks::rule))
                        .field("Default", ValueChecks.string())
                        .field("Assign", DataChecks.assign(CheckContext.INPUT))
                        .jsonata("Output", DataChecks.output(CheckContext.INPUT));
            case WAIT ->
                flow(state("a Wait state"))
                        .field("Seconds", seconds(0))
                        .field("Timestamp", timestamp())
                        .jsonPath("SecondsPath", PathChecks.reference())
                        .jsonPath("TimestampPath", PathChecks.reference())
                        .exclusive("Seconds", "Timestamp", "SecondsPath", "TimestampPath")
                        .field("Assign", DataChecks.assign(CheckContext.INPUT))
                        .jsonata("Output", DataChecks.output(CheckContext.INPUT));
            case SUCCEED -> state("a Succeed state").jsonata("Output", DataChecks.output(CheckContext.INPUT));
            case FAIL ->
                named("a Fail state")
                        .orPath("Error", ValueChecks.text(), PathChecks.referenceOrStringIntrinsic())
                        .orPath("Cause", ValueChecks.text(), PathChecks.referenceOrStringIntrinsic());
            case PARALLEL ->
                work(state("a Parallel state"))
                        .required(
                                "Branches",
                                ValueChecks.array(
                                        "Branches",
                                        false,
                                        (visit, node, place) -> visit.graphs().branch(node, place)))
                        .jsonata("Arguments", JsonataChecks.template());
            case MAP -> MapShapes.state(work(state("a Map state")));
        };
    }

    private static ObjectShape named(String what) {
        return ObjectShape.of(what)
                .required("Type", ValueCheck.any())
                .field("Comment", ValueChecks.string())
                .field("QueryLanguage", ValueChecks.word("JSONPath", "JSONata"));
    }

    private static ObjectShape state(String what) {
        return named(what)
                .jsonPath("InputPath", PathChecks.pathOrNull())
                .jsonPath("OutputPath", PathChecks.pathOrNull());
    }

    private static ObjectShape flow(ObjectShape shape) {
        return shape.field("Next", ValueChecks.string()).field("End", ValueChecks.bool());
    }

    private static ObjectShape work(ObjectShape shape) {
        return flow(shape)
                .jsonPath("Parameters", PathChecks.template())
                .jsonPath("ResultSelector", PathChecks.template())
                .jsonPath("ResultPath", PathChecks.resultPath())
                .field("Assign", DataChecks.assign(CheckContext.RESULT))
                .jsonata("Output", DataChecks.output(CheckContext.RESULT))
                .field("Retry", ErrorChecks.retry())
                .field("Catch", ErrorChecks.catchers());
    }

    private static ValueCheck seconds(long minimum) {
        return ValueChecks.orExpression(ValueChecks.integer(minimum, MAX_SECONDS));
    }

    private static ValueCheck timestamp() {
        return ValueChecks.orExpression(ValueChecks.timestamp());
    }

    private static void result(CheckContext visit, Node node, DefinitionPlace place) {
        if (node instanceof ObjectNode object) {
            for (var member : object.members()) {
                if (member.name().endsWith(".$") && PathChecks.looksLikePath(ValueChecks.textOf(member.node()))) {
                    visit.problems().expressions().staticResult(place.field(member), member.name());
                }
            }
        }
    }

    private static void credentials(CheckContext visit, Node node, DefinitionPlace place) {
        if (!(node instanceof ObjectNode object)) {
            visit.problems().type(place, "an object", node.value());
            return;
        }
        var roleArn = object.get("RoleArn");
        if (roleArn == null && (visit.isJsonata() || !object.has("RoleArn.$"))) {
            visit.problems().roleArnRequired(place);
        } else if (roleArn != null) {
            ValueChecks.string().check(visit, roleArn, place.fieldOrHere(object.member("RoleArn")));
        }
        for (var member : object.members()) {
            if (!member.name().equals("RoleArn") && !member.name().equals("RoleArn.$")) {
                visit.problems().parameter(place.field(member), place, member.name(), CREDENTIALS);
            }
        }
        if (!visit.isJsonata()) {
            PathChecks.template(visit, object, place);
        }
    }
}
