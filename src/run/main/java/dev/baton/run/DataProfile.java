package dev.baton.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The profile of an output: what was counted while it was written. Of malformed data it tells what could be read.
///
/// @param format what it was read as: `csv`, `json-lines`, `parquet` or `bytes`
/// @param bytes how long it is
/// @param rows how many rows there are, without a header; null where rows are not counted
/// @param ragged how many of them have more or fewer fields than the header, or lack the form of a row
/// @param columns in their order, at most [#MOST_COLUMNS]
/// @param columnsLeftOut how many columns there are besides
/// @param problem why it was read only so far, null where all was read
public record DataProfile(
        String format,
        long bytes,
        @Nullable Long rows,
        long ragged,
        List<ColumnProfile> columns,
        long columnsLeftOut,
        @Nullable String problem) {
    /// So that a completion record stays small.
    public static final int MOST_COLUMNS = 200;

    public DataProfile {
        columns = List.copyOf(columns);
    }

    /// The column of a name.
    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("format", format);
        json.put("bytes", bytes);
        ColumnProfile.put(json, "rows", rows);
        if (ragged > 0) {
            json.put("ragged", ragged);
        }
        if (!columns.isEmpty()) {
            json.put("columns", columns.stream().map(ColumnProfile::toJson).toList());
        }
        if (columnsLeftOut > 0) {
            json.put("columnsLeftOut", columnsLeftOut);
        }
        ColumnProfile.put(json, "problem", problem);
        return json;
    }

    /// @throws InvalidInput when this is not a profile
    public static DataProfile of(StrictFields fields) {
        return new DataProfile(
                fields.string("format"),
                fields.integer("bytes"),
                fields.has("rows") ? (Long) fields.integer("rows") : null,
                fields.has("ragged") ? fields.integer("ragged") : 0,
                fields.has("columns")
                        ? fields.objectList("columns").stream()
                                .map(ColumnProfile::of)
                                .toList()
                        : List.of(),
                fields.has("columnsLeftOut") ? fields.integer("columnsLeftOut") : 0,
                fields.maybeString("problem").orElse(null));
    }
}
