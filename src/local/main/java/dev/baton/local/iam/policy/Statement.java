package dev.baton.local.iam.policy;

import dev.baton.local.iam.policy.PrincipalPattern.Match;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One statement of a policy, ready to be matched.
///
/// @param index counted from 1
/// @param actions `Action` or `NotAction`, folded to small letters
/// @param resources `Resource` or `NotResource`; null where the statement has neither, as in a trust policy
/// @param principals `Principal` or `NotPrincipal`; null where it has neither
record Statement(
        int index,
        @Nullable String sid,
        boolean allows,
        boolean notActions,
        List<PolicyValue> actions,
        boolean notResources,
        @Nullable List<PolicyValue> resources,
        boolean notPrincipals,
        @Nullable List<PrincipalPattern> principals,
        List<ConditionKey> conditions) {

    /// Whether action, resource and conditions fit; principals are [#match].
    boolean covers(Request request) {
        return coversAction(request) && coversResource(request) && unmet(request) == null;
    }

    boolean coversAction(Request request) {
        return any(actions, request.foldedAction(), request.context()) != notActions;
    }

    boolean coversResource(Request request) {
        return resources == null || any(resources, request.resource(), request.context()) != notResources;
    }

    /// The first condition that does not hold.
    @Nullable
    ConditionKey unmet(Request request) {
        for (var condition : conditions) {
            if (!condition.holds(request.context())) {
                return condition;
            }
        }
        return null;
    }

    /// How closely the statement names the principal. `NotPrincipal` excepts only what it names itself: an account
    /// there is not each of those within it, and a role is not its sessions.
    ///
    /// See
    /// [NotPrincipal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html).
    Match match(Request request) {
        if (principals == null) {
            return Match.NONE;
        }
        var best = Match.NONE;
        for (var pattern : principals) {
            var match = pattern.match(request);
            if (match.compareTo(best) > 0) {
                best = match;
            }
        }
        if (!notPrincipals) {
            return best;
        }
        boolean itself = best == Match.DIRECT || (best == Match.ROLE && request.principal() instanceof Principal.Role);
        return itself ? Match.NONE : Match.DIRECT;
    }

    private static boolean any(List<PolicyValue> patterns, String text, RequestContext context) {
        for (var pattern : patterns) {
            if (pattern.matches(text, context)) {
                return true;
            }
        }
        return false;
    }

    /// Why a statement about this action does not count for the request, or null where it is about another action.
    @Nullable
    String nearMiss(Request request) {
        if (!coversAction(request)) {
            return null;
        }
        if (!coversResource(request)) {
            return this + (notResources ? " excepts " : " covers only ") + list(resources, request.context());
        }
        var unmet = unmet(request);
        if (unmet == null) {
            return this + " names other principals";
        }
        return this + " asks for " + unmet + ", but " + request.actual(unmet);
    }

    private static String list(@Nullable List<PolicyValue> patterns, RequestContext context) {
        return patterns == null
                ? "nothing"
                : patterns.stream().map(pattern -> pattern.explained(context)).collect(Collectors.joining(", "));
    }

    /// `statement ReadInput` or `statement 2`.
    @Override
    public String toString() {
        return "statement " + (sid == null || sid.isEmpty() ? Integer.toString(index) : sid);
    }
}
