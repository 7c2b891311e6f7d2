package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The object of an approval: what is asked, what was decided, and how it ended. It is written with `If-Match` alone, so
/// that of two decisions at once one sees the other. No secret stands in it.
///
/// @param request what is asked
/// @param decisions in their order, each of somebody else
/// @param end absent while it is waited for
/// @param answered whether the state that waits, if it still did, was told of the end
public record ApprovalRecord(
        ApprovalRequest request, List<ApprovalDecision> decisions, Optional<End> end, boolean answered) {
    /// The name of the object, behind [StateKeys#approval].
    public static final String NAME = "approval.json";

    private static final long VERSION = 1;

    public ApprovalRecord {
        decisions = List.copyOf(decisions);
    }

    /// How an approval ended.
    ///
    /// @param why a sentence
    public record End(Outcome outcome, String why, Instant at) {}

    /// The ways in which an approval ends.
    public enum Outcome {
        /// As many as had to have said yes.
        APPROVED,
        /// Somebody has said no.
        REJECTED,
        /// Nobody, or too few, said anything in time.
        EXPIRED,
        /// What was asked is not so any more.
        VOID;

        /// As it stands in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Outcome of(String word) {
            for (var value : values()) {
                if (value.word().equals(word)) {
                    return value;
                }
            }
            throw new InvalidInput("\"outcome\" of the approval is none that is known: " + word);
        }
    }

    /// One that was just asked for.
    public static ApprovalRecord asked(ApprovalRequest request) {
        return new ApprovalRecord(request, List.of(), Optional.empty(), false);
    }

    /// The same with one more decision, which may end it.
    public ApprovalRecord with(ApprovalDecision decision) {
        var all = new ArrayList<>(decisions);
        all.add(decision);
        var next = new ApprovalRecord(request, all, end, false);
        if (!decision.approved()) {
            return next.ended(
                    Outcome.REJECTED,
                    decision.requester().shown() + " rejected it: " + decision.reason(),
                    decision.at());
        }
        return all.size() < request.quorum()
                ? next
                : next.ended(
                        Outcome.APPROVED,
                        String.join(
                                        ", ",
                                        all.stream()
                                                .map(each -> each.requester().shown())
                                                .toList())
                                + " approved it: " + decision.reason(),
                        decision.at());
    }

    /// The same, over.
    public ApprovalRecord ended(Outcome outcome, String why, Instant at) {
        return new ApprovalRecord(request, decisions, Optional.of(new End(outcome, why, at)), false);
    }

    /// The same, and the state was told.
    public ApprovalRecord told() {
        return new ApprovalRecord(request, decisions, end, true);
    }

    /// Whether it was approved.
    public boolean approved() {
        return end.filter(how -> how.outcome() == Outcome.APPROVED).isPresent();
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", VERSION);
        json.put("hash", request.hash());
        json.put("request", request.toJson());
        json.put("decisions", decisions.stream().map(ApprovalDecision::toJson).toList());
        end.ifPresent(how -> {
            var told = new LinkedHashMap<String, @Nullable Object>();
            told.put("outcome", how.outcome().word());
            told.put("why", how.why());
            told.put("at", how.at().toString());
            json.put("end", told);
        });
        json.put("answered", answered);
        return json;
    }

    /// @throws InvalidInput when this is not what [#toJson] makes
    public static ApprovalRecord parse(byte[] utf8) {
        return of(StrictFields.parse("the approval", utf8));
    }

    /// @throws InvalidInput when this is not what [#toJson] makes
    public static ApprovalRecord of(StrictFields fields) {
        if (fields.integer("version") != VERSION) {
            throw new InvalidInput(
                    "\"version\" of the approval must be " + VERSION + ", but was " + fields.integer("version"));
        }
        return new ApprovalRecord(
                ApprovalRequest.of(fields.object("request")),
                fields.objectList("decisions").stream()
                        .map(ApprovalDecision::of)
                        .toList(),
                fields.maybeObject("end")
                        .map(end -> new End(Outcome.of(end.string("outcome")), end.string("why"), end.instant("at"))),
                fields.bool("answered"));
    }
}
