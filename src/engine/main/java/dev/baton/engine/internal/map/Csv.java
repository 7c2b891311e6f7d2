package dev.baton.engine.internal.map;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads CSV text as an ItemReader does: every row an object, every value a string.
final class Csv {
    /// In bytes.
    private static final int LONGEST_HEADER = 10 << 10;

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
        if (String.join(",", names).getBytes(StandardCharsets.UTF_8).length > LONGEST_HEADER) {
            throw new ItemReaderException("CSV headers cannot exceed 10 KiB.");
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

    /// A field: quotation marks keep delimiters and newlines in it and may begin inside of it; doubled, they are one of
    /// its characters. A backslash takes a special character as it is and is left out before any other.
    ///
    /// See the developer guide, *How Step Functions parses input CSV files*.
    private String value() {
        var value = new StringBuilder();
        var quoted = false;
        var inside = false;
        while (at < text.length() && (quoted || !ends(text.charAt(at)))) {
            var c = text.charAt(at++);
            if (c == '\\') {
                if (at < text.length() && isSpecial(text.charAt(at))) {
                    value.append(text.charAt(at++));
                }
            } else if (c != '"') {
                value.append(c);
            } else if (inside && at < text.length() && text.charAt(at) == '"') {
                value.append('"');
                at++;
            } else {
                quoted = !quoted;
            }
            inside = true;
        }
        return value.toString();
    }

    private boolean isSpecial(char c) {
        return c == '\\' || c == '"' || c == delimiter;
    }

    private boolean ends(char c) {
        return c == delimiter || c == '\n' || c == '\r';
    }
}
