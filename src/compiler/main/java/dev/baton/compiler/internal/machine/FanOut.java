package dev.baton.compiler.internal.machine;

import dev.baton.asl.ItemProcessor;
import dev.baton.asl.ItemReader;
import dev.baton.asl.MapState;
import dev.baton.asl.Operand;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.ProcessorConfig;
import dev.baton.asl.ReaderConfig;
import dev.baton.asl.ResultWriter;
import dev.baton.asl.ResultWriter.WriterConfig;
import dev.baton.asl.State;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.compiler.internal.ResourceNames;
import dev.baton.run.TaskInvocation.Part;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Writes a node that expands when it runs as three states: its function lists the items, a distributed Map runs one
/// execution for each, in which the function of the items' class or a container does the work, and the node's function
/// closes.
///
/// Neither items nor results pass through the states: the list is an object that the Map reads, the results are objects
/// that it writes, and the states hand on their keys.
///
/// @param node how the states name the node
record FanOut(StateSpec work, MapExpansion expansion, Object node, StateScope scope) implements StateSequence {
    private static final int LONGEST_LABEL = 40;

    @Override
    public String firstName() {
        return "Expand " + scope.stateName(work);
    }

    @Override
    public void write(
            String first, StateNames names, Transition after, boolean tellsResult, SequencedMap<String, State> into) {
        var named = scope.stateName(work);
        var map = names.take("Each " + expansion.item().kind() + " of " + named);
        var last = names.take(named);
        into.put(first, expand(Transition.next(map)));
        into.put(map, map(names, Transition.next(last)));
        into.put(last, close(after, tellsResult));
    }

    private State expand(Transition next) {
        return TaskState.builder(MachineWriter.INVOKE)
                .comment("Lists the tasks into which " + work.id() + " expands")
                .arguments(MachineWriter.invocation(work.function(), TaskPayload.of(node, scope, Part.EXPAND)))
                .timeoutSeconds(work.timeoutSeconds())
                .retry(StateRetriers.of(work))
                .output(new PayloadTemplate(MachineWriter.RESULT))
                .transition(next)
                .build();
    }

    private State map(StateNames names, Transition next) {
        var item = expansion.item();
        var states = new LinkedHashMap<String, State>();
        var first = items(names, states);
        var selected = new LinkedHashMap<String, @Nullable Object>();
        selected.put("run", scope.run());
        selected.put("item", "{% $states.context.Map.Item.Value %}");
        var list = new LinkedHashMap<String, @Nullable Object>();
        list.put("Bucket", "${StateBucket}");
        list.put("Key", "{% $states.input.items %}");
        var results = new LinkedHashMap<String, @Nullable Object>();
        results.put("Bucket", "${StateBucket}");
        results.put("Prefix", "{% $states.input.results %}");
        var output = new LinkedHashMap<String, @Nullable Object>();
        output.put("results", "{% $states.result.ResultWriterDetails.Key %}");
        var map = MapState.builder(
                        ItemProcessor.of(ProcessorConfig.distributed(StateMachineType.STANDARD), first, states))
                .comment(item.comment())
                .label(label())
                .itemReader(new ItemReader(
                        "arn:${Partition}:states:::s3:getObject",
                        ReaderConfig.of("JSON"),
                        null,
                        new PayloadTemplate(list),
                        Collections.emptyNavigableMap()))
                .itemSelector(new PayloadTemplate(selected))
                .maxConcurrency(MachineWriter.concurrency(expansion.concurrency()))
                .resultWriter(new ResultWriter(
                        "arn:${Partition}:states:::s3:putObject",
                        new WriterConfig("COMPACT", "JSONL", Collections.emptyNavigableMap()),
                        null,
                        new PayloadTemplate(results),
                        Collections.emptyNavigableMap()))
                .output(new PayloadTemplate(output))
                .transition(next);
        if (expansion.toleratedFailurePercentage() > 0) {
            map.toleratedFailurePercentage(Operand.of(expansion.toleratedFailurePercentage()));
        }
        return map.build();
    }

    /// The name of the Map Runs, in the ARNs of their executions.
    private String label() {
        var plain = work.id().replaceAll("[^A-Za-z0-9_-]+", "-");
        return plain.equals(work.id()) && plain.length() <= LONGEST_LABEL
                ? plain
                : plain.substring(0, Math.min(plain.length(), LONGEST_LABEL - 9)) + "-" + hash();
    }

    private String hash() {
        return ResourceNames.hash(work.id(), 8);
    }

    /// Appends the states of one item.
    ///
    /// @return the name of the first
    private String items(StateNames names, SequencedMap<String, State> into) {
        var item = expansion.item();
        if (item.place() == null) {
            var name = names.take(item.kind());
            into.put(name, item());
            return name;
        }
        var asking = new DelegatedStates(item, item.place(), node, new StateScope.Expanded(node));
        var first = names.take(asking.firstName());
        asking.write(first, names, Transition.END, true, into);
        return first;
    }

    private State item() {
        var item = expansion.item();
        return TaskState.builder(MachineWriter.INVOKE)
                .comment(item.comment())
                .arguments(MachineWriter.invocation(
                        item.function(), TaskPayload.of(node, new StateScope.Expanded(node), Part.ITEM)))
                .timeoutSeconds(item.timeoutSeconds())
                .retry(StateRetriers.of(item))
                .output(new PayloadTemplate(MachineWriter.RESULT))
                .transition(Transition.END)
                .build();
    }

    private State close(Transition next, boolean tellsResult) {
        var payload = TaskPayload.of(node, scope, Part.CLOSE);
        payload.put("results", "{% $states.input.results %}");
        return TaskState.builder(MachineWriter.INVOKE)
                .comment(work.comment())
                .arguments(MachineWriter.invocation(work.function(), payload))
                .timeoutSeconds(work.timeoutSeconds())
                .retry(StateRetriers.of(work))
                .output(new PayloadTemplate(tellsResult ? MachineWriter.RESULT : scope.output(next)))
                .transition(next)
                .build();
    }
}
