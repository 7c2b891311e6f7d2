package dev.baton.lambda.people;

import dev.baton.name.Arn;
import dev.baton.policy.PolicyAnswer;
import dev.baton.policy.PolicyQuestion;
import dev.baton.run.Requester;
import dev.baton.run.RightsGrant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The rights that people have for a while, as those functions see them that are asked under such rights.
///
/// Nobody but the access function begins sessions of the role that people have, and it names them after what was
/// granted: so a call that such a session signed proves which rights somebody asks under.
///
/// @param account in which that role is
/// @param role its name
record GrantedRights(StoredGrants grants, String account, String role, InstantSource time) {

    /// Whoever asks, as the person who they are: of a session of the role that people have, the one whom the rights were
    /// granted to.
    ///
    /// @throws dev.baton.task.InvalidInput RUN091, RUN093, RUN095 when the rights that the session was begun for do not
    ///     hold
    Requester person(Requester requester) {
        if (!isOfPeople(requester)) {
            return requester;
        }
        var id = requester.session().orElse("");
        var grant = grants.find(id).orElseThrow(() -> RightsFindings.unknown(grants.pipeline(), id));
        requireHeld(grant);
        return grant.request().requester().under(id);
    }

    private boolean isOfPeople(Requester requester) {
        var arn = requester.kind() == Requester.Kind.ROLE ? Arn.find(requester.id()) : null;
        return arn != null
                && arn.account().equals(account)
                && arn.resource().startsWith("role/")
                && requester.id().endsWith("/" + role);
    }

    private void requireHeld(RightsGrant grant) {
        var now = time.instant();
        if (grant.at(now) != RightsGrant.Phase.GRANTED) {
            throw RightsFindings.unusable(grant, now);
        }
    }

    /// The answer to what somebody asks under rights for a while: yes to the actions that were granted, as long as they
    /// are, unless a policy forbids it. What they may do as themselves does not count.
    ///
    /// @param said what the policies say
    PolicyAnswer answer(PolicyQuestion question, PolicyAnswer said) {
        var requester = question.requester();
        if (requester.grant().isEmpty()) {
            return said;
        }
        var id = requester.grant().get();
        var grant = grants.find(id).orElse(null);
        var action = question.action().word();
        if (grant == null
                || grant.at(time.instant()) != RightsGrant.Phase.GRANTED
                || !grant.request().requester().id().equals(requester.id())) {
            return denied(said, "the rights " + id + " do not hold");
        }
        if (!grant.request().actions().contains(action)) {
            return denied(
                    said,
                    "the rights " + id + " are to "
                            + String.join(", ", grant.request().actions()) + ", and not to " + action);
        }
        if (!said.allowed() && !said.silent()) {
            return said;
        }
        var policies = new ArrayList<>(said.policies());
        policies.add("rights " + id);
        return new PolicyAnswer(
                true,
                "the rights " + id + ", which "
                        + grant.verdict().orElseThrow().by().shown() + " has granted, allow " + requester.shown()
                        + " to " + action + " " + question.resource().id(),
                policies,
                said.hash());
    }

    private static PolicyAnswer denied(PolicyAnswer said, String why) {
        return new PolicyAnswer(false, why, List.of(), said.hash());
    }
}
