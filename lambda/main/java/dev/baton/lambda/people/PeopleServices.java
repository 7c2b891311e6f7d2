package dev.baton.lambda.people;

import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.identity.CallerIdentities;
import dev.baton.lambda.internal.identity.IdentityFindings;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.policy.PolicyAction;
import dev.baton.policy.PolicyAnswer;
import dev.baton.policy.PolicyQuestion;
import dev.baton.policy.PolicyResource;
import dev.baton.run.IdentityProof;
import dev.baton.run.IdentitySettings;
import dev.baton.run.Requester;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The services of a function that people ask: who they are, what they may, evidence of it, S3 and the time.
///
/// @param name the environment's
/// @param identities who asks
/// @param policies what whoever asks may do
/// @param evidence of what was decided; [#policies] adds its decisions itself
/// @param s3 with the function's own credentials
record PeopleServices(
        FunctionEnvironment environment,
        ServiceClients clients,
        String name,
        Function<IdentityProof, Requester> identities,
        StoredPolicies policies,
        EvidenceLog evidence,
        S3Access s3,
        InstantSource time) {
    /// The variable that tells functions the name of their environment.
    private static final String NAME = "BATON_ENVIRONMENT";

    static PeopleServices of(Map<String, String> variables) {
        var environment = new FunctionEnvironment(variables);
        return of(environment, new ServiceClients(environment), InstantSource.system());
    }

    static PeopleServices of(FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        var settings = IdentitySettings.parse(environment.find(IdentitySettings.VARIABLE));
        var s3 = new S3Access(clients, clients.own());
        var evidence = new EvidenceLog(s3, environment.stateBucket());
        var granted = new GrantedRights(
                new StoredGrants(s3, environment.stateBucket(), environment.pipeline()),
                environment.need("BATON_ACCOUNT"),
                environment.prefix().of(environment.pipeline()) + "-people",
                time);
        var verified = new VerifiedIdentities(
                new TokenIdentities(settings, new IssuerKeys(clients::http, time), time),
                new CallerIdentities(environment, clients, settings, time),
                granted);
        return new PeopleServices(
                environment,
                clients,
                environment.need(NAME),
                verified::of,
                new StoredPolicies(s3, environment.stateBucket(), environment.pipeline(), granted, evidence, time),
                evidence,
                s3,
                time);
    }

    /// Who asks.
    ///
    /// @throws dev.baton.task.InvalidInput when nothing proves it (RUN071 to RUN075)
    Requester requester(PeopleRequest request) {
        return requester(request.proof());
    }

    /// Who brings a proof.
    ///
    /// @throws dev.baton.task.InvalidInput when it proves nothing, or there is none (RUN071 to RUN075)
    Requester requester(Optional<IdentityProof> proof) {
        return identities.apply(proof.orElseThrow(() -> IdentityFindings.unproven(environment.pipeline())));
    }

    /// Whether somebody may do something.
    ///
    /// @param context as the schema of policies has it
    PolicyAnswer ask(Requester requester, PolicyAction action, PolicyResource resource, Map<String, Object> context) {
        return policies.ask(new PolicyQuestion(requester, action, resource, name, context));
    }
}
