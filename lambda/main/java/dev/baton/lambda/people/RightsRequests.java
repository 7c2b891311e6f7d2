package dev.baton.lambda.people;

import dev.baton.name.Sha256;
import dev.baton.policy.PolicyAction;
import dev.baton.policy.PolicyResource;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.Requester;
import dev.baton.run.RightsGrant;
import dev.baton.run.RightsGrant.Phase;
import dev.baton.run.RightsInvocation;
import dev.baton.run.RightsRequest;
import dev.baton.run.RightsVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The requests of people for rights on one pipeline for a while, and what they do about them.
///
/// It may end anywhere: what is written first is an object that stays, and its evidence is the same whoever writes it
/// down; before anybody gets credentials, all of it is there.
final class RightsRequests {
    private static final int LONGEST_REASON = 1_000;

    private final PeopleServices services;
    private final StoredGrants grants;
    private final PeopleRole role;
    private final PeopleSessions sessions;

    RightsRequests(PeopleServices services, StoredGrants grants, PeopleRole role, PeopleSessions sessions) {
        this.services = services;
        this.grants = grants;
        this.role = role;
        this.sessions = sessions;
    }

    /// Asks for rights.
    RightsGrant request(Requester requester, RightsInvocation.Request asked) {
        requireSomebody(requester);
        requireAskable(asked.actions(), asked.seconds());
        var reason = reason(asked.reason());
        var now = now();
        var hash = Sha256.hex(
                requester.id() + " " + asked.toJson() + " " + services.time().instant());
        var request = new RightsRequest(
                StoredGrants.id(now, hash),
                grants.pipeline(),
                services.name(),
                requester,
                asked.actions(),
                asked.seconds(),
                reason,
                role.hash(),
                now);
        if (!grants.add(request)) {
            throw RightsFindings.unaskable(grants.pipeline(), "came at the same moment as another", "ask once more");
        }
        evidence(request);
        return new RightsGrant(request, Optional.empty(), Optional.empty());
    }

    private void requireSomebody(Requester requester) {
        if (requester.grant().isPresent()) {
            throw RightsFindings.unaskable(
                    grants.pipeline(),
                    "comes from a session of rights for a while, "
                            + requester.grant().get(),
                    "ask as yourself");
        }
    }

    private void requireAskable(SortedSet<String> actions, long seconds) {
        var known = role.rights().keySet();
        var others = new ArrayList<>(actions);
        others.removeAll(known);
        if (actions.isEmpty() || !others.isEmpty()) {
            throw RightsFindings.unaskable(
                    grants.pipeline(),
                    actions.isEmpty() ? "names no action" : "names " + String.join(", ", others),
                    "name one or more of " + String.join(", ", known)
                            + "; a deployment has a role of its own, which comes by web identity alone");
        }
        if (seconds < RightsRequest.SHORTEST.toSeconds() || seconds > RightsRequest.LONGEST.toSeconds()) {
            throw RightsFindings.unaskable(
                    grants.pipeline(),
                    "is for " + Duration.ofSeconds(seconds),
                    "ask for a time from " + RightsRequest.SHORTEST + " to " + RightsRequest.LONGEST);
        }
    }

    private String reason(String given) {
        var reason = given.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw RightsFindings.unaskable(
                    grants.pipeline(),
                    reason.isEmpty() ? "gives no reason" : "has a reason of " + reason.length() + " characters",
                    "give a reason of 1 to " + LONGEST_REASON + " characters: it is what is decided by");
        }
        return reason;
    }

    /// Says yes or no.
    RightsGrant decide(Requester requester, RightsInvocation.Decide asked) {
        var grant = grants.find(asked.id()).orElseThrow(() -> unknown(asked.id()));
        var request = grant.request();
        var reason = reason(asked.reason());
        requireOpen(grant, requester);
        requireOther(request, requester);
        if (!request.hash().equals(asked.hash())) {
            throw RightsFindings.undecidable(
                    request,
                    "is not the one that you have seen: its content has another hash",
                    "look at it anew: baton access list " + request.pipeline());
        }
        requireApprover(request, requester, reason);
        if (asked.granted() && !request.rights().equals(role.hash())) {
            throw RightsFindings.changed(request);
        }
        var verdict = new RightsVerdict(request.hash(), requester.withoutTeams(), asked.granted(), reason, now());
        if (!grants.decide(request.id(), verdict)) {
            requireOpen(grants.find(request.id()).orElseThrow(), requester);
        }
        var decided = grants.find(request.id()).orElseThrow();
        evidence(request);
        decided.verdict().ifPresent(given -> evidence(request, given, given.granted() ? "granted" : "rejected"));
        return decided;
    }

    private void requireOpen(RightsGrant grant, Requester requester) {
        var now = services.time().instant();
        if (grant.at(now) == Phase.OPEN) {
            return;
        }
        var verdict = grant.verdict().orElse(null);
        throw RightsFindings.undecidable(
                grant.request(),
                verdict == null
                        ? "was open until " + grant.request().openUntil() + ", and it is " + now
                        : "is decided: " + verdict.by().shown() + " said " + (verdict.granted() ? "yes" : "no") + " at "
                                + verdict.at(),
                verdict != null && verdict.granted() && verdict.by().id().equals(requester.id())
                        ? "take it back: baton access revoke " + grant.request().pipeline() + "/"
                                + grant.request().id()
                        : "let whoever needs the rights ask anew");
    }

    private static void requireOther(RightsRequest request, Requester requester) {
        if (request.requester().id().equals(requester.id())) {
            throw RightsFindings.undecidable(
                    request, "is your own, and nobody decides about their own", "let somebody else decide");
        }
    }

    private void requireApprover(RightsRequest request, Requester requester, String reason) {
        var context = new TreeMap<String, Object>();
        context.put(
                "at", services.time().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        context.put("reason", reason);
        context.put("seconds", request.seconds());
        context.put("starter", request.requester().id());
        var answer = services.ask(
                requester, PolicyAction.APPROVE, new PolicyResource.OfPipeline(grants.pipeline()), context);
        if (!answer.allowed()) {
            throw RightsFindings.undecidable(
                    request,
                    "is not yours to decide: " + answer.reason(),
                    "let somebody decide whom the policies name");
        }
    }

    /// Takes up what was granted.
    PeopleSessions.Session take(Requester requester, RightsInvocation.Take asked) {
        var grant = grants.find(asked.id()).orElseThrow(() -> unknown(asked.id()));
        var request = grant.request();
        if (!request.requester().id().equals(requester.id())
                || !request.requester().session().equals(requester.session())) {
            throw RightsFindings.notYours(request);
        }
        requireHeld(grant);
        if (!request.rights().equals(role.hash())) {
            throw RightsFindings.changed(request);
        }
        evidence(request);
        var verdict = grant.verdict().orElseThrow();
        evidence(request, verdict, "granted");
        var session = sessions.begin(grant, services.time().instant());
        // Whoever revoked it meanwhile did not know of this session.
        requireHeld(grants.find(request.id()).orElseThrow());
        var details = details("taken", request);
        details.put("session", session.arn());
        details.put("sourceIdentity", session.sourceIdentity());
        details.put("expires", session.expires().toString());
        add(now(), requester, details);
        return session;
    }

    private void requireHeld(RightsGrant grant) {
        var now = services.time().instant();
        if (grant.at(now) != Phase.GRANTED) {
            throw RightsFindings.unusable(grant, now);
        }
    }

    /// Ends rights before their time.
    RightsGrant revoke(Requester requester, RightsInvocation.Revoke asked) {
        var grant = grants.find(asked.id()).orElseThrow(() -> unknown(asked.id()));
        var request = grant.request();
        var reason = reason(asked.reason());
        if (!request.requester().id().equals(requester.id())) {
            requireApprover(request, requester, reason);
        }
        if (grant.revocation().isEmpty()) {
            requireHeld(grant);
            grants.revoke(
                    request.id(), new RightsVerdict(request.hash(), requester.withoutTeams(), false, reason, now()));
        }
        var revoked = grants.find(request.id()).orElseThrow();
        end(revoked);
        evidence(request, revoked.revocation().orElseThrow(), "revoked");
        return revoked;
    }

    /// Until nothing was revoked while IAM was told, so that no revocation writes over another.
    private void end(RightsGrant about) {
        List<RightsGrant> told = List.of();
        while (true) {
            var revoked = grants.revokedSince(services.time().instant().minus(PeopleRole.longestSession()));
            if (revoked.isEmpty() || revoked.equals(told)) {
                return;
            }
            sessions.end(about, revoked);
            told = revoked;
        }
    }

    /// What was asked for in the last day and what holds still: all of it for those who may approve or read, and else
    /// one's own.
    List<RightsGrant> list(Requester requester) {
        var all = grants.since(services.time().instant().minus(RightsRequest.OPEN.plus(RightsRequest.LONGEST)));
        var pipeline = new PolicyResource.OfPipeline(grants.pipeline());
        var isForAll = services.ask(requester, PolicyAction.APPROVE, pipeline, Map.of())
                        .allowed()
                || services.ask(requester, PolicyAction.READ, pipeline, Map.of())
                        .allowed();
        return isForAll
                ? all
                : all.stream()
                        .filter(grant -> grant.request().requester().id().equals(requester.id()))
                        .toList();
    }

    private RuntimeException unknown(String id) {
        return RightsFindings.unknown(grants.pipeline(), id.length() <= 64 ? id : id.substring(0, 64) + "…");
    }

    private Instant now() {
        return services.time().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void evidence(RightsRequest request) {
        var details = details("requested", request);
        details.put("actions", List.copyOf(request.actions()));
        details.put("seconds", request.seconds());
        details.put("reason", request.reason());
        details.put("hash", request.hash());
        add(request.askedAt(), request.requester(), details);
    }

    private void evidence(RightsRequest request, RightsVerdict verdict, String what) {
        var details = details(what, request);
        details.put("for", request.requester().id());
        details.put("reason", verdict.reason());
        details.put("hash", verdict.request());
        add(verdict.at(), verdict.by(), details);
    }

    private static Map<String, @Nullable Object> details(String what, RightsRequest request) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("what", what);
        details.put("request", request.id());
        details.put("environment", request.environment());
        return details;
    }

    private void add(Instant at, Requester requester, Map<String, @Nullable Object> details) {
        services.evidence()
                .add(new EvidenceEntry(at, EvidenceEntry.Kind.ACCESS, grants.pipeline(), requester, details));
    }
}
