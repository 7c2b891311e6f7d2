package dev.baton.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The yes or no of somebody about an [ApprovalRequest].
///
/// @param requester who decided
/// @param approved yes or no
/// @param reason what was given as the reason
/// @param at when
/// @param policyHash SHA-256 of the policies that allowed to decide
public record ApprovalDecision(Requester requester, boolean approved, String reason, Instant at, String policyHash) {

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("requester", requester.toJson());
        json.put("approved", approved);
        json.put("reason", reason);
        json.put("at", at.toString());
        json.put("policyHash", policyHash);
        return json;
    }

    static ApprovalDecision of(StrictFields fields) {
        return new ApprovalDecision(
                Requester.of(fields.object("requester")),
                fields.bool("approved"),
                fields.string("reason"),
                fields.instant("at"),
                fields.string("policyHash"));
    }
}
