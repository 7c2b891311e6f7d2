package dev.baton.engine.internal.prepare;

import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.map.MapItems;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.engine.internal.query.ConstantValue;
import dev.baton.engine.internal.query.ContextObject;
import dev.baton.engine.internal.query.Evaluable;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.JsonataValue;
import dev.baton.engine.internal.query.PathSource;
import dev.baton.engine.internal.query.TemplateCompiler;
import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The items of a Map state in its data, and what it makes of each.
public final class ItemSource {
    private final QueryLanguage language;
    private final @Nullable PathSource itemsPath;
    private final @Nullable Evaluable items;
    private final @Nullable Evaluable selector;

    ItemSource(
            QueryLanguage language,
            @Nullable String itemsPath,
            @Nullable PayloadTemplate items,
            @Nullable PayloadTemplate selector) {
        this.language = language;
        this.itemsPath = itemsPath == null ? null : PathSource.parse(itemsPath);
        this.items = TemplateCompiler.compileIf(language, items, "Items");
        this.selector = TemplateCompiler.compileIf(language, selector, "ItemSelector");
    }

    /// The items.
    ///
    /// @param effective the state's effective input
    /// @throws StateFailure when there is no array
    List<?> items(FieldScope at, @Nullable Object effective) {
        var found = found(at, effective);
        var array = array(found);
        made(at, found);
        return array;
    }

    /// The same for a distributed Map, which also iterates over the members of an object.
    MapItems distributedItems(FieldScope at, @Nullable Object effective) {
        var value = found(at, effective);
        var all = value instanceof Map<?, ?> object ? MapItems.ofState(object) : MapItems.ofState(array(value));
        made(at, value);
        return all;
    }

    private void made(FieldScope at, @Nullable Object found) {
        if (language == QueryLanguage.JSONPATH) {
            at.surroundings().made("afterItemsPath", found);
        }
    }

    /// The value where the items should be.
    public @Nullable Object found(FieldScope at, @Nullable Object effective) {
        return switch (language) {
            case JSONPATH -> atPath(at, effective);
            case JSONATA -> items == null ? effective : items.evaluate(at);
        };
    }

    private @Nullable Object atPath(FieldScope at, @Nullable Object effective) {
        if (itemsPath == null) {
            return effective;
        }
        var value = itemsPath.find(at);
        if (value == MissingValue.MISSING) {
            throw StateFailure.runtime("Invalid path '" + itemsPath.text() + "' : " + itemsPath.whyMissing(at));
        }
        return value;
    }

    private List<?> array(@Nullable Object value) {
        if (value instanceof List<?> array) {
            return array;
        }
        if (language == QueryLanguage.JSONPATH) {
            throw StateFailure.runtime(
                    "Reference path \"" + (itemsPath == null ? "$" : itemsPath.text()) + "\" must point to array.");
        }
        if (items == null) {
            throw StateFailure.evaluation(null, "Map state input must be an array but was: " + Json.print(value));
        }
        throw items instanceof JsonataValue expression
                ? expression.unexpected("array", value)
                : StateFailure.evaluation("Items", "The field 'Items' must be an array, but was: " + Json.print(value));
    }

    /// The input of an iteration.
    ///
    /// @param context the context object with the item in it
    public @Nullable Object selected(FieldScope at, ContextObject context, @Nullable Object item) {
        return switch (selector) {
            case null -> item;
            case ConstantValue constant -> constant.value();
            default -> selector.evaluate(new FieldScope(at.surroundings().with(context), at.input()));
        };
    }
}
