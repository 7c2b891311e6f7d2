package dev.baton.cli.diff;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.operate.ExecutionLookup;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.ExecutionInput;
import dev.baton.run.RunReference;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/// The words for an execution: its name, its ARN, or the parameters of its run, `city=seattle,year=2012`, for the
/// newest that has them.
///
/// @param pipeline the one that parameters are of; null for the only one that is deployed
public record ExecutionWords(RunPlace place, @Nullable String pipeline) {
    /// So many executions are looked at.
    private static final int MOST = 1_000;

    /// @throws dev.baton.diagnostic.DiagnosticException CLI013, CLI015, CLI067, CLI068
    public DescribeExecutionResponse find(String words) {
        return find(words, Instant.MAX);
    }

    /// The newest that started before another.
    ///
    /// @param words parameters
    /// @throws dev.baton.diagnostic.DiagnosticException CLI013, CLI067, CLI068
    public DescribeExecutionResponse findBefore(String words, DescribeExecutionResponse other) {
        return find(words, other.startDate());
    }

    private DescribeExecutionResponse find(String words, Instant before) {
        var isName = words.startsWith("arn:") || !words.contains("=");
        if (place.isLaptop()) {
            return isName
                    ? kept(words, run -> run.run().equals(words) || run.run().startsWith(words + "."))
                    : kept(words, matching(parameters(words), before));
        }
        return isName ? new ExecutionLookup(place.endpoint()).execution(words) : find(words, parameters(words), before);
    }

    private static Predicate<RunReference> matching(Map<String, String> parameters, Instant before) {
        return run ->
                run.startedAt().isBefore(before) && run.parameters().entrySet().containsAll(parameters.entrySet());
    }

    /// The newest run that `baton run` has left here: its executions are not kept, but what they left is.
    private DescribeExecutionResponse kept(String words, Predicate<RunReference> isMeant) {
        var names = pipeline == null ? DeployedPipeline.names(place.endpoint()) : List.of(pipeline);
        var runs = names.stream()
                .flatMap(name -> place.pipeline(name).stream())
                .flatMap(there -> place.runs(there)
                        .filter(isMeant)
                        .map(run -> DescribeExecutionResponse.builder()
                                .name(run.run().substring(0, run.run().lastIndexOf('.')))
                                .stateMachineArn(there.machine())
                                .startDate(run.startedAt())
                                .build()));
        return runs.max(Comparator.comparing(DescribeExecutionResponse::startDate))
                .orElseThrow(() -> RunDiffFindings.noSuchRunKept(words));
    }

    private static Map<String, String> parameters(String words) {
        var parameters = new LinkedHashMap<String, String>();
        for (var word : words.split(",", -1)) {
            var equals = word.indexOf('=');
            if (equals < 1) {
                throw RunDiffFindings.unclear(words, "\"" + word + "\" is not a parameter and its value");
            }
            if (parameters.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw RunDiffFindings.unclear(words, word.substring(0, equals) + " is there twice");
            }
        }
        return parameters;
    }

    private DescribeExecutionResponse find(String words, Map<String, String> parameters, Instant before) {
        var name = pipeline == null ? only(words) : pipeline;
        var endpoint = place.endpoint();
        var there = place.pipeline(name).orElseGet(() -> DeployedPipeline.of(endpoint, name));
        var looked = 0;
        for (var listed : endpoint.states()
                .listExecutionsPaginator(request -> request.stateMachineArn(there.machine()))
                .executions()) {
            if (looked++ == MOST) {
                break;
            }
            if (!listed.startDate().isBefore(before)) {
                continue;
            }
            var execution = endpoint.states().describeExecution(request -> request.executionArn(listed.executionArn()));
            if (given(execution).entrySet().containsAll(parameters.entrySet())) {
                return execution;
            }
        }
        throw RunDiffFindings.noSuchRun(words, there.pipeline(), Math.min(looked, MOST));
    }

    private String only(String words) {
        var names = DeployedPipeline.names(place.endpoint());
        if (names.size() != 1) {
            throw RunDiffFindings.unclear(
                    words,
                    names.isEmpty()
                            ? DeployedPipeline.NOTHING
                            : "several pipelines are deployed here: " + String.join(", ", names));
        }
        return names.getFirst();
    }

    private static Map<String, String> given(DescribeExecutionResponse execution) {
        try {
            return ExecutionInput.of(Json.parse(execution.input())).parameters();
        } catch (InvalidInput | JsonException e) {
            return Map.of();
        }
    }
}
