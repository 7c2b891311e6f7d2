package dev.baton.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request for rights with what became of it.
///
/// @param verdict yes or no; absent while nobody said either
/// @param revocation what ended it before its time
public record RightsGrant(RightsRequest request, Optional<RightsVerdict> verdict, Optional<RightsVerdict> revocation) {

    /// How far a request has come.
    public enum Phase {
        /// It waits for an approval.
        OPEN,
        /// Nobody approved it in time.
        LAPSED,
        REJECTED,
        /// The rights hold.
        GRANTED,
        /// The rights have ended when they should.
        EXPIRED,
        /// The rights were ended before.
        REVOKED;

        /// As it stands in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How far it has come at a time.
    public Phase at(Instant now) {
        if (revocation.isPresent()) {
            return Phase.REVOKED;
        }
        if (verdict.isEmpty()) {
            return now.isBefore(request.openUntil()) ? Phase.OPEN : Phase.LAPSED;
        }
        if (!verdict.get().granted()) {
            return Phase.REJECTED;
        }
        return now.isBefore(ends().orElseThrow()) ? Phase.GRANTED : Phase.EXPIRED;
    }

    /// The end of the rights; nothing where nobody granted them.
    public Optional<Instant> ends() {
        return verdict.filter(RightsVerdict::granted)
                .map(granted -> granted.at().plusSeconds(request.seconds()));
    }

    /// @param now at which time it is told
    public Map<String, @Nullable Object> toJson(Instant now) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("request", request.toJson());
        json.put("hash", request.hash());
        json.put("phase", at(now).word());
        verdict.ifPresent(given -> json.put("verdict", given.toJson()));
        revocation.ifPresent(given -> json.put("revocation", given.toJson()));
        ends().ifPresent(end -> json.put("ends", end.toString()));
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what [#toJson] makes
    public static RightsGrant of(StrictFields fields) {
        return new RightsGrant(
                RightsRequest.of(fields.object("request")),
                fields.maybeObject("verdict").map(RightsVerdict::of),
                fields.maybeObject("revocation").map(RightsVerdict::of));
    }
}
