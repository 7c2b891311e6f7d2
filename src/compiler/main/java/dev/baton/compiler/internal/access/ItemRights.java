package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.TaskClass;
import dev.baton.task.DynamoDbTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The rights to the items of tables that are outputs: to put one's own, and to see whether it is as it was put.
record ItemRights(DynamoDbTarget target, List<String> partitions) {
    /// With more than so many values of what is constant in a node, one pattern stands for all.
    private static final int MOST_PATTERNS = 6;

    /// Of a class whose outputs are items.
    static Optional<ItemRights> of(TaskClass type) {
        var targets = new ArrayList<DynamoDbTarget>();
        var partitions = new TreeSet<String>();
        for (var node : type.nodes()) {
            node.itemTarget().ifPresent(target -> {
                targets.add(target);
                partitions.add(target.partitions(node.constants()));
            });
        }
        for (var items : type.items()) {
            items.itemTarget().ifPresent(target -> {
                targets.add(target);
                partitions.add(target.partitions(Map.of()));
            });
        }
        return targets.stream()
                .findFirst()
                .map(target -> new ItemRights(
                        target,
                        partitions.size() <= MOST_PATTERNS
                                ? List.copyOf(partitions)
                                : List.of(target.partitions(Map.of()))));
    }

    /// To put the item, and to look at it before.
    PolicyStatement put() {
        return onlyTheirs(PolicyStatement.allow("PutItem", List.of("dynamodb:GetItem", "dynamodb:PutItem"), table()));
    }

    /// To see who put the item and what, and nothing of what is in it.
    PolicyStatement see(String sid) {
        var names = new ArrayList<String>();
        names.add(DynamoDbTarget.MARK);
        names.add(target.partition().name());
        target.sort().ifPresent(key -> names.add(key.name()));
        // An item that is asked for whole names no attributes but those of its key.
        return onlyTheirs(PolicyStatement.allow(sid, List.of("dynamodb:GetItem"), table()))
                .when("StringEqualsIfExists", "dynamodb:Select", List.of("SPECIFIC_ATTRIBUTES"))
                .when("ForAllValues:StringEquals", "dynamodb:Attributes", names)
                .when("Null", "dynamodb:Attributes", List.of("false"));
    }

    private List<String> table() {
        return List.of("arn:${Partition}:dynamodb:${Region}:${AccountId}:table/" + target.table());
    }

    /// ForAllValues holds where the key is missing altogether: so it must not be missing.
    private PolicyStatement onlyTheirs(PolicyStatement statement) {
        return statement
                .when("ForAllValues:StringLike", "dynamodb:LeadingKeys", partitions)
                .when("Null", "dynamodb:LeadingKeys", List.of("false"));
    }
}
