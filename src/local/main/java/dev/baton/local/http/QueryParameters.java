package dev.baton.local.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The parameters of a query string or of a form, decoded, in their order. Names keep their case.
public final class QueryParameters {
    private final List<String> names = new ArrayList<>(4);
    private final List<String> values = new ArrayList<>(4);

    /// The parameters of a query string as it was sent. `+` is a blank, as AWS's services read it.
    ///
    /// @throws AwsError where the percent-coding is broken
    public static QueryParameters parse(String raw) {
        var parameters = new QueryParameters();
        int start = 0;
        while (start < raw.length()) {
            int end = raw.indexOf('&', start);
            if (end < 0) {
                end = raw.length();
            }
            if (end > start) {
                int equals = raw.indexOf('=', start);
                if (equals < 0 || equals > end) {
                    equals = end;
                }
                parameters.names.add(PercentCode.decodeForm(raw.substring(start, equals)));
                parameters.values.add(equals == end ? "" : PercentCode.decodeForm(raw.substring(equals + 1, end)));
            }
            start = end + 1;
        }
        return parameters;
    }

    /// The first value, empty for a name without `=`.
    public @Nullable String get(String name) {
        int at = names.indexOf(name);
        return at < 0 ? null : values.get(at);
    }

    public String get(String name, String otherwise) {
        var value = get(name);
        return value == null ? otherwise : value;
    }

    /// All values, in their order.
    public List<String> all(String name) {
        var all = new ArrayList<String>();
        each((each, value) -> {
            if (each.equals(name)) {
                all.add(value);
            }
        });
        return all;
    }

    public List<String> names() {
        return Collections.unmodifiableList(names);
    }

    public boolean has(String name) {
        return names.contains(name);
    }

    public void each(BiConsumer<String, String> visitor) {
        for (int i = 0; i < names.size(); i++) {
            visitor.accept(names.get(i), values.get(i));
        }
    }

    public int size() {
        return names.size();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
