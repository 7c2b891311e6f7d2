package dev.baton.engine.internal.prepare;

import dev.baton.asl.Operand;
import dev.baton.asl.WaitState;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import dev.baton.engine.internal.query.PathSource;
import dev.baton.engine.internal.query.TextField;
import dev.baton.engine.internal.query.Timestamps;
import dev.baton.json.Json;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A Wait state ready to run.
final class PreparedWait extends PreparedState {
    private final Moment moment;

    PreparedWait(Frame frame, WaitState.Until until) {
        super(Kind.WAIT, frame);
        this.moment = switch (until) {
            case WaitState.Until.Seconds(var seconds) -> seconds(seconds);
            case WaitState.Until.Timestamp(var timestamp) -> timestamp(timestamp);
        };
    }

    /// The moment when the wait is over.
    private interface Moment {
        Instant of(FieldScope at, Instant now);
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var effective = flow().effectiveInput(here, runner.input());
        var now = runner.now();
        var until = moment.of(new FieldScope(here, effective), now);
        if (until.isAfter(now)) {
            runner.waitUntil(until, effective);
        } else {
            resume(runner, effective);
        }
    }

    @Override
    public void resume(StateRunner runner, @Nullable Object effective) {
        runner.leave(flow().pass(runner.surroundings(), runner.input(), effective), successor());
    }

    private static Moment seconds(Operand<Number> operand) {
        if (operand instanceof Operand.AtPath<Number> path) {
            var source = PathSource.parse(path.path());
            return (at, now) -> now.plusSeconds(secondsAt(source, at));
        }
        var field = Objects.requireNonNull(NumberField.of(operand, "Seconds"));
        return (at, now) -> {
            var seconds = field.integer(at);
            if (seconds < 0) {
                throw StateFailure.unusable("Seconds", "The Seconds field must not be negative, but was " + seconds);
            }
            return now.plusSeconds(seconds);
        };
    }

    private static long secondsAt(PathSource source, FieldScope at) {
        var value = found("SecondsPath", source, at);
        if (value instanceof Long seconds && seconds >= 0) {
            return seconds;
        }
        var text = value instanceof String string ? string : Json.print(value);
        throw StateFailure.runtime(
                value instanceof Long
                        ? "The SecondsPath parameter references a negative value: " + source.text() + " == " + text
                        : "The SecondsPath parameter cannot be parsed as a long value: " + source.text() + " == "
                                + text);
    }

    private static Moment timestamp(Operand<String> operand) {
        return switch (operand) {
            case Operand.AtPath<String> path -> {
                var source = PathSource.parse(path.path());
                yield (at, now) -> timestampAt(source, at);
            }
            case Operand.Given<String> given -> {
                var field = given.value();
                yield (at, now) -> instant(field);
            }
            case Operand.Expression<String> expression -> {
                var field = Objects.requireNonNull(TextField.of(expression, "Timestamp"));
                yield (at, now) -> instant(field.evaluate(at));
            }
        };
    }

    private static Instant instant(String text) {
        var instant = Timestamps.parse(text);
        if (instant == null) {
            throw StateFailure.unusable(
                    "Timestamp",
                    "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: "
                            + text);
        }
        return instant;
    }

    private static Instant timestampAt(PathSource source, FieldScope at) {
        var value = found("TimestampPath", source, at);
        var instant = value instanceof String text ? Timestamps.parse(text) : null;
        if (instant == null) {
            throw StateFailure.runtime("The TimestampPath parameter does not reference a valid ISO-8601 extended offset"
                    + " date-time format string: " + source.text() + " == "
                    + (value instanceof String text ? text : Json.print(value)));
        }
        return instant;
    }

    private static @Nullable Object found(String field, PathSource source, FieldScope at) {
        var value = source.find(at);
        if (value == MissingValue.MISSING) {
            throw StateFailure.runtime(
                    "The " + field + " parameter does not reference an input value: " + source.text());
        }
        return value;
    }
}
