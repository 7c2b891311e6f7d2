package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiInput;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The condition keys of a request for items, such as `dynamodb:LeadingKeys`.
///
/// See [condition keys](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
final class ItemAccess {
    private final RequestContext.Builder context = RequestContext.builder();
    private final Set<String> attributes = new TreeSet<>();
    private final Set<String> leadingKeys = new LinkedHashSet<>();

    /// @param input of which `ReturnValues` and `ReturnConsumedCapacity` are condition keys
    ItemAccess(ApiInput input) {
        context.put("dynamodb:ReturnValues", input.text("ReturnValues"));
        context.put("dynamodb:ReturnConsumedCapacity", input.text("ReturnConsumedCapacity"));
    }

    /// @param table nothing where there is none
    /// @param item with the key of the item that is asked for
    ItemAccess key(@Nullable StoredTable table, Map<String, Attribute> item) {
        attributes.addAll(item.keySet());
        if (table != null) {
            var value = item.get(table.definition().keys().partition().name());
            if (value != null) {
                leading(value);
            }
        }
        return this;
    }

    void leading(Attribute value) {
        leadingKeys.add(
                switch (value) {
                    case Attribute.S text -> text.value();
                    case Attribute.N number -> number.text();
                    default -> value.toString();
                });
    }

    ItemAccess attributes(Collection<String> names) {
        attributes.addAll(names);
        return this;
    }

    /// @param select such as `SPECIFIC_ATTRIBUTES`
    ItemAccess select(String select) {
        context.put("dynamodb:Select", select);
        return this;
    }

    ItemAccess put(String key, String value) {
        context.put(key, value);
        return this;
    }

    RequestContext keys() {
        if (!leadingKeys.isEmpty()) {
            context.put("dynamodb:LeadingKeys", List.copyOf(leadingKeys));
        }
        if (!attributes.isEmpty()) {
            context.put("dynamodb:Attributes", List.copyOf(attributes));
        }
        return context.build();
    }
}
