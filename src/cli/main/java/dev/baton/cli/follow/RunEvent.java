package dev.baton.cli.follow;

import dev.baton.run.StartResult;
import dev.baton.run.TaskOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Something that happened on the way from an upload to a report.
public sealed interface RunEvent {
    /// The event that a start function's answer tells of.
    static RunEvent of(StartResult result) {
        return switch (result) {
            case StartResult.Started(var parameters, var arn, var name, var reason) ->
                new Started(name, arn, reason == null ? "" : reason);
            case StartResult.Running(var parameters, var arn, var name, var status) -> new Known(name, arn, status);
            case StartResult.Waiting waiting -> new Waiting(waiting.uris());
            case StartResult.Failed failed ->
                new Ignored(failed.name() + " ended " + failed.status() + ": " + failed.remedy());
            case StartResult.Complete complete -> new Ignored(complete.parameters() + ": " + complete.reason());
            case StartResult.Misshapen(var parameters, var code, var reason, var remedy) ->
                new Ignored(parameters + " cannot run: " + reason + " (" + code + "). " + remedy);
            case StartResult.Refused(var parameters, var code, var reason, var remedy) ->
                new Ignored(parameters + " is not started: " + reason + " (" + code + "). " + remedy);
            case StartResult.Unmatched unmatched -> new Ignored(unmatched.uri() + " is not the upload of a task");
            case StartResult.Seen seen -> new Ignored(String.valueOf(seen.toJson()));
            case StartResult.Foreign foreign -> new Ignored(String.valueOf(foreign.json()));
        };
    }

    /// So many of a kind are told one by one; more are counted.
    int FEW = 5;

    /// A pipeline is being compiled: the first word of a call that may take a moment.
    record Compiling(String pipeline) implements RunEvent {}

    /// An object was put where a task reads it.
    ///
    /// @param unchanged whether these very bytes were there already, so that nothing was sent
    /// @param of how many objects the run has to have there
    record Uploaded(String uri, long bytes, boolean unchanged, int of) implements RunEvent {}

    /// All objects that a run needs are there.
    ///
    /// @param bytes of all together
    /// @param unchanged how many were there already
    record UploadsEnded(int count, long bytes, int unchanged) implements RunEvent {}

    /// Files of the folder that no task of the run reads.
    ///
    /// @param example the name of the first, within the folder
    record NotUploaded(int count, String example) implements RunEvent {}

    /// Nothing starts yet: other uploads are missing.
    record Waiting(List<String> uris) implements RunEvent {
        public Waiting {
            uris = List.copyOf(uris);
        }
    }

    /// A task waits for people to approve it.
    ///
    /// @param by the team that is asked
    /// @param since when it was asked
    /// @param until when nobody can approve it any more
    record ApprovalAsked(String node, String by, Instant since, Instant until) implements RunEvent {}

    /// Another run, which nobody asked for, started by the same uploads.
    record AlsoStarted(String name, String arn) implements RunEvent {}

    /// An execution started.
    ///
    /// @param arn the execution's ARN
    /// @param reason what an earlier one had made and is not there any more; empty where there is none
    record Started(String name, String arn, String reason) implements RunEvent {
        /// One that nothing but its inputs is the reason of.
        public Started(String name, String arn) {
            this(name, arn, "");
        }
    }

    /// A function of a deployment.
    ///
    /// @param version the number of the version that definitions name
    /// @param isNew whether the deployment made it
    record Published(String function, String version, boolean isNew) implements RunEvent {}

    /// A deployment is complete.
    ///
    /// @param alias the ARN of what executions are started through
    /// @param version of the state machine that it routes to
    record Deployed(String pipeline, String alias, String version) implements RunEvent {}

    /// A pipeline is deployed as it runs in another environment.
    ///
    /// @param from the name of that one
    /// @param code the hash of the package, in both
    /// @param definition the hash of the definition, in both, with what is an environment's own left open
    /// @param own what differs because it is each environment's own
    record Promoted(String pipeline, String from, String code, String definition, Map<String, String> own)
            implements RunEvent {
        public Promoted {
            own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
        }
    }

    /// An edit that somebody had made by hand is gone with a deployment.
    ///
    /// @param place in the resource
    /// @param edited the value that it had got
    /// @param deployed the value that it was deployed with
    record TakenBack(String resource, String place, String edited, String deployed) implements RunEvent {}

    /// An execution that had ended without success goes on.
    record Redriven(String name, String arn) implements RunEvent {}

    /// An execution that would be started and was started before.
    ///
    /// @param status as Step Functions names it: `RUNNING`, `SUCCEEDED`
    record Known(String name, String arn, String status) implements RunEvent {}

    /// An event that starts nothing, and why.
    record Ignored(String reason) implements RunEvent {}

    /// A task's attempt began.
    ///
    /// @param node which task: an item of a Map by what it differs in from the others
    /// @param role the name of the role that it runs under
    /// @param attempt counted from 0, for each item of a Map by itself
    /// @param items how many items the Map has that the task is an item of; 0 where it is none
    record TaskStarted(String node, String role, int attempt, int items) implements RunEvent {}

    /// A task is complete.
    ///
    /// @param output the output's logical URI; empty where there is none
    /// @param version the output's version; empty where there is none
    /// @param why the end of a sentence about the task: why it ran, or what is worth knowing though it did not; may be
    ///     empty
    /// @param items how many items the Map has that the task is an item of; 0 where it is none
    record TaskEnded(
            String node,
            String role,
            TaskOutcome outcome,
            Duration took,
            String output,
            String version,
            String why,
            int items)
            implements RunEvent {}

    /// A task's attempt failed.
    ///
    /// @param remedy what helps, where the error's name alone tells; else empty
    record TaskFailed(String node, String role, String error, String cause, String remedy) implements RunEvent {}

    /// The progress of a Map: how far its items are.
    ///
    /// @param map the name of its state
    /// @param ended whether none will follow
    record Items(String map, int items, int succeeded, int failed, boolean ended) implements RunEvent {}

    /// An execution ended.
    ///
    /// @param status as Step Functions names it
    record Ended(
            String name,
            String status,
            Duration took,
            int ran,
            int skipped,
            @Nullable String error,
            @Nullable String cause)
            implements RunEvent {
        public boolean succeeded() {
            return status.equals("SUCCEEDED");
        }
    }

    /// Mocks answered an execution in place of services.
    ///
    /// @param states how often they answered, by the states that called
    record Mocked(String name, Map<String, Integer> states) implements RunEvent {
        public Mocked {
            states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
        }

        /// The states, each with its number where that is not one: `Query, Notify (3 times)`.
        public String told() {
            return states.entrySet().stream()
                    .map(state -> state.getValue() == 1
                            ? state.getKey()
                            : state.getKey() + " (" + state.getValue() + " times)")
                    .collect(Collectors.joining(", "));
        }
    }

    /// A copy of a run's last output lies in the file system.
    record Written(String uri, Path file) implements RunEvent {}

    /// The event as one JSON object; its member `event` says which it is.
    default Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (this) {
            case Compiling(var pipeline) -> {
                json.put("event", "compiling");
                json.put("pipeline", pipeline);
            }
            case UploadsEnded(var count, var bytes, var unchanged) -> {
                json.put("event", "uploadsEnded");
                json.put("count", (long) count);
                json.put("bytes", bytes);
                json.put("unchanged", (long) unchanged);
            }
            case NotUploaded(var count, var example) -> {
                json.put("event", "notUploaded");
                json.put("count", (long) count);
                json.put("example", example);
            }
            case AlsoStarted(var name, var arn) -> {
                json.put("event", "alsoStarted");
                json.put("execution", name);
                json.put("arn", arn);
            }
            case Uploaded(var uri, var bytes, var unchanged, var of) -> {
                json.put("event", "uploaded");
                json.put("uri", uri);
                json.put("bytes", bytes);
                json.put("unchanged", unchanged);
            }
            case ApprovalAsked(var node, var by, var since, var until) -> {
                json.put("event", "approvalAsked");
                json.put("task", node);
                json.put("by", by);
                json.put("since", since.toString());
                json.put("until", until.toString());
            }
            case Waiting(var uris) -> {
                json.put("event", "waiting");
                json.put("for", uris);
            }
            case Started(var name, var arn, var reason) -> {
                json.put("event", "started");
                json.put("execution", name);
                json.put("arn", arn);
                if (!reason.isEmpty()) {
                    json.put("reason", reason);
                }
            }
            case Published(var function, var version, var isNew) -> {
                json.put("event", "published");
                json.put("function", function);
                json.put("version", version);
                json.put("new", isNew);
            }
            case Deployed(var pipeline, var alias, var version) -> {
                json.put("event", "deployed");
                json.put("pipeline", pipeline);
                json.put("alias", alias);
                json.put("version", version);
            }
            case Promoted(var pipeline, var from, var code, var definition, var own) -> {
                json.put("event", "promoted");
                json.put("pipeline", pipeline);
                json.put("from", from);
                json.put("code", code);
                json.put("definition", definition);
                json.put("own", own);
            }
            case TakenBack(var resource, var place, var edited, var deployed) -> {
                json.put("event", "takenBack");
                json.put("resource", resource);
                json.put("place", place);
                json.put("edited", edited);
                json.put("deployed", deployed);
            }
            case Redriven(var name, var arn) -> {
                json.put("event", "redriven");
                json.put("execution", name);
                json.put("arn", arn);
            }
            case Known(var name, var arn, var status) -> {
                json.put("event", "known");
                json.put("execution", name);
                json.put("arn", arn);
                json.put("status", status);
            }
            case Ignored(var reason) -> {
                json.put("event", "ignored");
                json.put("reason", reason);
            }
            case TaskStarted(var node, var role, var attempt, var items) -> {
                json.put("event", "taskStarted");
                json.put("node", node);
                json.put("role", role);
                json.put("attempt", (long) attempt);
            }
            case TaskEnded(var node, var role, var outcome, var took, var output, var version, var why, var items) -> {
                json.put("event", "taskEnded");
                json.put("node", node);
                json.put("role", role);
                json.put("outcome", outcome.name());
                json.put("milliseconds", took.toMillis());
                json.put("output", output);
                json.put("version", version);
                json.put("why", why);
            }
            case Items(var map, var items, var succeeded, var failed, var ended) -> {
                json.put("event", "items");
                json.put("map", map);
                json.put("items", (long) items);
                json.put("succeeded", (long) succeeded);
                json.put("failed", (long) failed);
                json.put("ended", ended);
            }
            case TaskFailed(var node, var role, var error, var cause, var remedy) -> {
                json.put("event", "taskFailed");
                json.put("node", node);
                json.put("role", role);
                json.put("error", error);
                json.put("cause", cause);
                json.put("remedy", remedy);
            }
            case Ended(var name, var status, var took, var ran, var skipped, var error, var cause) -> {
                json.put("event", "ended");
                json.put("execution", name);
                json.put("status", status);
                json.put("milliseconds", took.toMillis());
                json.put("ran", (long) ran);
                json.put("skipped", (long) skipped);
                json.put("error", error);
                json.put("cause", cause);
            }
            case Mocked(var name, var states) -> {
                json.put("event", "mocked");
                json.put("execution", name);
                var counts = new LinkedHashMap<String, @Nullable Object>();
                states.forEach((state, count) -> counts.put(state, (long) count));
                json.put("states", counts);
            }
            case Written(var uri, var file) -> {
                json.put("event", "written");
                json.put("uri", uri);
                json.put("file", file.toString());
            }
        }
        return json;
    }
}
