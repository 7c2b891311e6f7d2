package dev.baton.local.iam;

import dev.baton.local.identity.Identities;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.QueryAction;
import dev.baton.local.service.QueryService;
import dev.baton.local.service.Service;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The IAM API: roles, users, policies, providers and simulation.
public final class IamService {

    private IamService() {}

    public static Service of(Foundation foundation) {
        var identities = foundation.identities();
        var gate = new IamGate(identities);
        var operations = ApiOperation.all(
                new RoleActions(gate).all(),
                new UserActions(gate).all(),
                new GrantActions(gate, GrantActions.Kind.ROLE).all(),
                new GrantActions(gate, GrantActions.Kind.USER).all(),
                new ManagedPolicyActions(gate).all(),
                new ProviderActions(gate).all(),
                new SimulationActions(gate).all());
        return new QueryService(
                "iam",
                "https://iam.amazonaws.com/doc/2010-05-08/",
                foundation.authorizer(),
                operations.stream()
                        .map(operation -> operation.changes() ? operation.with(whole(identities)) : operation)
                        .toList(),
                Set.of());
    }

    /// A change is one, however much it reads and writes, and it is kept once.
    private static UnaryOperator<QueryAction> whole(Identities identities) {
        return action -> (input, call, result) -> identities.atomically((Supplier<?>) () -> {
            action.handle(input, call, result);
            return "";
        });
    }
}
