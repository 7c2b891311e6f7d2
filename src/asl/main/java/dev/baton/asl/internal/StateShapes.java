package dev.baton.asl.internal;

import dev.baton.asl.StateType;
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

    private static final Map<StateType, Shape> SHAPES = Stream.of(StateType.values())
            .collect(Collectors.toMap(
                    type -> type, StateShapes::shape, (one, other) -> one, () -> new EnumMap<>(StateType.class)));

    private StateShapes() {}

    static Shape of(StateType type) {
        return Objects.requireNonNull(SHAPES.get(type));
    }

    private static Shape shape(StateType type) {
        return switch (type) {
            case PASS ->
                flow(state("a Pass state"))
                        .jsonPath("Parameters", PathChecks.template())
                        .jsonPath("Result", StateShapes::result)
                        .jsonPath("ResultPath", PathChecks.resultPath())
                        .field("Assign", DataChecks.assign(Visit.RESULT))
                        .jsonata("Output", DataChecks.output(Visit.RESULT));
            case TASK ->
                work(state("a Task state"))
                        .required("Resource", Resources.task())
                        .orPath("TimeoutSeconds", seconds(1), PathChecks.reference())
                        .orPath("HeartbeatSeconds", seconds(1), PathChecks.reference())
                        .field("Credentials", StateShapes::credentials)
                        .jsonata("Arguments", JsonataChecks.objectOrExpression());
            case CHOICE ->
                state("a Choice state")
                        .required("Choices", Checks.array("Choices", false, ChoiceChecks::rule))
                        .field("Default", Checks.string())
                        .field("Assign", DataChecks.assign(Visit.INPUT))
                        .jsonata("Output", DataChecks.output(Visit.INPUT));
            case WAIT ->
                flow(state("a Wait state"))
                        .field("Seconds", seconds(0))
                        .field("Timestamp", timestamp())
                        .jsonPath("SecondsPath", PathChecks.reference())
                        .jsonPath("TimestampPath", PathChecks.reference())
                        .exclusive("Seconds", "Timestamp", "SecondsPath", "TimestampPath")
                        .field("Assign", DataChecks.assign(Visit.INPUT))
                        .jsonata("Output", DataChecks.output(Visit.INPUT));
            case SUCCEED -> state("a Succeed state").jsonata("Output", DataChecks.output(Visit.INPUT));
            case FAIL ->
                named("a Fail state")
                        .orPath("Error", Checks.text(), PathChecks.referenceOrStringIntrinsic())
                        .orPath("Cause", Checks.text(), PathChecks.referenceOrStringIntrinsic());
            case PARALLEL ->
                work(state("a Parallel state"))
                        .required(
                                "Branches",
                                Checks.array(
                                        "Branches",
                                        false,
                                        (visit, node, place) -> visit.graphs().branch(node, place)))
                        .jsonata("Arguments", JsonataChecks.template());
            case MAP -> MapShapes.state(work(state("a Map state")));
        };
    }

    private static Shape named(String what) {
        return Shape.of(what)
                .required("Type", Check.any())
                .field("Comment", Checks.string())
                .field("QueryLanguage", Checks.word("JSONPath", "JSONata"));
    }

    private static Shape state(String what) {
        return named(what)
                .jsonPath("InputPath", PathChecks.pathOrNull())
                .jsonPath("OutputPath", PathChecks.pathOrNull());
    }

    private static Shape flow(Shape shape) {
        return shape.field("Next", Checks.string()).field("End", Checks.bool());
    }

    private static Shape work(Shape shape) {
        return flow(shape)
                .jsonPath("Parameters", PathChecks.template())
                .jsonPath("ResultSelector", PathChecks.template())
                .jsonPath("ResultPath", PathChecks.resultPath())
                .field("Assign", DataChecks.assign(Visit.RESULT))
                .jsonata("Output", DataChecks.output(Visit.RESULT))
                .field("Retry", ErrorChecks.retry())
                .field("Catch", ErrorChecks.catchers());
    }

    private static Check seconds(long minimum) {
        return Checks.orExpression(Checks.integer(minimum, MAX_SECONDS));
    }

    private static Check timestamp() {
        return Checks.orExpression(Checks.timestamp());
    }

    private static void result(Visit visit, Node node, Place place) {
        if (node instanceof ObjectNode object) {
            for (var member : object.members()) {
                if (member.name().endsWith(".$") && PathChecks.looksLikePath(Checks.textOf(member.node()))) {
                    visit.problems().expressions().staticResult(place.field(member), member.name());
                }
            }
        }
    }

    private static void credentials(Visit visit, Node node, Place place) {
        if (!(node instanceof ObjectNode object)) {
            visit.problems().type(place, "an object", node.value());
            return;
        }
        var roleArn = object.get("RoleArn");
        if (roleArn == null && (visit.isJsonata() || !object.has("RoleArn.$"))) {
            visit.problems().roleArnRequired(place);
        } else if (roleArn != null) {
            Checks.string().check(visit, roleArn, Checks.place(place, object.member("RoleArn")));
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
