package dev.baton.engine.internal.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Items of a Map Run in their order, and where each is from: all of them, or some of many that are read by and by.
public final class MapItems {
    /// The context object's name for the state's own data.
    private static final String STATE_DATA = "STATE_DATA";

    private final List<?> values;
    private final Origins origins;
    private final boolean more;

    /// The sources of items.
    static final class Origins {
        /// By the index of the first item that is from there.
        private final NavigableMap<Integer, Origin> byFirst = new TreeMap<>();

        /// The item of that index, the next one, is from there.
        void add(int index, String source, boolean member) {
            var last = byFirst.lastEntry();
            if (last == null
                    || !last.getValue().source().equals(source)
                    || last.getValue().members() != member) {
                byFirst.put(index, new Origin(source, member));
            }
        }

        private Origin of(int index) {
            return Objects.requireNonNull(byFirst.floorEntry(index)).getValue();
        }
    }

    /// @param source as the context object calls it: `S3://bucket/key`
    /// @param members whether the items are an object's members and not an array's elements
    private record Origin(String source, boolean members) {}

    /// @param more whether others come after these
    MapItems(List<?> values, Origins origins, boolean more) {
        this.values = values;
        this.origins = origins;
        this.more = more;
    }

    private static MapItems of(List<?> values, boolean members) {
        var origins = new Origins();
        origins.add(0, STATE_DATA, members);
        return new MapItems(values, origins, false);
    }

    public static MapItems ofState(List<?> array) {
        return of(array, false);
    }

    public static MapItems ofState(Map<?, ?> object) {
        return of(members(object), true);
    }

    /// An object's members; an iteration gets each as a pair of `Key` and `Value`.
    static List<Map<String, @Nullable Object>> members(Map<?, ?> object) {
        var pairs = new ArrayList<Map<String, @Nullable Object>>();
        object.forEach((key, value) -> {
            var pair = new LinkedHashMap<String, @Nullable Object>();
            pair.put("Key", key);
            pair.put("Value", value);
            pairs.add(pair);
        });
        return pairs;
    }

    /// As a JSON value, for a journal.
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("values", values);
        json.put(
                "origins",
                origins.byFirst.entrySet().stream()
                        .map(each -> List.of(
                                each.getKey().longValue(),
                                each.getValue().source(),
                                each.getValue().members()))
                        .toList());
        if (more) {
            json.put("more", true);
        }
        return json;
    }

    /// The items that [#json] gave.
    public static MapItems ofJson(Map<?, ?> json) {
        var origins = new Origins();
        for (var each : (List<?>) Objects.requireNonNull(json.get("origins"))) {
            var origin = (List<?>) each;
            origins.add(
                    ((Number) origin.get(0)).intValue(),
                    String.valueOf(origin.get(1)),
                    Boolean.TRUE.equals(origin.get(2)));
        }
        return new MapItems(
                (List<?>) Objects.requireNonNull(json.get("values")), origins, Boolean.TRUE.equals(json.get("more")));
    }

    public int size() {
        return values.size();
    }

    /// Whether others come after these.
    public boolean more() {
        return more;
    }

    public List<?> values() {
        return values;
    }

    public String source(int index) {
        return origins.of(index).source();
    }

    /// `Map.Item` of the context object.
    ///
    /// See the developer guide, *Context object data for Map states*: `Key` is there for the members of objects only.
    ///
    /// @param index of the item among these
    /// @param before how many items came before these
    public Map<String, @Nullable Object> shown(int index, long before) {
        var origin = origins.of(index);
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("Index", before + index);
        if (origin.members() && values.get(index) instanceof Map<?, ?> pair) {
            shown.put("Key", pair.get("Key"));
            shown.put("Value", pair.get("Value"));
        } else {
            shown.put("Value", values.get(index));
        }
        shown.put("Source", origin.source());
        return shown;
    }
}
