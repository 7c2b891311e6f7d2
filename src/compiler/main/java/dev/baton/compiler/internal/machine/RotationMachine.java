package dev.baton.compiler.internal.machine;

import dev.baton.asl.StateMachine;
import dev.baton.asl.definition.Asl;
import dev.baton.json.Json;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.Requester;
import dev.baton.run.StateKeys;
import dev.baton.task.RotationTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state machine that rotates a secret when a task has completed: once for a run, whatever comes twice; it waits
/// until Secrets Manager has done it, writes that down as evidence, and takes the label `AWSPREVIOUS` from the version
/// before when the grace has passed. Waiting costs nothing. It never reads a value.
public final class RotationMachine {
    private static final String CALL = "arn:aws:states:::aws-sdk:secretsmanager:";
    /// A rotation that takes longer has failed three times over.
    private static final int MOST_LOOKS = 180;

    private static final int SECONDS_BETWEEN = 10;
    /// Most rotations take a few seconds.
    private static final int QUICK_LOOKS = 5;
    private static final String TOKEN = "{% $token %}";

    private RotationMachine() {}

    /// Of one secret.
    public static StateMachine of(String pipeline, String secret, RotationTerms rotation) {
        var states = new LinkedHashMap<String, @Nullable Object>();
        states.put("See Versions", seeVersions(pipeline, secret));
        states.put("Was It Rotated", choice("{% $token in $versions.VersionId %}", "Rotated Already", "Rotate"));
        states.put("Rotated Already", Map.of("Type", "Succeed"));
        states.put("Rotate", rotate(secret));
        states.put(
                "Let It Rotate",
                object(
                        "Type",
                        "Wait",
                        "Seconds",
                        "{% $looks < " + QUICK_LOOKS + " ? 1 : " + SECONDS_BETWEEN + " %}",
                        "Next",
                        "Look"));
        states.put("Look", look(secret));
        states.put("Is It Rotated", isRotated());
        states.put(
                "Not Rotated",
                object(
                        "Type",
                        "Fail",
                        "Error",
                        "NotRotated",
                        "Cause",
                        "Secrets Manager has not rotated the secret " + secret
                                + " half an hour after it was asked to; see the log of the function that rotates it"));
        states.put("Write It Down", evidence(pipeline, secret, rotation));
        states.put(
                "Was It Written",
                choice(
                        "{% $contains($states.input.Cause, 'Status Code: 412') %}",
                        rotation.grace().isPresent() ? "Grace" : "Rotated",
                        "Not Written"));
        states.put(
                "Not Written",
                object(
                        "Type",
                        "Fail",
                        "Error",
                        "NotWritten",
                        "Cause",
                        "{% 'the secret " + secret + " was rotated, but that could not be written down: '"
                                + " & $states.input.Cause %}"));
        rotation.grace()
                .ifPresentOrElse(
                        grace -> {
                            states.put("Grace", wait(grace.toSeconds(), "Look Again"));
                            states.put("Look Again", lookAgain(secret));
                            states.put("Is It There", choice("{% 'AWSPREVIOUS' in $stages %}", "Retire", "Retired"));
                            states.put("Retire", retire(secret));
                            states.put("Retired", Map.of("Type", "Succeed"));
                        },
                        () -> states.put("Rotated", Map.of("Type", "Succeed")));
        var machine = object(
                "Comment",
                "Rotates the secret " + secret + " when " + rotation.after().getSimpleName() + " of the pipeline "
                        + pipeline + " has completed",
                "QueryLanguage",
                "JSONata",
                "StartAt",
                "See Versions",
                "States",
                states);
        return Asl.parse("rotation.asl.json", Json.print(machine)).orThrow();
    }

    /// The token is the run's and the task's: an event that comes twice brings the same one.
    private static Map<String, @Nullable Object> seeVersions(String pipeline, String secret) {
        var state = call(
                "listSecretVersionIds",
                object("SecretId", secret, "IncludeDeprecated", true, "MaxResults", 100),
                "Was It Rotated");
        state.put(
                "Assign",
                object(
                        "token",
                        "{% $hash('" + pipeline
                                + " ' & $states.input.detail.task & ' ' & $states.input.detail.run, 'SHA-256') %}",
                        "event",
                        "{% { 'at': $states.input.time, 'task': $states.input.detail.task,"
                                + " 'run': $states.input.detail.run } %}",
                        "versions",
                        "{% [$states.result.Versions] %}",
                        "before",
                        "{% [$states.result.Versions['AWSCURRENT' in VersionStages].VersionId, ''][0] %}",
                        "looks",
                        0));
        return state;
    }

    private static Map<String, @Nullable Object> rotate(String secret) {
        var state = call("rotateSecret", object("SecretId", secret, "ClientRequestToken", TOKEN), "Look");
        // While another rotation is under way.
        state.put(
                "Retry",
                List.of(object(
                        "ErrorEquals",
                        List.of("SecretsManager.InvalidRequestException"),
                        "IntervalSeconds",
                        1,
                        "MaxAttempts",
                        20,
                        "BackoffRate",
                        1.5,
                        "MaxDelaySeconds",
                        60)));
        return state;
    }

    private static Map<String, @Nullable Object> look(String secret) {
        var state = call("describeSecret", object("SecretId", secret), "Is It Rotated");
        state.put(
                "Assign",
                object(
                        "stages",
                        "{% [$lookup($states.result.VersionIdsToStages, $token)] %}",
                        "looks",
                        "{% $looks + 1 %}"));
        return state;
    }

    /// The version is current, or was until the next one came.
    private static Map<String, @Nullable Object> isRotated() {
        return object(
                "Type",
                "Choice",
                "Choices",
                List.of(
                        object(
                                "Condition",
                                "{% 'AWSCURRENT' in $stages or 'AWSPREVIOUS' in $stages %}",
                                "Next",
                                "Write It Down"),
                        object("Condition", "{% $looks >= " + MOST_LOOKS + " %}", "Next", "Not Rotated")),
                "Default",
                "Let It Rotate");
    }

    private static Map<String, @Nullable Object> evidence(String pipeline, String secret, RotationTerms rotation) {
        var details = "{ 'secret': '" + secret + "', 'task': $event.task, 'run': $event.run, 'version': $token,"
                + " 'before': $before, 'graceSeconds': "
                + rotation.grace()
                        .map(grace -> String.valueOf(grace.toSeconds()))
                        .orElse("null") + " }";
        var requester = Json.print(Requester.event(Requester.EventKind.COMPLETION, pipeline)
                        .toJson())
                .replace('"', '\'');
        var entry = "{ 'version': 1, 'at': $event.at, 'kind': '" + EvidenceEntry.Kind.ROTATION.word()
                + "', 'pipeline': '" + pipeline + "', 'requester': " + requester + ", 'details': " + details + " }";
        var next = rotation.grace().isPresent() ? "Grace" : "Rotated";
        var state = call(
                "arn:aws:states:::aws-sdk:s3:putObject",
                object(
                        "Bucket",
                        "${StateBucket}",
                        "Key",
                        "{% '" + StateKeys.EVIDENCE
                                + "' & $replace($substringBefore($event.at, 'T'), '-', '/') & '/' & $event.at & '-"
                                + EvidenceEntry.Kind.ROTATION.word() + "-' & $substring($token, 0, 16) & '.json' %}",
                        "ContentType",
                        "application/json",
                        "IfNoneMatch",
                        "*",
                        "Body",
                        "{% " + entry + " %}"),
                next);
        // Another execution for the same event has written the same.
        state.put(
                "Catch",
                List.of(object(
                        "ErrorEquals",
                        List.of("S3.S3Exception"),
                        "Output",
                        "{% $states.errorOutput %}",
                        "Next",
                        "Was It Written")));
        return state;
    }

    private static Map<String, @Nullable Object> lookAgain(String secret) {
        var state = call("describeSecret", object("SecretId", secret), "Is It There");
        state.put("Assign", object("stages", "{% [$lookup($states.result.VersionIdsToStages, $before)] %}"));
        return state;
    }

    private static Map<String, @Nullable Object> retire(String secret) {
        return call(
                "updateSecretVersionStage",
                object("SecretId", secret, "VersionStage", "AWSPREVIOUS", "RemoveFromVersionId", "{% $before %}"),
                "Retired");
    }

    private static Map<String, @Nullable Object> call(
            String action, Map<String, @Nullable Object> arguments, String next) {
        return object(
                "Type",
                "Task",
                "Resource",
                action.startsWith("arn:") ? action : CALL + action,
                "Arguments",
                arguments,
                "Next",
                next);
    }

    private static Map<String, @Nullable Object> choice(String condition, String next, String otherwise) {
        return object(
                "Type",
                "Choice",
                "Choices",
                List.of(object("Condition", condition, "Next", next)),
                "Default",
                otherwise);
    }

    private static Map<String, @Nullable Object> wait(long seconds, String next) {
        return object("Type", "Wait", "Seconds", seconds, "Next", next);
    }

    private static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }
}
