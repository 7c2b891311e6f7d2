package dev.baton.run.profile;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.ColumnType;
import dev.baton.run.DataProfile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object on each line, in UTF-8. What is null has no value; an empty line is no row; a line that is not an
/// object, or longer than 1 MB, is a ragged one.
final class JsonLineRows implements RowReader {
    private static final int LONGEST_LINE = 1 << 20;

    private final ColumnTable table;
    private final Utf8Check utf8 = new Utf8Check();
    private byte[] line = new byte[1024];
    private int length;
    private boolean isTooLong;
    private long rows;
    private long ragged;

    JsonLineRows(Set<String> wanted) {
        table = new ColumnTable(wanted);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws UnreadableData {
        utf8.write(bytes, offset, count);
        var begin = offset;
        var end = offset + count;
        for (var at = offset; at < end; at++) {
            if (bytes[at] == '\n') {
                keep(bytes, begin, at);
                endLine();
                begin = at + 1;
            }
        }
        keep(bytes, begin, end);
    }

    private void keep(byte[] bytes, int begin, int end) {
        var more = end - begin;
        if (length + more > LONGEST_LINE) {
            isTooLong = true;
            return;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, Math.min(line.length * 2, LONGEST_LINE)));
        }
        System.arraycopy(bytes, begin, line, length, more);
        length += more;
    }

    private void endLine() {
        if (isTooLong) {
            rows++;
            ragged++;
        } else {
            var text = Arrays.copyOf(line, length);
            if (!isBlank(text)) {
                rows++;
                if (!row(text)) {
                    ragged++;
                }
            }
        }
        length = 0;
        isTooLong = false;
    }

    private static boolean isBlank(byte[] text) {
        for (var b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private boolean row(byte[] text) {
        try {
            if (Json.parse(text) instanceof Map<?, ?> object) {
                object.forEach((name, value) -> {
                    var column = table.column(ColumnStatistics.cut(String.valueOf(name)));
                    if (column != null && value != null) {
                        add(column, value);
                    }
                });
                return true;
            }
            return false;
        } catch (JsonException e) {
            return false;
        }
    }

    private static void add(ColumnStatistics column, Object value) {
        var text = value instanceof String string ? string : Json.print(value);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var type = switch (value) {
            case String string -> ValueShape.time(bytes, 0, bytes.length);
            case Boolean bool -> ColumnType.BOOLEAN;
            case Long number -> ColumnType.INTEGER;
            case Number number -> ColumnType.NUMBER;
            case List<?> list -> ColumnType.LIST;
            default -> ColumnType.OBJECT;
        };
        column.add(type, bytes, 0, bytes.length);
    }

    @Override
    public void end() throws UnreadableData {
        utf8.end();
        if (length > 0 || isTooLong) {
            endLine();
        }
        if (rows > 0 && ragged == rows) {
            throw new UnreadableData("no line is a JSON object");
        }
    }

    @Override
    public DataProfile profile(long bytes, @Nullable String problem) {
        return new DataProfile(
                "json-lines", bytes, rows, ragged, table.profiles(rows - ragged, true), table.leftOut(), problem);
    }
}
