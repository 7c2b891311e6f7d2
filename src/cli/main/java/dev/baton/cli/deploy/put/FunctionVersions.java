package dev.baton.cli.deploy.put;

import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.Substitutions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/// The published versions of an endpoint's functions. What is published already, is not published again: equal code has
/// one version, and what runs on an older one keeps it.
public final class FunctionVersions {
    private static final String LATEST = "$LATEST";

    private final LambdaClient lambda;
    private final FunctionHost host;
    private final Map<String, String> newest = new HashMap<>();

    /// @param host publishes what is new
    FunctionVersions(LambdaClient lambda, FunctionHost host) {
        this.lambda = lambda;
        this.host = host;
        lambda.listFunctionsPaginator()
                .functions()
                .forEach(function -> newest.put(function.functionName(), function.description()));
    }

    /// A version of a function.
    ///
    /// @param published whether this call made it
    public record Result(String version, boolean published) {}

    Result of(CompiledFunction function, String roleArn, Map<String, String> environment, String description) {
        // The newest code has to be this one too: events and nudges are not sent to a version.
        if (description.equals(newest.get(function.name()))) {
            var version = published(function.name(), description);
            if (version.isPresent()) {
                return new Result(version.get(), false);
            }
        }
        return new Result(host.publish(function, roleArn, environment, description), true);
    }

    /// Has Lambda tell how asynchronous invocations of a function's version ended, where the pipeline wants to know.
    ///
    /// @param substitutions with the function's version
    void tell(CompiledFunction function, Substitutions substitutions) {
        if (function.resultsTo().isEmpty()) {
            return;
        }
        var destination = substitutions.in(function.resultsTo().get());
        lambda.putFunctionEventInvokeConfig(request -> request.functionName(function.name())
                .qualifier(substitutions.in("${" + function.versionPlaceholder() + "}"))
                .maximumRetryAttempts(0)
                .maximumEventAgeInSeconds(CompiledFunction.MAX_EVENT_AGE_SECONDS)
                .destinationConfig(config -> config.onSuccess(to -> to.destination(destination))
                        .onFailure(to -> to.destination(destination))));
    }

    /// The version that a description tells of, if the newest code and configuration are still its own.
    private Optional<String> published(String function, String description) {
        var all = lambda.listVersionsByFunctionPaginator(request -> request.functionName(function)).versions().stream()
                .toList();
        var latest =
                all.stream().filter(version -> version.version().equals(LATEST)).findFirst();
        return all.stream()
                .filter(version -> !version.version().equals(LATEST) && description.equals(version.description()))
                .max(Comparator.comparingLong(version -> Long.parseLong(version.version())))
                .filter(version -> latest.isPresent() && same(latest.get(), version))
                .map(FunctionConfiguration::version);
    }

    private static boolean same(FunctionConfiguration latest, FunctionConfiguration version) {
        return Objects.equals(latest.codeSha256(), version.codeSha256())
                && Objects.equals(latest.role(), version.role())
                && Objects.equals(latest.handler(), version.handler())
                && Objects.equals(latest.memorySize(), version.memorySize())
                && Objects.equals(latest.timeout(), version.timeout())
                && Objects.equals(latest.environment(), version.environment());
    }
}
