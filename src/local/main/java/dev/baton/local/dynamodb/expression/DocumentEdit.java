package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.ItemErrors;
import dev.baton.local.http.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The edit of an item: puts values into it and takes them away. What is changed is made anew, all else is shared
/// with the item before.
final class DocumentEdit {
    private DocumentEdit() {}

    /// @param value nothing to take away what is there
    static void put(Map<String, Attribute> item, DocumentPath path, @Nullable Attribute value) {
        var name = path.attribute();
        if (path.isWhole()) {
            if (value == null) {
                item.remove(name);
            } else {
                item.put(name, value);
            }
            return;
        }
        var whole = item.get(name);
        if (whole == null) {
            throw invalidPath();
        }
        item.put(name, within(whole, path.steps(), 1, value));
    }

    private static Attribute within(
            Attribute container, List<DocumentPath.Step> steps, int at, @Nullable Attribute value) {
        boolean last = at == steps.size() - 1;
        @Nullable Attribute there = DocumentPath.step(container, steps.get(at));
        if (!last && there == null) {
            throw invalidPath();
        }
        var next = last || there == null ? value : within(there, steps, at + 1, value);
        return switch (steps.get(at)) {
            case DocumentPath.Member member
            when container instanceof Attribute.M map -> {
                var values = new LinkedHashMap<>(map.values());
                if (next == null) {
                    values.remove(member.name());
                } else {
                    values.put(member.name(), next);
                }
                yield new Attribute.M(values);
            }
            case DocumentPath.Element element
            when container instanceof Attribute.L list ->
                new Attribute.L(elements(list.values(), element.index(), next));
            default -> throw invalidPath();
        };
    }

    /// Beyond the end, a value is put at the end.
    private static List<Attribute> elements(List<Attribute> list, int index, @Nullable Attribute value) {
        var values = new ArrayList<>(list);
        if (value == null) {
            if (index < values.size()) {
                values.remove(index);
            }
        } else if (index < values.size()) {
            values.set(index, value);
        } else {
            values.add(value);
        }
        return values;
    }

    private static AwsError invalidPath() {
        return ItemErrors.validation("The document path provided in the update expression is invalid for update");
    }
}
