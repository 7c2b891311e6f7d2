package dev.baton.engine.internal.map;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads CSV text as an ItemReader does: every row an object, every value a string.
final class Csv {
    private final String text;
    private final char delimiter;
    private int at;

    private Csv(String text, char delimiter) {
        // A byte order mark is no part of the first header.
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.delimiter = delimiter;
    }

    /// The rows as objects.
    ///
    /// @param headers the names of the columns, or null where the first row has them
    /// @throws ItemReaderException when the headers are not unique
    static List<Map<String, @Nullable Object>> items(
            String text, char delimiter, @Nullable List<String> headers, long limit) throws ItemReaderException {
        var csv = new Csv(text, delimiter);
        var names = headers == null ? csv.row() : headers;
        if (names == null) {
            return List.of();
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new ItemReaderException("CSV headers cannot contain duplicates.");
        }
        var items = new ArrayList<Map<String, @Nullable Object>>();
        for (var row = csv.row(); row != null && items.size() < limit; row = csv.row()) {
            items.add(item(names, row));
        }
        return items;
    }

    /// Values without a header are left out, headers without a value get an empty string.
    private static Map<String, @Nullable Object> item(List<String> names, List<String> row) {
        var item = new LinkedHashMap<String, @Nullable Object>();
        for (var i = 0; i < names.size(); i++) {
            item.put(names.get(i), i < row.size() ? row.get(i) : "");
        }
        return item;
    }

    /// The next row that is not empty, or null at the end.
    private @Nullable List<String> row() {
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
        if (at >= text.length()) {
            return null;
        }
        var row = new ArrayList<String>();
        do {
            row.add(value());
        } while (more());
        return row;
    }

    private boolean more() {
        if (at < text.length() && text.charAt(at) == delimiter) {
            at++;
            return true;
        }
        return false;
    }

    private String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        var start = at;
        while (at < text.length() && !ends(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean ends(char c) {
        return c == delimiter || c == '\n' || c == '\r';
    }

    private String quoted() {
        var value = new StringBuilder();
        at++;
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c != '"') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                value.append('"');
                at++;
            } else {
                break;
            }
        }
        while (at < text.length() && !ends(text.charAt(at))) {
            value.append(text.charAt(at++));
        }
        return value.toString();
    }
}
