package dev.baton.lambda.simulation;

import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes wrong with requests, invocations and events, and how often: each simulation has some kinds of faults and
/// not others, so that each kind is seen alone and with every other. Some have none: there nothing but the order of
/// requests differs, and no state may need its timeout.
final class Faults {
    private final Decisions decisions;
    private final boolean isUndisturbed;
    private final double kills;
    private final double refusals;
    private final double losses;
    private final double stalls;
    private final double lostEvents;
    private final double repeatedEvents;
    private final double lateEvents;
    private final double refusedInvocations;
    private final double lostAnswers;
    private final double lostInvocations;
    private final double skews;
    private final double jitters;
    private final double holds;

    Faults(Decisions decisions) {
        this.decisions = decisions;
        this.isUndisturbed = decisions.pick("undisturbed", 5) == 0;
        this.kills = rate("kills", 0.02, 0.15);
        this.refusals = rate("refusals", 0.005, 0.03);
        this.losses = rate("losses", 0.003, 0.02);
        this.stalls = rate("stalls", 0.002, 0.02);
        this.lostEvents = rate("lost events", 0.1, 0.5);
        this.repeatedEvents = rate("repeated events", 0.2, 0.5);
        this.lateEvents = rate("late events", 0.1, 0.5);
        this.refusedInvocations = rate("refused invocations", 0.02, 0.1);
        this.lostAnswers = rate("lost answers", 0.02, 0.1);
        this.lostInvocations = rate("lost invocations", 0.02, 0.1);
        this.skews = rate("skews", 0.3, 0.8);
        this.jitters = isUndisturbed ? 1 : rate("jitters", 0.5, 1);
        this.holds = isUndisturbed ? 0.5 : rate("holds", 0.2, 0.6);
    }

    private double rate(String kind, double low, double high) {
        if (isUndisturbed) {
            return 0;
        }
        return switch (decisions.pick("rate of " + kind, 4)) {
            case 0, 1 -> 0;
            case 2 -> low;
            default -> high;
        };
    }

    /// What happens to one request.
    ///
    /// @param stall how long it takes beyond the usual, in milliseconds
    /// @param instead what is answered without its being carried out, or null
    /// @param isLost whether the answer never arrives
    record OfRequest(long stall, @Nullable Reply instead, boolean isLost) {
        static final OfRequest NONE = new OfRequest(0, null, false);
    }

    OfRequest of(LiveInvocation invocation, int number, Wire wire) {
        if (refusals + losses + stalls == 0) {
            return OfRequest.NONE;
        }
        var label = invocation.label() + " request " + number;
        if (decisions.happens(label + " refused", refusals, () -> label + ", " + wire.told() + ", is refused")) {
            return new OfRequest(0, refusal(label, wire), false);
        }
        if (decisions.happens(
                label + " lost", losses, () -> label + ", " + wire.told() + ", is carried out, its answer lost")) {
            if (wire.service().equals("lambda") && invocation.function().kind() != Kind.TASK) {
                // It is sent again, and so begins the same twice.
                invocation.world().ledger().deathOfHelper(invocation.run());
            }
            return new OfRequest(0, null, true);
        }
        if (decisions.happens(
                label + " stalls",
                stalls,
                () -> label + ", " + wire.told() + ", takes " + stall(label) / 1_000 + " s")) {
            return new OfRequest(stall(label), null, false);
        }
        return OfRequest.NONE;
    }

    private long stall(String label) {
        return 1_000L
                * switch (decisions.pick(label + " stall", 8)) {
                    case 0, 1, 2 -> 2;
                    case 3, 4 -> 10;
                    case 5 -> 40;
                    case 6 -> 70;
                    default -> 1_000;
                };
    }

    private Reply refusal(String label, Wire wire) {
        return switch (wire.service()) {
            case "s3" ->
                wire.method().equals("PUT") && decisions.pick(label + " refusal", 2) == 0
                        ? Reply.refused(409, "ConditionalRequestConflict")
                        : Reply.refused(503, "SlowDown");
            case "sts" ->
                Reply.xml(
                        400,
                        "<ErrorResponse><Error><Code>Throttling</Code><Message>m</Message></Error></ErrorResponse>");
            case "lambda" -> new Reply(429, Map.of("x-amzn-ErrorType", "TooManyRequestsException"), new byte[0]);
            default -> Reply.refusedAsJson(400, "ThrottlingException");
        };
    }

    /// What is about the invocation as a whole.
    void prepare(LiveInvocation invocation) {
        var label = invocation.label();
        if (decisions.happens(label + " timing", jitters, () -> label + " is irregular in its timing")) {
            invocation.isJittery();
        }
        if (decisions.happens(
                label + " clock", skews, () -> label + " has a clock that is " + skew(label) + " ms off")) {
            invocation.isSkewedBy(skew(label));
        }
        if (decides(invocation.function().kind())
                && decisions.happens(
                        label + " held",
                        holds,
                        () -> label + " is held up for " + heldFor(label) + " ms before its request "
                                + heldAt(label))) {
            invocation.isHeldAt(heldAt(label), heldFor(label));
        }
        if (decisions.happens(
                label + " killed",
                kills,
                () -> label + " is killed " + (killedAfter(label) ? "after" : "before") + " its request "
                        + killedAt(label))) {
            invocation.diesAt(killedAt(label), killedAfter(label));
        }
    }

    /// Whether functions of a kind look what is there and say what follows from it: in between it may change.
    private static boolean decides(Kind kind) {
        return kind == Kind.AWAIT || kind == Kind.CALLBACK;
    }

    private int heldAt(String label) {
        return 1 + decisions.pick(label + " held at", 4);
    }

    /// As long as tasks work.
    private long heldFor(String label) {
        return switch (decisions.pick(label + " held for", 4)) {
            case 0 -> 60;
            case 1 -> 300;
            case 2 -> 1_500;
            default -> 8_500;
        };
    }

    private long skew(String label) {
        return decisions.pick(label + " skew", 10_001) - 5_000L;
    }

    private int killedAt(String label) {
        return 1 + decisions.pick(label + " killed at", 16);
    }

    private boolean killedAfter(String label) {
        return decisions.pick(label + " killed after", 2) == 0;
    }

    /// How long a task works, in milliseconds.
    long work(LiveInvocation invocation) {
        var label = invocation.label() + " works";
        return decisions.happens(
                        label, jitters / 2, () -> invocation.label() + " works for " + workMillis(label) + " ms")
                ? workMillis(label)
                : 10;
    }

    private long workMillis(String label) {
        return switch (decisions.pick(label + " how long", 4)) {
            case 0 -> 50;
            case 1 -> 1_000;
            case 2 -> 8_000;
            default -> 60_000;
        };
    }

    /// What becomes of an event or an asynchronous invocation: when its copies arrive, in milliseconds.
    long[] arrivals(String label, boolean event) {
        if (decisions.happens(label + " lost", event ? lostEvents : lostInvocations / 2, () -> label + " is lost")) {
            return new long[0];
        }
        var delay = 20L + decisions.pick(label + " usual delay", 30);
        if (decisions.happens(
                label + " late",
                event ? lateEvents : lateEvents / 3,
                () -> label + " is late by " + delay(label) / 1_000 + " s")) {
            delay += delay(label);
        }
        if (decisions.happens(
                label + " repeated", event ? repeatedEvents : repeatedEvents / 6, () -> label + " arrives twice")) {
            return new long[] {delay, delay + delay(label + " second") / (1 + decisions.pick(label + " when", 100))};
        }
        return new long[] {delay};
    }

    private long delay(String label) {
        return switch (decisions.pick(label + " delay", 4)) {
            case 0 -> 300;
            case 1 -> 3_000;
            case 2 -> 30_000;
            default -> 240_000;
        };
    }

    /// What Step Functions is told instead of a function's answer, or null.
    ///
    /// @param error as it names it
    /// @param runs whether the function runs all the same
    record OfInvocation(String error, boolean runs) {}

    @Nullable
    OfInvocation ofInvocation(String label) {
        if (decisions.happens(label + " not invoked", refusedInvocations, () -> label + " is not invoked: throttled")) {
            return new OfInvocation("Lambda.TooManyRequestsException", false);
        }
        if (decisions.happens(
                label + " unheard", lostAnswers, () -> label + " goes on, but Step Functions has lost it")) {
            return new OfInvocation("Lambda.SdkClientException", true);
        }
        return null;
    }
}
