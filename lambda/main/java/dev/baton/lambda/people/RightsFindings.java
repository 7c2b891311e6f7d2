package dev.baton.lambda.people;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.lambda.internal.identity.IdentityFindings;
import dev.baton.run.RightsGrant;
import dev.baton.run.RightsRequest;
import dev.baton.task.InvalidInput;
import java.time.Instant;

/// The wording of what is wrong with rights for a while, and with what people ask about them.
final class RightsFindings {
    private RightsFindings() {}

    /// What cannot be asked for.
    static InvalidInput unaskable(String pipeline, String why, String remedy) {
        return refused("RUN090", "the request for rights on \"" + pipeline + "\"", why, remedy);
    }

    /// A request that nobody has made, or that whoever asks may not see.
    static InvalidInput unknown(String pipeline, String id) {
        return refused(
                "RUN091",
                "\"" + id + "\"",
                "is no request for rights on \"" + pipeline + "\" that you may see",
                "baton access list " + pipeline + " shows those that there are");
    }

    /// A verdict that somebody may not give.
    static InvalidInput undecidable(RightsRequest request, String why, String remedy) {
        return refused("RUN092", named(request), why, remedy);
    }

    /// Rights that do not hold.
    static InvalidInput unusable(RightsGrant grant, Instant now) {
        var request = grant.request();
        return switch (grant.at(now)) {
            case OPEN ->
                refused(
                        "RUN093",
                        named(request),
                        "waits for an approval, until " + request.openUntil(),
                        "ask somebody who may approve on the pipeline: baton access approve " + request.id());
            case LAPSED ->
                refused(
                        "RUN093",
                        named(request),
                        "was approved by nobody until " + request.openUntil(),
                        "ask anew: baton access request " + request.pipeline());
            case REJECTED ->
                refused(
                        "RUN093",
                        named(request),
                        "was rejected by " + grant.verdict().orElseThrow().by().shown() + ": "
                                + grant.verdict().orElseThrow().reason(),
                        "speak with them, and ask anew");
            case EXPIRED ->
                refused(
                        "RUN093",
                        named(request),
                        "was granted until " + grant.ends().orElseThrow() + ", and it is " + now,
                        "ask anew: baton access request " + request.pipeline());
            case REVOKED ->
                refused(
                        "RUN095",
                        named(request),
                        "was revoked by "
                                + grant.revocation().orElseThrow().by().shown() + " at "
                                + grant.revocation().orElseThrow().at() + ": "
                                + grant.revocation().orElseThrow().reason(),
                        "speak with them, and ask anew");
            case GRANTED -> throw new IllegalArgumentException("rights that hold");
        };
    }

    /// Rights of somebody else.
    static InvalidInput notYours(RightsRequest request) {
        return refused(
                "RUN093",
                named(request),
                "is of " + request.requester().shown() + ", and only they take it up",
                "ask for rights of your own: baton access request " + request.pipeline());
    }

    /// Rights that stand for something else by now.
    static InvalidInput changed(RightsRequest request) {
        return refused(
                "RUN094",
                named(request),
                "is void: the pipeline was deployed anew, and its actions stand for other rights than those that were"
                        + " approved",
                "ask anew: baton access request " + request.pipeline());
    }

    /// An AWS that does not do what has to be done.
    static InvalidInput refusedByAws(RightsRequest request, String what, String said) {
        return refused(
                "RUN096",
                named(request),
                what + ": " + said,
                "ask once more in a while; if it stays so, see whether the pipeline is deployed whole: baton drift");
    }

    private static String named(RightsRequest request) {
        return "the request " + request.pipeline() + "/" + request.id();
    }

    private static InvalidInput refused(String code, String what, String why, String remedy) {
        return IdentityFindings.refused(Diagnostic.error(code, Location.named(what), why, remedy));
    }
}
