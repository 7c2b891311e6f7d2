package dev.baton.compiler;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A role to be created: who may assume it, and the one inline policy that says what it may do.
///
/// @param name such as `baton-weather-CleanObservations`
/// @param path such as `/baton/weather/`
/// @param kind what it is for
/// @param trust the trust policy, a JSON object with `${…}`
/// @param policy the inline policy, a JSON object with `${…}`
/// @param boundary the ARN of its permissions boundary, with `${…}`; absent only for [Kind#DEPLOY]
public record CompiledRole(
        String name,
        String path,
        Kind kind,
        Map<String, @Nullable Object> trust,
        Map<String, @Nullable Object> policy,
        @Nullable String boundary) {

    /// What a role is for.
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
        /// What EventBridge Scheduler may do: call the start function.
        SCHEDULE,
        /// What Step Functions may do.
        STATES,
        /// What whoever deploys the pipeline may do; it comes by web identity and no other way.
        DEPLOY
    }

    /// The role's ARN, with `${…}`.
    public String arn() {
        return "arn:${Partition}:iam::${AccountId}:role" + path + name;
    }
}
