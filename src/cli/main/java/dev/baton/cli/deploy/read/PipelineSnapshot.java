package dev.baton.cli.deploy.read;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The snapshot of a pipeline: what a pipeline is in an account, resource by resource, each as one JSON object.
///
/// @param parts by [#machine], [#role] and so on
public record PipelineSnapshot(SortedMap<String, Map<String, @Nullable Object>> parts) {
    /// Which sources a function was built from may differ without the function being another one.
    static final String REVISION = "BATON_REVISION";

    public PipelineSnapshot {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /// The field of a state machine's part that says which key it is under; absent where it is AWS's own.
    public static final String MACHINE_KEY = "kmsKeyId";

    /// A state machine: `definition`, `roleArn`, `alias` with the weight of each version in percent, and for a child
    /// `pinned`, the version that definitions name.
    public static String machine(String name) {
        return "state machine " + name;
    }

    /// A role: `trust`, `policies` by name, `attached` and `boundary`. The statements of policies are by `Sid`.
    public static String role(String name) {
        return "role " + name;
    }

    /// The permissions boundary: its `policy`.
    public static String boundary(String name) {
        return "boundary " + name;
    }

    /// A function: `role`, `handler`, `memoryMegabytes`, `timeoutSeconds`, `environment`, `code` (base64 SHA-256),
    /// `identity` ([FunctionIdentity]), `pinned` (the version that definitions name), `permissions` by `Sid`.
    public static String function(String name) {
        return "function " + name;
    }

    /// A task definition, as its newest revision has it: `image`, `command`, `environment`, `cpuUnits`,
    /// `memoryMegabytes`, `role`, `executionRole`, `logGroup`, `containers` (how many), and `pinned`, the revision that
    /// definitions name.
    public static String taskDefinition(String family) {
        return "task definition " + family;
    }

    /// A bucket: `versioning`, `eventBridge`, `publicAccess`, `encryption`, `policy`.
    public static String bucket(String name) {
        return "bucket " + name;
    }

    /// A rule: `state`, `pattern`, and `targets` by id.
    public static String rule(String name) {
        return "rule " + name;
    }

    /// A schedule: `state`, `expression`, `zone`, `target`, `role`, `input`.
    public static String schedule(String name) {
        return "schedule " + name;
    }

    /// This with members of another one in the place of its own.
    public PipelineSnapshot with(PipelineSnapshot other) {
        var both = new TreeMap<String, Map<String, @Nullable Object>>(parts);
        other.parts()
                .forEach((name, part) -> both.merge(name, part, (own, others) -> {
                    var merged = new LinkedHashMap<String, @Nullable Object>(own);
                    merged.putAll(others);
                    return merged;
                }));
        return new PipelineSnapshot(both);
    }

    /// This with the environment variables that another snapshot has for some functions.
    ///
    /// @param functions their names
    public PipelineSnapshot keeping(PipelineSnapshot other, Collection<String> functions) {
        var changed = new TreeMap<String, Map<String, @Nullable Object>>(parts);
        for (var name : functions) {
            var there = other.parts().get(function(name));
            if (there != null) {
                changed.computeIfPresent(function(name), (key, part) -> {
                    var kept = new LinkedHashMap<String, @Nullable Object>(part);
                    kept.put("environment", revised(part.get("environment"), there.get("environment")));
                    return kept;
                });
            }
        }
        return new PipelineSnapshot(changed);
    }

    /// This with the revision that another snapshot has for each function: functions that are not published again keep
    /// that of the sources that they were built from.
    public PipelineSnapshot revisedAs(PipelineSnapshot other) {
        return keeping(
                other,
                parts.keySet().stream()
                        .filter(resource -> resource.startsWith("function "))
                        .map(resource -> resource.substring("function ".length()))
                        .toList());
    }

    /// Only the revision may be another one.
    private static @Nullable Object revised(@Nullable Object meant, @Nullable Object there) {
        if (!(meant instanceof Map<?, ?> variables) || !(there instanceof Map<?, ?> found)) {
            return meant;
        }
        var both = new TreeMap<String, @Nullable Object>();
        variables.forEach((name, value) -> both.put((String) name, value));
        if (found.get(REVISION) != null) {
            both.put(REVISION, found.get(REVISION));
        }
        return both;
    }
}
