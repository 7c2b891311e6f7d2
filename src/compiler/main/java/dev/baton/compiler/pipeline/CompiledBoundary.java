package dev.baton.compiler.pipeline;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The permissions boundary of a pipeline's roles, a managed policy: what none of them can ever do more than, whatever
/// is attached to it later. Whoever deploys may not change it, so it is to be created before, by somebody else.
///
/// @param name such as `baton-weather-boundary`
/// @param path such as `/baton/weather/`
/// @param policy a JSON object with `${…}`
public record CompiledBoundary(String name, String path, Map<String, @Nullable Object> policy) {

    /// The finding that a boundary that is deployed lacks some statements (CMP051).
    public static Diagnostic behind(String pipeline, String boundary, List<String> statements) {
        return CompilerFindings.boundaryBehind(pipeline, boundary, statements);
    }

    /// Its ARN, with `${…}`.
    public String arn() {
        return "arn:${Partition}:iam::${AccountId}:policy" + path + name;
    }
}
