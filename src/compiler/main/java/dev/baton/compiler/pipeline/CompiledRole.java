package dev.baton.compiler.pipeline;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A role to be created: who may assume it, and the one inline policy that says what it may do.
///
/// @param name such as `baton-weather-CleanObservations`
/// @param path such as `/baton/weather/`
/// @param kind what it is for
/// @param trust the trust policy, a JSON object with `${…}`
/// @param policy the inline policy, a JSON object with `${…}`
/// @param boundary the ARN of its permissions boundary, with `${…}`; absent only for [Kind#DEPLOY]
/// @param tags by which the policies of shared buckets know whose keys it writes, with `${…}`
public record CompiledRole(
        String name,
        String path,
        Kind kind,
        Map<String, @Nullable Object> trust,
        Map<String, @Nullable Object> policy,
        @Nullable String boundary,
        SortedMap<String, String> tags) {
    public CompiledRole {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /// One without tags.
    public CompiledRole(
            String name,
            String path,
            Kind kind,
            Map<String, @Nullable Object> trust,
            Map<String, @Nullable Object> policy,
            @Nullable String boundary) {
        this(name, path, kind, trust, policy, boundary, Collections.emptySortedMap());
    }

    /// The purpose of a role.
    public enum Kind {
        /// What a task's code may do.
        TASK,
        /// What the function or container that runs a task may do: little more than to assume the task's role.
        RUNNER,
        /// What ECS may do to start containers: fetch their image, write their log.
        EXECUTION,
        /// What Step Functions may do to call the service that does a task's work.
        SERVICE,
        PIN,
        START,
        AWAIT,
        CALLBACK,
        APPROVAL,
        ACCESS,
        /// What a person may do for a while, narrowed by each session's own policy to what was granted.
        PEOPLE,
        /// What EventBridge Scheduler may do: call the start function.
        SCHEDULE,
        /// What Step Functions may do to rotate a secret.
        ROTATION,
        /// What EventBridge may do: start the executions that rotate secrets.
        RULE,
        /// What Step Functions may do.
        STATES,
        /// What whoever deploys the pipeline may do; it comes by web identity and no other way.
        DEPLOY
    }

    /// The same with tags.
    public CompiledRole tagged(SortedMap<String, String> others) {
        return new CompiledRole(name, path, kind, trust, policy, boundary, others);
    }

    /// The same with another inline policy.
    public CompiledRole allowed(Map<String, @Nullable Object> other) {
        return new CompiledRole(name, path, kind, trust, other, boundary, tags);
    }

    /// The role's ARN, with `${…}`.
    public String arn() {
        return "arn:${Partition}:iam::${AccountId}:role" + path + name;
    }
}
