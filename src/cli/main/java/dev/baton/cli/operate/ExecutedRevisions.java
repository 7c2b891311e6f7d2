package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.SourceRevision;
import dev.baton.task.InvalidInput;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/// The revisions of the sources that the functions of an execution were built from. Its definition names a version of
/// each, and a version tells its own: what did not change keeps an earlier one.
///
/// @param byFunction by the function's name, which is also that of its role
public record ExecutedRevisions(Map<String, SourceRevision> byFunction) {
    private static final Pattern VERSION =
            Pattern.compile("arn:[a-z-]+:lambda:[^\":]+:[0-9]+:function:([^\":]+):([0-9]+)");

    public ExecutedRevisions {
        byFunction = new TreeMap<>(byFunction);
    }

    /// Asks about some functions.
    ///
    /// @param execution its ARN
    /// @param functions their names; others of the execution are not asked about
    static ExecutedRevisions of(Endpoint endpoint, String execution, Collection<String> functions) {
        var found = new TreeMap<String, SourceRevision>();
        var definition = endpoint.states()
                .describeStateMachineForExecution(request -> request.executionArn(execution))
                .definition();
        VERSION.matcher(definition).results().forEach(version -> {
            var function = version.group(1);
            if (functions.contains(function) && !found.containsKey(function)) {
                revision(endpoint, function, version.group(2)).ifPresent(revision -> found.put(function, revision));
            }
        });
        return new ExecutedRevisions(found);
    }

    private static Optional<SourceRevision> revision(Endpoint endpoint, String function, String version) {
        try {
            var environment = endpoint.lambda()
                    .getFunctionConfiguration(
                            request -> request.functionName(function).qualifier(version))
                    .environment();
            var said = environment == null ? null : environment.variables().get("BATON_REVISION");
            return said == null ? Optional.empty() : Optional.of(SourceRevision.of(Json.parse(said)));
        } catch (LambdaException | JsonException | InvalidInput e) {
            // The version is gone, or whoever asks may not see it: then that is not told.
            return Optional.empty();
        }
    }

    /// The revision of a function as JSON; null where it is not told.
    @Nullable
    Object json(String function) {
        var revision = byFunction.get(function);
        return revision == null ? null : revision.toJson();
    }

    /// A line for people: `code of 1a2b3c4d5e6f on main`; where they differ, a line for each.
    ///
    /// @param states of the execution by their functions
    public List<String> lines(Map<String, List<String>> states) {
        var byRevision = new LinkedHashMap<SourceRevision, TreeSet<String>>();
        byFunction.forEach((function, revision) -> byRevision
                .computeIfAbsent(revision, any -> new TreeSet<>())
                .addAll(states.getOrDefault(function, List.of())));
        return byRevision.entrySet().stream()
                .map(entry -> "code of " + entry.getKey()
                        + (byRevision.size() == 1 ? "" : ": " + String.join(", ", entry.getValue())))
                .toList();
    }
}
