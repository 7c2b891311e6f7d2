package dev.baton.local.identity;

import dev.baton.local.iam.policy.Decision;
import dev.baton.local.iam.policy.Evaluator;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicySet;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Decides with the policies of the account's identities. What a role or user may do is gathered once and kept until
/// anything about identities changes.
public final class PolicyAuthorizer implements Authorizer {
    /// Stands for a boundary that is gone: there is nothing left that could allow.
    private static final Policy NOTHING = Policy.parse("deleted permissions boundary", """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"nothing:AtAll","Resource":"*"}}""");

    private final Identities identities;
    private volatile Gathered gathered = new Gathered(-1);

    public PolicyAuthorizer(Identities identities) {
        this.identities = identities;
    }

    @Override
    public Decision decide(AccessRequest access) {
        var caller = access.caller();
        var session = caller.session();
        var own = own(caller.principal());
        var policies = new PolicySet(
                own.identity(),
                own.boundary(),
                session == null ? List.of() : session.policies(),
                access.resourcePolicy(),
                List.of(),
                List.of(),
                List.of());
        var context = access.context().or(new CallerKeys(caller, own.tags(), identities.clock()));
        return Evaluator.decide(
                Request.of(caller.principal(), access.action(), access.resource(), access.resourceAccount(), context),
                policies);
    }

    /// The policies and tags of a user or role, whoever uses it.
    private record Own(List<Policy> identity, List<Policy> boundary, Map<String, String> tags) {
        static final Own NONE = new Own(List.of(), List.of(), Map.of());
    }

    private record Gathered(long generation, Map<String, Own> byArn) {
        Gathered(long generation) {
            this(generation, new ConcurrentHashMap<>());
        }
    }

    private Own own(Principal principal) {
        return switch (principal) {
            case Principal.User user -> gathered(user.arn(), user);
            case Principal.Role role -> gathered(role.arn(), role);
            case Principal.RoleSession session -> gathered(session.roleArn(), session);
            case Principal.Root root -> Own.NONE;
            case Principal.FederatedUser(var arn, var userArn) ->
                userArn == null ? Own.NONE : gathered(userArn, new Principal.User(userArn));
            case Principal.Federated federated -> Own.NONE;
            case Principal.Service service -> Own.NONE;
            case Principal.Anonymous anonymous -> Own.NONE;
        };
    }

    private Own gathered(String arn, Principal principal) {
        // Read before gathering: what changes meanwhile makes the next look gather again.
        long now = identities.generation();
        var current = gathered;
        if (current.generation() != now) {
            current = new Gathered(now);
            gathered = current;
        }
        var own = current.byArn().get(arn);
        if (own == null) {
            own = gather(arn, principal);
            current.byArn().put(arn, own);
        }
        return own;
    }

    private Own gather(String arn, Principal principal) {
        var grants = principal instanceof Principal.User
                ? identities.userByArn(arn).map(User::grants)
                : identities.roleByArn(arn).map(Role::grants);
        return grants.map(this::gather).orElse(Own.NONE);
    }

    private Own gather(Grants grants) {
        var identity = new ArrayList<>(grants.inline().values());
        for (var attached : grants.attached()) {
            identities.policy(attached).map(ManagedPolicy::policy).ifPresent(identity::add);
        }
        var boundary = new ArrayList<Policy>();
        if (grants.boundary() != null) {
            boundary.add(identities
                    .policy(grants.boundary())
                    .map(ManagedPolicy::policy)
                    .orElse(NOTHING));
        }
        return new Own(List.copyOf(identity), List.copyOf(boundary), Map.copyOf(grants.tags()));
    }
}
