package dev.baton.lambda.people;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.lambda.internal.Lazy;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.run.RightsGrant;
import dev.baton.run.RightsInvocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The function that grants people rights for a while: it takes their requests and the verdicts of others about them,
/// and begins and ends sessions of the role that people have. Its answer to a take is the only place where the
/// credentials are.
public final class AccessFunction implements RequestStreamHandler {
    private final InvocationHandler handling;
    private final FunctionEnvironment environment;
    private final Lazy<PeopleServices> services;
    private final Lazy<RightsRequests> requests;

    /// In Lambda: configured by the process's environment.
    public AccessFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public AccessFunction(Map<String, String> environment) {
        this(new FunctionEnvironment(environment), InstantSource.system());
    }

    private AccessFunction(FunctionEnvironment environment, InstantSource time) {
        this(environment, new ServiceClients(environment), time);
    }

    AccessFunction(FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        this.environment = environment;
        this.handling = new InvocationHandler(environment.shownRevision());
        this.services = new Lazy<>(() -> PeopleServices.of(environment, clients, time));
        this.requests = new Lazy<>(() -> requests(environment, services.get()));
    }

    private static RightsRequests requests(FunctionEnvironment environment, PeopleServices services) {
        var role = PeopleRole.of(environment.need("BATON_PEOPLE_ROLE"), environment.need(PeopleRole.VARIABLE));
        return new RightsRequests(
                services,
                new StoredGrants(services.s3(), environment.stateBucket(), environment.pipeline()),
                role,
                new PeopleSessions(services.clients(), role));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        handling.answer(in, out, this::answer);
    }

    private Map<String, @Nullable Object> answer(byte[] event) {
        InvocationHandler.about("pipeline", environment.pipeline());
        var request = PeopleRequest.parse("the access function's request", event);
        var requester = services.get().requester(request);
        var asked = requests.get();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        switch (RightsInvocation.of(request.asked())) {
            case RightsInvocation.Request wish -> answer.put("grant", told(asked.request(requester, wish)));
            case RightsInvocation.Decide verdict -> answer.put("grant", told(asked.decide(requester, verdict)));
            case RightsInvocation.Take take -> {
                var session = asked.take(requester, take);
                answer.put("session", session.arn());
                answer.put("sourceIdentity", session.sourceIdentity());
                answer.put("packedPolicySize", (long) session.packedPercent());
                answer.put("credentials", session.credentials());
            }
            case RightsInvocation.Revoke revoke -> answer.put("grant", told(asked.revoke(requester, revoke)));
            case RightsInvocation.Requests() -> answer.put("grants", told(asked.list(requester)));
            case RightsInvocation.WhoAmI() -> {
                answer.put("requester", requester.toJson());
                answer.put("environment", services.get().name());
            }
        }
        return answer;
    }

    private Object told(RightsGrant grant) {
        return grant.toJson(services.get().time().instant());
    }

    private Object told(List<RightsGrant> grants) {
        return grants.stream().map(this::told).toList();
    }
}
