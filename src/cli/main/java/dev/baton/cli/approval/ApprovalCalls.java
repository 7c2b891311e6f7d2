package dev.baton.cli.approval;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.cli.follow.FollowedExecution;
import dev.baton.cli.identity.OwnIdentity;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.name.Arn;
import dev.baton.run.ApprovalRecord;
import dev.baton.run.IdentityProof;
import dev.baton.run.StrictFields;
import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// The calls of a pipeline's approval function, with the identity of whoever runs the command.
public final class ApprovalCalls {
    private final Endpoint endpoint;
    private final DeployedPipeline deployed;
    private final String function;

    public ApprovalCalls(Endpoint endpoint, DeployedPipeline deployed) {
        this.endpoint = endpoint;
        this.deployed = deployed;
        this.function = Arn.parse(deployed.machine()).name() + "-approval";
    }

    /// What waits.
    ///
    /// @param execution the name of one, of which all is told; nothing for what waits in all that run
    /// @return none where the pipeline has nothing that is to be approved
    public List<ApprovalRecord> list(Optional<String> execution) {
        var asked = new LinkedHashMap<String, @Nullable Object>();
        execution.ifPresent(name -> asked.put("execution", name));
        try {
            var fields = call("approvals", asked);
            return fields.objectList("approvals").stream()
                    .map(ApprovalRecord::of)
                    .toList();
        } catch (ResourceNotFoundException e) {
            return List.of();
        } catch (InvalidInput e) {
            throw EndpointDocuments.malformed("the answer of " + function, String.valueOf(e.getMessage()));
        }
    }

    /// Decides.
    ///
    /// @param seen what was looked at
    /// @throws DiagnosticException with what the function refuses, and CLI120, CLI121
    public ApprovalRecord decide(ApprovalRecord seen, boolean approved, String reason) {
        var run = seen.request().run();
        var decision = new LinkedHashMap<String, @Nullable Object>();
        decision.put("execution", run.substring(0, run.lastIndexOf('.')));
        decision.put("task", seen.request().node());
        decision.put("hash", seen.request().hash());
        decision.put("approved", approved);
        decision.put("reason", reason);
        try {
            return ApprovalRecord.of(call("decision", decision).object("approval"));
        } catch (ResourceNotFoundException e) {
            throw nothing();
        } catch (InvalidInput e) {
            throw EndpointDocuments.malformed("the answer of " + function, String.valueOf(e.getMessage()));
        }
    }

    /// That nothing of the pipeline is to be approved.
    public DiagnosticException nothing() {
        return new DiagnosticException(Diagnostic.error(
                "CLI121",
                Location.named(deployed.pipeline()),
                "nothing of it has to be approved here",
                "a task has to be approved that has an @Approval, in environments with \"policies\": true; see"
                        + " src/site/markdown/approvals.md"));
    }

    private StrictFields call(String member, Map<String, @Nullable Object> asked) {
        var event = new LinkedHashMap<String, @Nullable Object>();
        event.put(IdentityProof.FIELD, new OwnIdentity(endpoint).proof(deployed).toJson());
        event.put(member, asked);
        var answer = endpoint.lambda()
                .invoke(request -> request.functionName(function).payload(SdkBytes.fromByteArray(Json.bytes(event))));
        var text = answer.payload().asUtf8String();
        if (answer.functionError() != null) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI120",
                    Location.named(deployed.pipeline()),
                    "its approval function refused: " + FollowedExecution.message(text),
                    "do what is said there; what the function needs beyond is in its log, /aws/lambda/" + function));
        }
        var what = "the answer of " + function;
        var fields = new StrictFields(what, EndpointDocuments.object(what, text));
        fields.maybeObject("refused").ifPresent(refused -> {
            throw new DiagnosticException(Diagnostic.error(
                    refused.string("code"),
                    Location.named(refused.string("where")),
                    refused.string("message"),
                    refused.string("remedy")));
        });
        return fields;
    }
}
