package dev.baton.asl.internal;

import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import java.util.Set;

/// The checks of retriers and catchers.
final class ErrorChecks {
    private static final String ALL = "States.ALL";

    /// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
    private static final Set<String> RESERVED = Set.of(
            ALL,
            "States.BranchFailed",
            "States.DataLimitExceeded",
            "States.ExceedToleratedFailureThreshold",
            "States.HeartbeatTimeout",
            "States.Http.Socket",
            "States.IntrinsicFailure",
            "States.ItemReaderFailed",
            "States.NoChoiceMatched",
            "States.ParameterPathFailure",
            "States.Permissions",
            "States.QueryEvaluationError",
            "States.ResultPathMatchFailure",
            "States.ResultWriterFailed",
            "States.Runtime",
            "States.TaskFailed",
            "States.Timeout");

    private static final ObjectShape RETRIER = ObjectShape.of("a retrier")
            .field("Comment", ValueChecks.string())
            .required("ErrorEquals", ErrorChecks::names)
            .field("IntervalSeconds", ValueChecks.integer(1, 99_999_999))
            .field("MaxAttempts", ValueChecks.integer(0, 99_999_999))
            .field("BackoffRate", ValueChecks.number(1.0, Double.MAX_VALUE))
            .field("MaxDelaySeconds", ValueChecks.integer(1, 31_622_400))
            .field("JitterStrategy", ValueChecks.word("FULL", "NONE"));

    private static final ObjectShape CATCHER = ObjectShape.of("a catcher")
            .field("Comment", ValueChecks.string())
            .required("ErrorEquals", ErrorChecks::names)
            .required("Next", ValueChecks.string())
            .jsonPath("ResultPath", PathChecks.resultPath())
            .jsonata("Output", DataChecks.output(CheckContext.ERROR_OUTPUT))
            .field("Assign", DataChecks.assign(CheckContext.ERROR_OUTPUT));

    private ErrorChecks() {}

    static ValueCheck retry() {
        return ErrorChecks::retry;
    }

    static ValueCheck catchers() {
        return (visit, node, place) -> list(visit, node, place, CATCHER);
    }

    private static void retry(CheckContext visit, Node node, DefinitionPlace place) {
        list(visit, node, place, RETRIER);
        if (node instanceof ArrayNode array) {
            ValueChecks.forEach(array, place, (each, at) -> delays(visit, each, at));
        }
    }

    private static void delays(CheckContext visit, Node node, DefinitionPlace place) {
        if (node instanceof ObjectNode retrier) {
            var maximum = ValueChecks.number(retrier, "MaxDelaySeconds");
            var given = ValueChecks.number(retrier, "IntervalSeconds");
            var interval = given == null ? (Number) 1L : given;
            if (maximum != null && maximum.longValue() > 0 && ValueChecks.compare(maximum, interval) <= 0) {
                visit.problems().maxDelay(place.fieldOrHere(retrier.member("MaxDelaySeconds")), maximum, interval);
            }
        }
    }

    private static void list(CheckContext visit, Node node, DefinitionPlace place, ObjectShape shape) {
        if (!(node instanceof ArrayNode array)) {
            visit.problems().type(place, "an array", node.value());
            return;
        }
        var last = array.elements().size() - 1;
        ValueChecks.forEach(array, place, (each, at) -> {
            shape.check(visit, each, at);
            if (at.index() < last && each instanceof ObjectNode object) {
                notLast(visit, object, at);
            }
        });
    }

    private static void notLast(CheckContext visit, ObjectNode object, DefinitionPlace place) {
        var member = object.member("ErrorEquals");
        if (member != null
                && member.node() instanceof ArrayNode names
                && names.elements().size() == 1) {
            ValueChecks.forEach(names, place.field(member), (name, at) -> {
                if (ValueChecks.textOf(name).equals(ALL)) {
                    visit.problems().allErrorsLast(at);
                }
            });
        }
    }

    private static void names(CheckContext visit, Node node, DefinitionPlace place) {
        if (!(node instanceof ArrayNode array)) {
            visit.problems().type(place, "an array", node.value());
            return;
        }
        if (array.elements().isEmpty()) {
            visit.problems().empty(place, "ErrorEquals");
        }
        ValueChecks.forEach(array, place, (each, at) -> {
            if (!(each.value() instanceof String name)) {
                visit.problems().type(at, "a string", each.value());
            } else if (name.equals(ALL) && array.elements().size() > 1) {
                visit.problems().allErrorsAlone(at);
            } else if (name.startsWith("States.") && !RESERVED.contains(name)) {
                visit.problems().reservedError(at, name);
            }
        });
    }
}
