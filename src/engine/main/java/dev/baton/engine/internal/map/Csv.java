package dev.baton.engine.internal.map;

import java.io.IOException;
import java.io.Reader;
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

    private static final int END = -1;

    private final Reader text;
    private final char delimiter;
    /// The next character, or [#END].
    private int c;

    private Csv(Reader text, char delimiter) throws IOException {
        this.text = text;
        this.delimiter = delimiter;
        this.c = text.read();
        // A byte order mark is not a part of the first header.
        if (c == '\uFEFF') {
            c = text.read();
        }
    }

    /// The rows as objects, each read when it is asked for.
    ///
    /// @param headers the names of the columns, or null where the first row has them
    /// @throws ItemReaderException when the headers are not unique
    static Rows rows(Reader text, char delimiter, @Nullable List<String> headers)
            throws ItemReaderException, IOException {
        var csv = new Csv(text, delimiter);
        var names = headers == null ? csv.row() : headers;
        if (names == null) {
            return () -> null;
        }
        if (String.join(",", names).getBytes(StandardCharsets.UTF_8).length > LONGEST_HEADER) {
            throw new ItemReaderException("CSV headers cannot exceed 10 KiB.");
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new ItemReaderException("CSV headers cannot contain duplicates.");
        }
        return () -> {
            var row = csv.row();
            return row == null ? null : item(names, row);
        };
    }

    /// Rows one after another.
    @FunctionalInterface
    interface Rows {
        /// Null at the end.
        @Nullable
        Map<String, @Nullable Object> next() throws IOException;
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
    private @Nullable List<String> row() throws IOException {
        while (c == '\n' || c == '\r') {
            take();
        }
        if (c == END) {
            return null;
        }
        var row = new ArrayList<String>();
        do {
            row.add(value());
        } while (more());
        return row;
    }

    private boolean more() throws IOException {
        if (c == delimiter) {
            take();
            return true;
        }
        return false;
    }

    /// The next character, which is none of what follows.
    private char take() throws IOException {
        var taken = (char) c;
        c = text.read();
        return taken;
    }

    /// A field: quotation marks keep delimiters and newlines in it and may begin inside of it; doubled, they are one of
    /// its characters. A backslash takes a special character as it is and is left out before any other.
    ///
    /// See the developer guide, *How Step Functions parses input CSV files*.
    private String value() throws IOException {
        var value = new StringBuilder();
        var quoted = false;
        var inside = false;
        while (c != END && (quoted || !ends(c))) {
            var taken = take();
            if (taken == '\\') {
                if (isSpecial(c)) {
                    value.append(take());
                }
            } else if (taken != '"') {
                value.append(taken);
            } else if (inside && c == '"') {
                value.append(take());
            } else {
                quoted = !quoted;
            }
            inside = true;
        }
        return value.toString();
    }

    private boolean isSpecial(int c) {
        return c == '\\' || c == '"' || c == delimiter;
    }

    private boolean ends(int c) {
        return c == delimiter || c == '\n' || c == '\r';
    }
}
