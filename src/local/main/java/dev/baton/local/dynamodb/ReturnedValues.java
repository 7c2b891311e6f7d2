package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.expression.DocumentPath;
import dev.baton.local.dynamodb.expression.ItemProjection;
import dev.baton.local.dynamodb.item.Attribute;
import java.util.List;
import java.util.Map;

/// What an answer to a write has of the item, as `ReturnValues` says.
enum ReturnedValues {
    NONE,
    ALL_OLD,
    UPDATED_OLD,
    ALL_NEW,
    UPDATED_NEW;

    /// @param targets what an update changed
    Map<String, Attribute> of(ItemWrite.Result result, List<DocumentPath> targets) {
        return switch (this) {
            case NONE -> Map.of();
            case ALL_OLD -> result.old();
            case ALL_NEW -> result.now();
            case UPDATED_OLD -> ItemProjection.of(targets).of(result.old());
            case UPDATED_NEW -> ItemProjection.of(targets).of(result.now());
        };
    }
}
