package dev.baton.cli.operate;

import dev.baton.cli.deploy.Endpoint;
import dev.baton.cli.deploy.EndpointDocuments;
import dev.baton.cli.follow.FollowedExecution;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/// A request to the start function: what a person asks a pipeline's start function for. It computes names and looks at
/// uploads as it does for events, so that both ways find the same execution.
public final class StartRequest {
    private final Endpoint endpoint;
    private final String function;
    private final String pipeline;

    public StartRequest(Endpoint endpoint, DeployedPipeline deployed) {
        this(endpoint, deployed.pipeline(), deployed.startFunction());
    }

    /// @param function the name of the start function
    public StartRequest(Endpoint endpoint, String pipeline, String function) {
        this.endpoint = endpoint;
        this.pipeline = pipeline;
        this.function = function;
    }

    /// Asks for one run.
    ///
    /// @param parameters of the root task, by component
    /// @throws DiagnosticException CLI014 when the function refuses
    public StartOutcome start(Map<String, String> parameters) {
        var asked = new LinkedHashMap<String, @Nullable Object>();
        asked.put("parameters", new LinkedHashMap<String, @Nullable Object>(parameters));
        return invoke(Map.of("start", asked)).getFirst();
    }

    /// Asks for all runs for which everything is there, and which are not complete.
    ///
    /// @throws DiagnosticException CLI014 when the function refuses
    public List<StartOutcome> sweep() {
        return invoke(Map.of("sweep", true));
    }

    /// The outputs that the run of an execution's input needs, that were made once, and that are not there any more, as
    /// logical URIs. None where the function does not tell: an older one cannot, and another pipeline's graph has
    /// changed.
    ///
    /// @param input of the execution, as Step Functions keeps it
    public List<String> gone(String input) {
        try {
            var parameters = Json.parseObject(input).get("parameters");
            var outcome = invoke(Map.of("see", Map.of("parameters", parameters == null ? Map.of() : parameters)));
            return outcome.getFirst().json().get("gone") instanceof List<?> uris
                    ? uris.stream().map(String::valueOf).toList()
                    : List.of();
        } catch (JsonException | DiagnosticException e) {
            return List.of();
        }
    }

    private List<StartOutcome> invoke(Map<String, Object> event) {
        var answer = endpoint.lambda()
                .invoke(request -> request.functionName(function).payload(SdkBytes.fromByteArray(Json.bytes(event))));
        var text = answer.payload().asUtf8String();
        if (answer.functionError() != null) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI014",
                    Location.named(pipeline),
                    "its start function refused: " + FollowedExecution.message(text),
                    "give each component of the root task once, as in --year 2012; what the function needs beyond is in"
                            + " its log, /aws/lambda/" + function + " (in .baton/log where functions run in the"
                            + " command's process)"));
        }
        var outcomes = new ArrayList<StartOutcome>();
        if (EndpointDocuments.object("the answer of " + function, text).get("results") instanceof List<?> results) {
            for (var result : results) {
                outcomes.add(StartOutcome.of(result));
            }
        }
        return outcomes;
    }
}
