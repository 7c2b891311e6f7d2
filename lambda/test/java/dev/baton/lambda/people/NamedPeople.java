package dev.baton.lambda.people;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.run.IdentityProof;
import dev.baton.run.Requester;
import dev.baton.task.InvalidInput;
import java.util.List;
import java.util.Map;

/// People who are who they say they are: `ada of vintners,tasters`. What proves it is shown by other tests.
public final class NamedPeople {
    private NamedPeople() {}

    /// The approval function, told who asks.
    public static RequestStreamHandler approvals(Map<String, String> variables) {
        var real = PeopleServices.of(variables);
        return new ApprovalFunction(new PeopleServices(
                real.environment(),
                real.clients(),
                real.name(),
                NamedPeople::named,
                real.policies(),
                real.evidence(),
                real.s3(),
                real.time()));
    }

    private static Requester named(IdentityProof proof) {
        if (!(proof instanceof IdentityProof.Token(var said))) {
            throw new InvalidInput("say who you are");
        }
        var parts = said.split(" of ");
        return Requester.person("okta", parts[0], List.of(parts[1].split(",")));
    }
}
