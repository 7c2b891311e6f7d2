package dev.baton.local.identity;

import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.RequestContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The condition keys that the caller's session and tags give, and the time for who asks without a request.
///
/// @param tags of the user or role; a session's own tags go before them
record CallerKeys(Caller caller, Map<String, String> tags, Clock clock) implements RequestContext {
    private static final String TAG = "aws:principaltag/";

    @Override
    public @Nullable List<String> values(String key) {
        var session = caller.session();
        if (key.startsWith(TAG)) {
            var name = key.substring(TAG.length());
            var value = session == null ? null : tag(session.tags(), name);
            return one(value == null ? tag(tags, name) : value);
        }
        return switch (key) {
            case "aws:userid" -> caller.principal() instanceof Principal.Service ? null : List.of(caller.userId());
            case "aws:currenttime" ->
                List.of(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            case "aws:epochtime" -> List.of(Long.toString(clock.instant().getEpochSecond()));
            case "aws:viaawsservice" -> List.of("false");
            case "aws:tokenissuetime" ->
                session == null
                        ? null
                        : List.of(session.issuedAt()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
            case "aws:sourceidentity" -> session == null ? null : one(session.sourceIdentity());
            case "aws:federatedprovider" -> session == null ? null : one(session.federatedProvider());
            case "aws:multifactorauthpresent" -> session == null ? null : List.of("false");
            default -> session == null ? null : session.claims().get(key);
        };
    }

    private static @Nullable List<String> one(@Nullable String value) {
        return value == null ? null : List.of(value);
    }

    /// The names of tags in condition keys are told apart without regard to case.
    private static @Nullable String tag(Map<String, String> tags, String name) {
        for (var tag : tags.entrySet()) {
            if (tag.getKey().equalsIgnoreCase(name)) {
                return tag.getValue();
            }
        }
        return null;
    }
}
