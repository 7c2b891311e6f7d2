package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.cli.follow.FollowedExecution;
import dev.baton.cli.identity.OwnIdentity;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.ExecutionInput;
import dev.baton.run.Force;
import dev.baton.run.IdentityProof;
import dev.baton.run.StartAnswer;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// A request to the start function: what a person asks a pipeline's start function for. It computes names and looks at
/// uploads as it does for events, so that both ways find the same execution.
public final class StartRequest {
    private static final Pattern FINDING =
            Pattern.compile("(?s)(?<what>.+)\\. Mend: (?<mend>.+) \\(baton explain (?<code>RUN07[0-9])\\)");

    private final Endpoint endpoint;
    private final String function;
    private final String pipeline;
    private final @Nullable DeployedPipeline deployed;

    public StartRequest(Endpoint endpoint, DeployedPipeline deployed) {
        this(endpoint, deployed.pipeline(), deployed.startFunction(), deployed);
    }

    /// @param function the name of the start function
    public StartRequest(Endpoint endpoint, String pipeline, String function) {
        this(endpoint, pipeline, function, null);
    }

    private StartRequest(Endpoint endpoint, String pipeline, String function, @Nullable DeployedPipeline deployed) {
        this.deployed = deployed;
        this.endpoint = endpoint;
        this.pipeline = pipeline;
        this.function = function;
    }

    /// Asks for one run.
    ///
    /// @param parameters of the root task, by component
    /// @throws DiagnosticException CLI014 when the function refuses
    public StartResult start(Map<String, String> parameters) {
        return start(parameters, Optional.empty());
    }

    /// [#start] of a run in which some tasks run also where they are fresh.
    public StartResult start(Map<String, String> parameters, Optional<Force> force) {
        return start(parameters, force, 1);
    }

    /// [#start] of one of many runs.
    ///
    /// @param runs how many are asked for together, one after the other
    public StartResult start(Map<String, String> parameters, Optional<Force> force, int runs) {
        var counted = deployed != null && deployed.governed() ? runs : 1;
        return one(new StartInvocation.Start(input(parameters).forcing(force), counted));
    }

    /// Asks for something to be done with an execution, where policies about people hold.
    ///
    /// @throws DiagnosticException CLI014 when the function refuses, and what it says where policies do
    public StartResult change(StartInvocation.OfExecution asked) {
        var result = one(asked);
        if (result instanceof StartResult.Refused refused) {
            throw new DiagnosticException(
                    Diagnostic.error(refused.code(), Location.named(pipeline), refused.reason(), refused.remedy()));
        }
        return result;
    }

    /// Asks for the run of an execution that failed, with the code that is deployed now.
    ///
    /// @param execution its name
    /// @throws DiagnosticException CLI084 when the function refuses
    public StartResult continued(String execution) {
        var input = input(Map.of()).continuing(Optional.of(execution));
        return first(invoke(
                new StartInvocation.Start(input),
                refusal -> Diagnostic.error(
                        "CLI084",
                        Location.named(execution),
                        "cannot be continued with the deployed code: " + refusal,
                        "mend what is said there; a deployment of an older Baton cannot do it: deploy it anew")));
    }

    /// Asks for all runs for which everything is there, and which are not complete.
    ///
    /// @throws DiagnosticException CLI014 when the function refuses
    public List<StartResult> sweep() {
        return invoke(new StartInvocation.Sweep());
    }

    /// The outputs that the run of an execution's input needs, that were made once, and that are not there any more, as
    /// logical URIs. None where the function does not tell: an older one cannot, and another pipeline's graph has
    /// changed.
    ///
    /// @param input of the execution, as Step Functions keeps it
    public List<String> gone(String input) {
        try {
            var parameters = ExecutionInput.of(Json.parse(input)).parameters();
            return one(new StartInvocation.See(input(parameters))) instanceof StartResult.Seen seen
                    ? seen.gone()
                    : List.of();
        } catch (JsonException | InvalidInput | DiagnosticException e) {
            return List.of();
        }
    }

    private static ExecutionInput input(Map<String, String> parameters) {
        return new ExecutionInput(Optional.empty(), parameters, Map.of());
    }

    private StartResult one(StartInvocation asked) {
        return first(invoke(asked));
    }

    private StartResult first(List<StartResult> results) {
        if (results.isEmpty()) {
            throw EndpointDocuments.malformed(answer(), "says nothing about the run that it was asked for");
        }
        return results.getFirst();
    }

    private List<StartResult> invoke(StartInvocation asked) {
        return invoke(
                asked,
                refusal -> Diagnostic.error(
                        "CLI014",
                        Location.named(pipeline),
                        "its start function refused: " + refusal,
                        "give each component of the root task once, as in --year 2012; what the function needs"
                                + " beyond is in its log, /aws/lambda/" + function + " (in .baton/log where functions"
                                + " run in the command's process)"));
    }

    private List<StartResult> invoke(StartInvocation asked, Function<String, Diagnostic> refused) {
        var answer = invoke(proven(asked));
        if (answer.functionError() != null && isOlder(answer)) {
            answer = invoke(asked.toJson());
        }
        var text = answer.payload().asUtf8String();
        if (answer.functionError() != null) {
            var said = FollowedExecution.message(text);
            throw new DiagnosticException(finding(said).orElseGet(() -> refused.apply(said)));
        }
        try {
            return StartAnswer.of(EndpointDocuments.object(answer(), text)).results();
        } catch (InvalidInput e) {
            throw EndpointDocuments.malformed(answer(), String.valueOf(e.getMessage()));
        }
    }

    /// The request with the proof of who asks: where policies about people hold the best that there is, and else one
    /// that the function can look at, so that it is known who started a run.
    private Map<String, @Nullable Object> proven(StartInvocation asked) {
        var json = new LinkedHashMap<>(asked.toJson());
        if (deployed != null) {
            json.put(
                    IdentityProof.FIELD,
                    new OwnIdentity(endpoint).proof(deployed).toJson());
        }
        return json;
    }

    /// Whether the function is of an older Baton, which knows nothing of who asks.
    private boolean isOlder(InvokeResponse answer) {
        return deployed != null
                && !deployed.governed()
                && FollowedExecution.message(answer.payload().asUtf8String()).contains("RUN040");
    }

    private InvokeResponse invoke(Map<String, @Nullable Object> asked) {
        return endpoint.lambda()
                .invoke(request -> request.functionName(function).payload(SdkBytes.fromByteArray(Json.bytes(asked))));
    }

    /// What a function says about who asks is a finding of its own.
    private Optional<Diagnostic> finding(String said) {
        var match = FINDING.matcher(said);
        return match.matches()
                ? Optional.of(Diagnostic.error(
                        match.group("code"), Location.named(pipeline), match.group("what"), match.group("mend")))
                : Optional.empty();
    }

    private String answer() {
        return "the answer of " + function;
    }
}
