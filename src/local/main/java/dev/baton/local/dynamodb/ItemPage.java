package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.ItemSize;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A page of the items that a query or a scan finds: up to 1 MB is read for it, or as many items as the request says.
final class ItemPage {
    private static final int LARGEST = 1 << 20;

    private final TableDefinition table;
    private final ItemSelection selection;
    private final List<Map<String, Object>> items = new ArrayList<>();
    private int count;
    private int scanned;
    private long bytes;
    private @Nullable Map<String, Attribute> last;

    ItemPage(TableDefinition table, ItemSelection selection) {
        this.table = table;
        this.selection = selection;
    }

    /// @param limit how many items are looked at; 0 for as many as there is room for
    void fill(Iterable<StoredItem> found, int limit) {
        for (var item : found) {
            var read = selection.read(item, table);
            scanned++;
            bytes += read == item.attributes() ? item.size() : ItemSize.of(read);
            if (selection.holds(read)) {
                count++;
                if (!selection.isCount()) {
                    items.add(Attribute.json(selection.shown(read)));
                }
            }
            if (scanned == limit || bytes >= LARGEST) {
                last = StartKey.of(item.attributes(), table, selection.index());
                return;
            }
        }
    }

    Map<String, @Nullable Object> answer(ApiInput input) {
        var answer = new JsonAnswer().put("Count", count);
        if (!selection.isCount()) {
            answer.put("Items", items);
        }
        if (last != null) {
            answer.put("LastEvaluatedKey", Attribute.json(last));
        }
        answer.put("ScannedCount", scanned);
        new ConsumedUnits(table, false)
                .read(selection.index(), bytes, input.flag("ConsistentRead"))
                .answer(input, answer);
        return answer.map();
    }
}
