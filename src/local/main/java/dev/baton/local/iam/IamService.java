package dev.baton.local.iam;

import dev.baton.local.http.QueryAction;
import dev.baton.local.http.QueryService;
import dev.baton.local.http.Service;
import java.util.HashMap;
import java.util.Set;

/// The IAM API: roles, users, policies, providers and simulation.
public final class IamService {

    private IamService() {}

    public static Service of(Identities identities, Authorizer authorizer) {
        var gate = new IamGate(identities, authorizer);
        var actions = new HashMap<String, QueryAction>();
        actions.putAll(new RoleActions(gate).all());
        actions.putAll(new UserActions(gate).all());
        actions.putAll(new GrantActions(gate, GrantActions.Kind.ROLE).all());
        actions.putAll(new GrantActions(gate, GrantActions.Kind.USER).all());
        actions.putAll(new ManagedPolicyActions(gate).all());
        actions.putAll(new ProviderActions(gate).all());
        actions.putAll(new SimulationActions(gate).all());
        return new QueryService("iam", "https://iam.amazonaws.com/doc/2010-05-08/", actions, Set.of());
    }
}
