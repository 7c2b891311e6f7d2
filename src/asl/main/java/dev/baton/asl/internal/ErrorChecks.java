package dev.baton.asl.internal;

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

    private static final Shape RETRIER = Shape.of("a retrier")
            .field("Comment", Checks.string())
            .required("ErrorEquals", ErrorChecks::names)
            .field("IntervalSeconds", Checks.integer(1, 99_999_999))
            .field("MaxAttempts", Checks.integer(0, 99_999_999))
            .field("BackoffRate", Checks.number(1.0, Double.MAX_VALUE))
            .field("MaxDelaySeconds", Checks.integer(1, 31_622_400))
            .field("JitterStrategy", Checks.word("FULL", "NONE"));

    private static final Shape CATCHER = Shape.of("a catcher")
            .field("Comment", Checks.string())
            .required("ErrorEquals", ErrorChecks::names)
            .required("Next", Checks.string())
            .jsonPath("ResultPath", PathChecks.resultPath())
            .jsonata("Output", DataChecks.output(Visit.ERROR_OUTPUT))
            .field("Assign", DataChecks.assign(Visit.ERROR_OUTPUT));

    private ErrorChecks() {}

    static Check retry() {
        return ErrorChecks::retry;
    }

    static Check catchers() {
        return (visit, node, place) -> list(visit, node, place, CATCHER);
    }

    private static void retry(Visit visit, Node node, Place place) {
        list(visit, node, place, RETRIER);
        if (node instanceof ArrayNode array) {
            Checks.forEach(array, place, (each, at) -> delays(visit, each, at));
        }
    }

    private static void delays(Visit visit, Node node, Place place) {
        if (node instanceof ObjectNode retrier) {
            var maximum = Checks.number(retrier, "MaxDelaySeconds");
            var given = Checks.number(retrier, "IntervalSeconds");
            var interval = given == null ? (Number) 1L : given;
            if (maximum != null && maximum.longValue() > 0 && Checks.compare(maximum, interval) <= 0) {
                visit.problems().maxDelay(Checks.place(place, retrier.member("MaxDelaySeconds")), maximum, interval);
            }
        }
    }

    private static void list(Visit visit, Node node, Place place, Shape shape) {
        if (!(node instanceof ArrayNode array)) {
            visit.problems().type(place, "an array", node.value());
            return;
        }
        var last = array.elements().size() - 1;
        Checks.forEach(array, place, (each, at) -> {
            shape.check(visit, each, at);
            if (at.index() < last && each instanceof ObjectNode object) {
                notLast(visit, object, at);
            }
        });
    }

    private static void notLast(Visit visit, ObjectNode object, Place place) {
        var member = object.member("ErrorEquals");
        if (member != null
                && member.node() instanceof ArrayNode names
                && names.elements().size() == 1) {
            Checks.forEach(names, place.field(member), (name, at) -> {
                if (Checks.textOf(name).equals(ALL)) {
                    visit.problems().allErrorsLast(at);
                }
            });
        }
    }

    private static void names(Visit visit, Node node, Place place) {
        if (!(node instanceof ArrayNode array)) {
            visit.problems().type(place, "an array", node.value());
            return;
        }
        if (array.elements().isEmpty()) {
            visit.problems().empty(place, "ErrorEquals");
        }
        Checks.forEach(array, place, (each, at) -> {
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
