package dev.baton.cli.identity;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.cli.follow.FollowedExecution;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.run.IdentityProof;
import dev.baton.run.RightsGrant;
import dev.baton.run.RightsInvocation;
import dev.baton.run.StrictFields;
import dev.baton.task.InvalidInput;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// A call of a pipeline's access function, by which people get rights on it for a while.
public record RightsCall(Endpoint endpoint, DeployedPipeline deployed) {

    /// Asks for one request and what became of it.
    ///
    /// @throws DiagnosticException CLI130, CLI131
    public RightsGrant grant(RightsInvocation asked) {
        return read(asked, answer -> RightsGrant.of(answer.object("grant")));
    }

    /// All requests that whoever asks may see.
    ///
    /// @throws DiagnosticException CLI130, CLI131
    public List<RightsGrant> grants() {
        return read(
                new RightsInvocation.Requests(),
                answer -> answer.objectList("grants").stream()
                        .map(RightsGrant::of)
                        .toList());
    }

    /// What the function answers, as it is read.
    ///
    /// @throws DiagnosticException CLI130 where nobody gets rights for a while, CLI131 when the function refuses
    public <T> T read(RightsInvocation asked, Function<StrictFields, T> form) {
        var function = endpoint.prefix().of(deployed.pipeline()) + "-access";
        var text = invoke(function, asked);
        try {
            return form.apply(new StrictFields("the answer of " + function, EndpointDocuments.object(function, text)));
        } catch (InvalidInput e) {
            throw EndpointDocuments.malformed(function, String.valueOf(e.getMessage()));
        }
    }

    private String invoke(String function, RightsInvocation asked) {
        var request = asked.toJson();
        request.put(
                IdentityProof.FIELD, new OwnIdentity(endpoint).proof(deployed).toJson());
        try {
            var answer = endpoint.lambda()
                    .invoke(call -> call.functionName(function).payload(SdkBytes.fromByteArray(Json.bytes(request))));
            var text = answer.payload().asUtf8String();
            if (answer.functionError() != null) {
                throw new DiagnosticException(Diagnostic.error(
                        "CLI131",
                        Location.named(deployed.pipeline()),
                        "its access function refused: " + FollowedExecution.message(text),
                        "do what it says"));
            }
            return text;
        } catch (ResourceNotFoundException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI130",
                    Location.named(deployed.pipeline()),
                    "nobody gets rights on it for a while here: policies about people do not hold, or an older Baton has"
                            + " deployed it",
                    "set \"policies\": true for the environment and deploy it: baton deploy ENV"));
        }
    }
}
