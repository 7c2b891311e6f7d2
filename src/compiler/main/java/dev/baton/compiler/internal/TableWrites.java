package dev.baton.compiler.internal;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.compiler.internal.policy.Globs;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.graph.ItemNodes;
import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import dev.baton.task.Access;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.service.DynamoDbPut;
import dev.baton.task.service.DynamoDbUpdate;
import dev.baton.task.service.ServiceCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A declared write to a table: nobody writes so where the outputs of tasks are items.
///
/// @param table its name
/// @param partitionKeys those that may be written; empty for all
record TableWrites(String table, List<String> partitionKeys) {
    private static final Set<String> READS =
            Set.of("GetItem", "BatchGetItem", "Query", "Scan", "ConditionCheckItem", "DescribeTable");

    /// Of an access that `uses()` declares.
    static Optional<TableWrites> of(Access.TableItems items) {
        return READS.containsAll(items.operations())
                ? Optional.empty()
                : Optional.of(new TableWrites(items.table(), items.partitionKeys()));
    }

    /// Of a service's call.
    static Optional<TableWrites> of(ServiceCall call) {
        var keys = call.leadingKey().stream().toList();
        return switch (call) {
            case DynamoDbPut put -> Optional.of(new TableWrites(put.table(), keys));
            case DynamoDbUpdate update -> Optional.of(new TableWrites(update.table(), keys));
            default -> Optional.empty();
        };
    }

    /// What is wrong with it in a pipeline.
    List<Diagnostic> findings(String place, TaskGraph graph) {
        var found = new LinkedHashMap<String, Diagnostic>();
        graph.nodes().stream()
                .flatMap(TableWrites::owned)
                .filter(this::meets)
                .forEach(owned -> found.putIfAbsent(
                        owned.owner(), CompilerFindings.writesItem(place, table, owned.owner(), owned.partitions())));
        return List.copyOf(found.values());
    }

    private boolean meets(Owned owned) {
        return owned.table().equals(table)
                && (partitionKeys.isEmpty()
                        || partitionKeys.stream().anyMatch(key -> Globs.covers(owned.partitions(), key)));
    }

    private static Stream<Owned> owned(TaskNode node) {
        return Stream.concat(
                node.itemTarget().stream().map(target -> Owned.of(node.taskClass(), target, node.constants())),
                node.items().stream().flatMap(TableWrites::owned));
    }

    private static Stream<Owned> owned(ItemNodes items) {
        return items.itemTarget().stream().map(target -> Owned.of(items.itemClass(), target, Map.of()));
    }

    /// The items that are some task's outputs.
    ///
    /// @param partitions the pattern of their partition keys
    private record Owned(String owner, String table, String partitions) {
        static Owned of(Class<?> owner, DynamoDbTarget target, Map<String, String> known) {
            return new Owned(owner.getSimpleName(), target.table(), target.partitions(known));
        }
    }
}
