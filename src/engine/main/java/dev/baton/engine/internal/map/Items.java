package dev.baton.engine.internal.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The items of a Map Run in their order, and where each is from.
public final class Items {
    /// How the context object calls the state's own data.
    private static final String STATE_DATA = "STATE_DATA";

    private final List<?> values;
    /// By the index of the first item that is from there.
    private final NavigableMap<Integer, Origin> origins;

    /// @param source as the context object calls it: `S3://bucket/key`
    /// @param members whether the items are an object's members and not an array's elements
    private record Origin(String source, boolean members) {}

    private Items(List<?> values, NavigableMap<Integer, Origin> origins) {
        this.values = values;
        this.origins = origins;
    }

    private static Items of(List<?> values, Origin origin) {
        var origins = new TreeMap<Integer, Origin>();
        origins.put(0, origin);
        return new Items(values, origins);
    }

    /// An array's elements.
    static Items elements(List<?> array, String source) {
        return of(array, new Origin(source, false));
    }

    /// An object's members; an iteration gets each as a pair of `Key` and `Value`.
    static Items members(Map<?, ?> object, String source) {
        var pairs = new ArrayList<Map<String, @Nullable Object>>();
        object.forEach((key, value) -> {
            var pair = new LinkedHashMap<String, @Nullable Object>();
            pair.put("Key", key);
            pair.put("Value", value);
            pairs.add(pair);
        });
        return of(pairs, new Origin(source, true));
    }

    public static Items ofState(List<?> array) {
        return elements(array, STATE_DATA);
    }

    public static Items ofState(Map<?, ?> object) {
        return members(object, STATE_DATA);
    }

    static Items joined(List<Items> parts) {
        var values = new ArrayList<Object>();
        var origins = new TreeMap<Integer, Origin>();
        for (var part : parts) {
            var start = values.size();
            values.addAll(part.values);
            part.origins.forEach((index, origin) -> origins.put(start + index, origin));
        }
        return new Items(values, origins);
    }

    /// As a JSON value, for a journal.
    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("values", values);
        json.put(
                "origins",
                origins.entrySet().stream()
                        .map(each -> List.of(
                                each.getKey().longValue(),
                                each.getValue().source(),
                                each.getValue().members()))
                        .toList());
        return json;
    }

    /// What [#json] gave.
    static Items ofJson(Map<?, ?> json) {
        var origins = new TreeMap<Integer, Origin>();
        for (var each : (List<?>) Objects.requireNonNull(json.get("origins"))) {
            var origin = (List<?>) each;
            origins.put(
                    ((Number) origin.get(0)).intValue(),
                    new Origin(String.valueOf(origin.get(1)), Boolean.TRUE.equals(origin.get(2))));
        }
        return new Items((List<?>) Objects.requireNonNull(json.get("values")), origins);
    }

    Items first(long count) {
        return values.size() <= count ? this : new Items(values.subList(0, (int) count), origins);
    }

    public int size() {
        return values.size();
    }

    public List<?> values() {
        return values;
    }

    /// `Map.Item` of the context object.
    ///
    /// See the developer guide, *Context object data for Map states*: `Key` is there for the members of objects only.
    public Map<String, @Nullable Object> shown(int index) {
        var origin = Objects.requireNonNull(origins.floorEntry(index)).getValue();
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("Index", (long) index);
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
