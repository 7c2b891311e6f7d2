package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.expression.ItemCondition;
import dev.baton.local.dynamodb.expression.UpdatePlan;
import dev.baton.local.dynamodb.item.Attribute;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A write of one item, with the condition that it depends on.
///
/// @param names the attributes of the key
/// @param condition nothing where it depends on none
/// @param failureShown whether an answer shows the item that the condition did not hold for
record ItemWrite(
        StoredTable table,
        RowKey key,
        Map<String, Attribute> names,
        Effect effect,
        @Nullable ItemCondition condition,
        boolean failureShown) {

    /// What a write does.
    sealed interface Effect {}

    record Put(Map<String, Attribute> item) implements Effect {}

    record Update(UpdatePlan plan) implements Effect {}

    record Delete() implements Effect {}

    /// Does nothing but look at the condition.
    record Check() implements Effect {}

    /// What became of an item.
    ///
    /// @param before nothing where there was none
    /// @param after nothing where there is none
    record Result(@Nullable StoredItem before, @Nullable StoredItem after) {
        Map<String, Attribute> old() {
            return before == null ? Map.of() : before.attributes();
        }

        Map<String, Attribute> now() {
            return after == null ? Map.of() : after.attributes();
        }
    }
}
