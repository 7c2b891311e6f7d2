package dev.baton.engine.internal.map;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of a Parquet file as items.
///
/// A row becomes an object: numbers stay numbers, dates and times become text in ISO 8601, bytes become Base64. The
/// developer guide (*ItemReader*, *Parquet file in an Amazon S3 bucket*) sets the limits.
final class Parquet {
    private static final long LARGEST_ROW_GROUP = 256L << 20;
    private static final int LARGEST_FOOTER = 5 << 20;
    /// The footer's length and the magic word, at the end of every file.
    private static final int TRAILER = 8;

    private Parquet() {}

    static List<Map<String, @Nullable Object>> items(byte[] content, String key, long limit)
            throws ItemReaderException {
        try {
            return rows(content, key, limit);
        } catch (IOException | RuntimeException e) {
            throw new ItemReaderException("The object " + key + " cannot be read as Parquet: " + e.getMessage());
        } catch (LinkageError e) {
            throw new ItemReaderException("Reading Parquet needs dev.hardwood:hardwood-core and what its compression"
                    + " asks for on the class path: " + e.getMessage());
        }
    }

    private static List<Map<String, @Nullable Object>> rows(byte[] content, String key, long limit)
            throws IOException, ItemReaderException {
        if (footer(content) > LARGEST_FOOTER) {
            throw new ItemReaderException("The footer of " + key + " exceeds 5 MB.");
        }
        try (var file = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(content)))) {
            for (var group : file.getFileMetaData().rowGroups()) {
                if (group.totalByteSize() > LARGEST_ROW_GROUP) {
                    throw new ItemReaderException("A row group of " + key + " exceeds 256 MB.");
                }
            }
            var items = new ArrayList<Map<String, @Nullable Object>>();
            try (var rows = file.rowReader()) {
                while (items.size() < limit && rows.hasNext()) {
                    rows.next();
                    items.add(object(rows));
                }
            }
            return items;
        }
    }

    private static int footer(byte[] content) {
        return content.length < TRAILER
                ? 0
                : ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(content.length - TRAILER);
    }

    private static Map<String, @Nullable Object> object(StructAccessor row) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (var i = 0; i < row.getFieldCount(); i++) {
            object.put(row.getFieldName(i), row.isNull(i) ? null : json(row.getValue(i)));
        }
        return object;
    }

    private static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean bool -> bool;
            case Float number -> real(Double.parseDouble(number.toString()));
            case Double number -> real(number);
            case BigDecimal number -> number.scale() <= 0 && number.precision() <= 18
                    ? (Object) number.longValue()
                    : (Object) number.doubleValue();
            case Number number -> number.longValue();
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case PqStruct struct -> object(struct);
            case PqList list -> array(list);
            case PqMap map -> map(map);
            default -> value.toString();
        };
    }

    /// JSON has no words for what is not a number.
    private static @Nullable Object real(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private static List<@Nullable Object> array(PqList list) {
        var array = new ArrayList<@Nullable Object>();
        for (var i = 0; i < list.size(); i++) {
            array.add(list.isNull(i) ? null : json(list.get(i)));
        }
        return array;
    }

    private static Map<String, @Nullable Object> map(PqMap map) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : map.getEntries()) {
            object.put(String.valueOf(json(entry.getKey())), entry.isValueNull() ? null : json(entry.getValue()));
        }
        return object;
    }
}
