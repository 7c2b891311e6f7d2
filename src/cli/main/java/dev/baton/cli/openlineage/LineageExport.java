package dev.baton.cli.openlineage;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.lineage.LineageFindings;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.lambda.lineage.ArchivedRecord;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.lambda.lineage.RecordVersion;
import dev.baton.run.CompletionRecord;
import dev.baton.run.RunReference;
import io.openlineage.client.OpenLineage.RunEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// The telling of runs: what was made, by the completion records; what failed, was broken off or runs, by the histories
/// of executions. It reads only. Asked again, it tells what is new.
public final class LineageExport {
    private static final int BATCH = 500;

    private final ExportPlace place;
    private final Scope scope;
    private final LineageSink sink;
    private final Consumer<Diagnostic> warnings;
    private final RecordEvents ofRecords;
    private final ExecutionRunEvents ofExecutions;

    /// Versions of records that were read.
    private final Set<String> read = new HashSet<>();
    /// Executions that had ended when they were told of, each time that they did.
    private final Set<String> ended = new HashSet<>();
    /// Events of executions that were told.
    private final Set<String> told = new HashSet<>();

    private final Set<UUID> begun = new HashSet<>();
    private int events;

    /// What is told of.
    ///
    /// @param pipelines their names
    /// @param execution the ARN of the one execution that is meant; null for all
    /// @param since of what ended earlier nothing is told
    public record Scope(Set<String> pipelines, @Nullable String execution, Instant since) {
        public Scope {
            pipelines = Set.copyOf(pipelines);
        }
    }

    /// @param namespace of the jobs; null for that of the environment
    /// @param warnings takes what cannot be read
    public LineageExport(
            ExportPlace place,
            KnownTasks tasks,
            Scope scope,
            @Nullable String namespace,
            LineageSink sink,
            Consumer<Diagnostic> warnings) {
        this.place = place;
        this.scope = scope;
        this.sink = sink;
        this.warnings = warnings;
        var prefix = place.endpoint().prefix();
        var parts = new EventParts(new JobNames(namespace, prefix.word()), tasks, place.buckets());
        ofRecords = new RecordEvents(parts);
        ofExecutions = new ExecutionRunEvents(parts, prefix.names());
    }

    /// Tells what is new.
    ///
    /// @return how many events
    public int tell() throws IOException, InterruptedException {
        events = 0;
        var run = run();
        for (var name : scope.pipelines()) {
            var pipeline = place.pipeline(name);
            if (pipeline.isPresent()) {
                tell(pipeline.get(), run);
            }
        }
        for (var archive : place.archives()) {
            tell(archive, run);
        }
        sink.flush();
        return events;
    }

    /// The run that is meant; null for all.
    private @Nullable String run() {
        if (scope.execution() == null) {
            return null;
        }
        var execution = described(scope.execution());
        return RunReference.id(execution.name(), execution.startDate());
    }

    private void tell(DeployedPipeline pipeline, @Nullable String run) throws IOException, InterruptedException {
        if (scope.execution() != null) {
            var execution = described(scope.execution());
            if (execution.stopDate() == null || !execution.stopDate().isBefore(scope.since())) {
                tell(pipeline, execution, run);
            }
        } else {
            for (var execution : executions(pipeline.machine())) {
                tell(pipeline, described(execution.executionArn()), run);
            }
        }
        var part = Pattern.compile(Pattern.quote(pipeline.machine()) + "-part-[0-9]+");
        for (var machine : states().listStateMachinesPaginator(request -> {}).stateMachines()) {
            if (part.matcher(machine.stateMachineArn()).matches()) {
                for (var execution : executions(machine.stateMachineArn())) {
                    tellAttempts(described(execution.executionArn()), run);
                }
            }
        }
    }

    private SfnClient states() {
        return place.endpoint().states();
    }

    private DescribeExecutionResponse described(String arn) {
        return states().describeExecution(request -> request.executionArn(arn));
    }

    /// Of a state machine, those that are not done with, the oldest first.
    private List<ExecutionListItem> executions(String machine) {
        var executions = new ArrayList<>(
                states().listExecutionsPaginator(request -> request.stateMachineArn(machine)).executions().stream()
                        .filter(execution -> execution.stopDate() == null
                                || !execution.stopDate().isBefore(scope.since()))
                        .filter(execution -> !ended.contains(
                                end(execution.executionArn(), execution.stopDate(), execution.redriveCount())))
                        .toList());
        return executions.reversed();
    }

    private static String end(String arn, @Nullable Instant stopped, @Nullable Integer redrives) {
        return arn + " " + stopped + " " + redrives;
    }

    private void tell(DeployedPipeline pipeline, DescribeExecutionResponse execution, @Nullable String run)
            throws IOException, InterruptedException {
        emit(ofExecutions.ofRun(pipeline.pipeline(), execution));
        tellAttempts(execution, run);
    }

    private void tellAttempts(DescribeExecutionResponse execution, @Nullable String run)
            throws IOException, InterruptedException {
        var arn = execution.executionArn();
        var history =
                states()
                        .getExecutionHistoryPaginator(
                                request -> request.executionArn(arn).maxResults(1000))
                        .events()
                        .stream()
                        .toList();
        var attempts = AttemptHistory.of(history).stream()
                .filter(attempt ->
                        run == null || run.equals(attempt.invocation().run().run()))
                .toList();
        emit(ofExecutions.ofAttempts(arn, attempts, execution.stopDate(), begun::contains));
        for (var event : history) {
            if (event.typeAsString().equals("MapRunStarted")) {
                tellItems(event, run);
            }
        }
        if (execution.stopDate() != null) {
            ended.add(end(arn, execution.stopDate(), execution.redriveCount()));
        }
    }

    /// Of the items of a distributed Map those that failed: each is an execution, and there may be thousands.
    private void tellItems(HistoryEvent event, @Nullable String run) throws IOException, InterruptedException {
        var map = event.mapRunStartedEventDetails().mapRunArn();
        for (var item : states().listExecutionsPaginator(
                        request -> request.mapRunArn(map).statusFilter(ExecutionStatus.FAILED))
                .executions()) {
            if (!ended.contains(end(item.executionArn(), item.stopDate(), item.redriveCount()))) {
                tellAttempts(described(item.executionArn()), run);
            }
        }
    }

    private void tell(RecordArchive archive, @Nullable String run) throws IOException, InterruptedException {
        var batch = new ArrayList<RecordVersion>();
        var places = archive.list().iterator();
        while (places.hasNext()) {
            var version = places.next();
            if (read.add(version.key() + " " + version.version() + " " + version.etag())) {
                batch.add(version);
            }
            if (batch.size() == BATCH || (!places.hasNext() && !batch.isEmpty())) {
                for (var record : archive.read(batch)) {
                    switch (record) {
                        case ArchivedRecord.Intact intact -> tell(intact.record(), run);
                        case ArchivedRecord.Unreadable unreadable ->
                            warnings.accept(LineageFindings.unreadable(unreadable));
                    }
                }
                batch.clear();
            }
        }
    }

    private void tell(CompletionRecord record, @Nullable String run) throws IOException, InterruptedException {
        if (scope.pipelines().contains(record.pipeline())
                && !record.endedAt().isBefore(scope.since())
                && (run == null || run.equals(record.run()))) {
            for (var event : ofRecords.of(record)) {
                sink.emit(event);
                events++;
            }
        }
    }

    private void emit(List<RunEvent> some) throws IOException, InterruptedException {
        for (var event : some) {
            var id = event.getRun().getRunId();
            if (told.add(id + " " + event.getEventType() + " " + event.getEventTime())) {
                if (event.getEventType() == RunEvent.EventType.START) {
                    begun.add(id);
                }
                sink.emit(event);
                events++;
            }
        }
    }
}
