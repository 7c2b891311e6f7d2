package dev.baton.cli.audit;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.name.Arn;
import dev.baton.run.StateKeys;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// The histories of all executions of pipelines, of their child machines and of the items of their distributed Maps:
/// each start, redrive and end, and each state entered and left. Inputs and outputs are not asked for.
///
/// @param pipelines by whose state machines
record HistoryEvidence(SfnClient states, S3Client s3, List<DeployedPipeline> pipelines) implements EvidenceSource {
    private static final int PAGE = 1_000;
    private static final int DIGITS = "25000".length();

    HistoryEvidence {
        pipelines = List.copyOf(pipelines);
    }

    @Override
    public void read(AuditScope scope, LineSlot lines) throws IOException {
        if (!scope.asks(AuditKind.EXECUTION) && !scope.asks(AuditKind.TRANSITION)) {
            return;
        }
        var machines = states.listStateMachinesPaginator(request -> {}).stateMachines().stream()
                .map(machine -> machine.stateMachineArn())
                .toList();
        for (var pipeline : pipelines) {
            if (!scope.asksPipeline(pipeline.pipeline())) {
                continue;
            }
            var own = Pattern.compile(Pattern.quote(pipeline.machine()) + "(-part-[0-9]+)?");
            for (var machine : machines) {
                if (own.matcher(machine).matches()) {
                    for (var execution : states.listExecutionsPaginator(
                                    request -> request.stateMachineArn(machine).maxResults(PAGE))
                            .executions()) {
                        read(scope, pipeline, execution, lines);
                    }
                }
            }
        }
    }

    private void read(AuditScope scope, DeployedPipeline pipeline, ExecutionListItem execution, LineSlot lines)
            throws IOException {
        if (!execution.startDate().isBefore(scope.to())
                || (execution.stopDate() != null && execution.stopDate().isBefore(scope.from()))) {
            return;
        }
        var arn = execution.executionArn();
        for (var event : states.getExecutionHistoryPaginator(request ->
                        request.executionArn(arn).includeExecutionData(false).maxResults(PAGE))
                .events()) {
            var kind = kind(event.typeAsString());
            if (kind != null && scope.covers(event.timestamp())) {
                lines.add(new EvidenceLine(
                        event.timestamp(), kind, arn + "#" + number(event.id()), details(pipeline, execution, event)));
            }
            if (event.mapRunStartedEventDetails() != null) {
                var map = event.mapRunStartedEventDetails().mapRunArn();
                for (var item : states.listExecutionsPaginator(
                                request -> request.mapRunArn(map).maxResults(PAGE))
                        .executions()) {
                    read(scope, pipeline, item, lines);
                }
            }
        }
    }

    /// As wide as that of the last event that a history can have: the order of texts is that of events.
    private static String number(long id) {
        var digits = Long.toString(id);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    private static @Nullable AuditKind kind(String type) {
        if (type.startsWith("Execution")) {
            return AuditKind.EXECUTION;
        }
        return type.endsWith("StateEntered")
                        || type.endsWith("StateExited")
                        || type.endsWith("StateAborted")
                        || type.startsWith("MapRun")
                ? AuditKind.TRANSITION
                : null;
    }

    private Map<String, @Nullable Object> details(
            DeployedPipeline pipeline, ExecutionListItem execution, HistoryEvent event) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("event", event.typeAsString());
        details.put("execution", execution.executionArn());
        details.put("pipeline", pipeline.pipeline());
        if (event.stateEnteredEventDetails() != null) {
            details.put("state", event.stateEnteredEventDetails().name());
        }
        if (event.stateExitedEventDetails() != null) {
            details.put("state", event.stateExitedEventDetails().name());
        }
        if (event.mapRunStartedEventDetails() != null) {
            details.put("mapRun", event.mapRunStartedEventDetails().mapRunArn());
        }
        // A cause may quote what a task read; the error is a name.
        if (event.executionFailedEventDetails() != null) {
            details.put("error", event.executionFailedEventDetails().error());
        }
        if (event.typeAsString().equals("ExecutionStarted")) {
            details.put("stateMachine", execution.stateMachineArn());
            details.put("version", execution.stateMachineVersionArn());
            details.put("startedBy", starter(pipeline, Arn.last(execution.executionArn())));
        }
        return details;
    }

    /// Who started an execution, as the start function wrote it down; null where it did not.
    private @Nullable Object starter(DeployedPipeline pipeline, String name) {
        try {
            return Json.parse(s3.getObjectAsBytes(request ->
                            request.bucket(pipeline.stateBucket()).key(StateKeys.start(pipeline.pipeline(), name)))
                    .asByteArray());
        } catch (NoSuchKeyException | NoSuchBucketException | JsonException | IllegalArgumentException e) {
            return null;
        }
    }
}
