package dev.baton.run.profile;

import dev.baton.run.DataProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Comma-separated values with a header (RFC 4180), in UTF-8, with a byte order mark or without. An empty field without
/// quotes has no value; an empty line is no row.
final class CsvRows implements RowReader {
    /// Of a field, in bytes: what is longer is looked at so far.
    private static final int LONGEST_FIELD = 64 << 10;
    /// A header may have more; they are counted as fields of a row, and not looked at.
    private static final int MOST_HEADERS = 10_000;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private enum Place {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private final ColumnTable table;
    private final Utf8Check utf8 = new Utf8Check();
    private final List<String> names = new ArrayList<>();
    private List<@Nullable ColumnStatistics> headers = List.of();
    private Place place = Place.FIELD_START;
    private int marked;
    private byte[] field = new byte[256];
    private int length;
    private boolean wasQuoted;
    private boolean isMalformed;
    /// Whether the row so far is one empty field, as an empty line has it.
    private boolean isBlank;
    private boolean isAfterReturn;
    private boolean hasHeader;
    private long fields;
    private long headed;
    private long rows;
    private long ragged;
    private long line = 1;
    private long quotedSince;

    CsvRows(Set<String> wanted) {
        table = new ColumnTable(wanted);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws UnreadableData {
        utf8.write(bytes, offset, length);
        var at = offset;
        var end = offset + length;
        while (at < end && marked < BYTE_ORDER_MARK.length) {
            if (bytes[at] == BYTE_ORDER_MARK[marked]) {
                marked++;
                at++;
            } else {
                var begun = marked;
                marked = BYTE_ORDER_MARK.length;
                read(BYTE_ORDER_MARK, 0, begun);
            }
        }
        read(bytes, at, end);
    }

    private void read(byte[] bytes, int begin, int end) {
        var at = begin;
        while (at < end) {
            at = switch (place) {
                case FIELD_START -> fieldStart(bytes, at, end);
                case PLAIN -> plain(bytes, at, end);
                case QUOTED -> quoted(bytes, at, end);
                case QUOTE_IN_QUOTED -> afterQuote(bytes, at);
            };
        }
    }

    private int fieldStart(byte[] bytes, int at, int end) {
        if (bytes[at] == '\n' && isAfterReturn) {
            isAfterReturn = false;
            return at + 1;
        }
        isAfterReturn = false;
        if (bytes[at] == '"') {
            place = Place.QUOTED;
            wasQuoted = true;
            quotedSince = line;
            return at + 1;
        }
        place = Place.PLAIN;
        return plain(bytes, at, end);
    }

    private int plain(byte[] bytes, int begin, int end) {
        var at = begin;
        while (at < end && bytes[at] != ',' && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        if (at == end) {
            keep(bytes, begin, at);
            return at;
        }
        if (length == 0) {
            endField(bytes, begin, Math.min(at - begin, LONGEST_FIELD));
        } else {
            keep(bytes, begin, at);
            endField(field, 0, length);
        }
        return separated(bytes[at], at);
    }

    private int quoted(byte[] bytes, int begin, int end) {
        var at = begin;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] == '\n') {
                line++;
            }
            at++;
        }
        keep(bytes, begin, at);
        if (at < end) {
            place = Place.QUOTE_IN_QUOTED;
            return at + 1;
        }
        return at;
    }

    private int afterQuote(byte[] bytes, int at) {
        switch (bytes[at]) {
            case '"' -> {
                keep(bytes, at, at + 1);
                place = Place.QUOTED;
                return at + 1;
            }
            case ',', '\n', '\r' -> {
                endField(field, 0, length);
                return separated(bytes[at], at);
            }
            default -> {
                isMalformed = true;
                place = Place.PLAIN;
                return at;
            }
        }
    }

    private int separated(byte separator, int at) {
        place = Place.FIELD_START;
        if (separator != ',') {
            isAfterReturn = separator == '\r';
            line++;
            endRow();
        }
        return at + 1;
    }

    private void keep(byte[] bytes, int begin, int end) {
        var more = Math.min(end - begin, LONGEST_FIELD - length);
        if (length + more > field.length) {
            field = Arrays.copyOf(field, Math.max(length + more, Math.min(field.length * 2, LONGEST_FIELD)));
        }
        System.arraycopy(bytes, begin, field, length, more);
        length += more;
    }

    private void endField(byte[] bytes, int offset, int size) {
        if (!hasHeader) {
            if (names.size() < MOST_HEADERS) {
                var name = new String(bytes, offset, size, StandardCharsets.UTF_8);
                names.add(name.isBlank() ? "column " + (names.size() + 1) : ColumnStatistics.cut(name));
            }
        } else if (fields < headers.size() && (size > 0 || wasQuoted)) {
            var column = headers.get((int) fields);
            if (column != null) {
                column.text(bytes, offset, size);
            }
        }
        fields++;
        isBlank = fields == 1 && size == 0 && !wasQuoted;
        length = 0;
        wasQuoted = false;
    }

    private void endRow() {
        if (isBlank) {
            names.clear();
        } else if (hasHeader) {
            rows++;
            if (fields != headed || isMalformed) {
                ragged++;
            }
        } else {
            hasHeader = true;
            headed = fields;
            headers = names.stream().map(table::headed).collect(Collectors.toCollection(ArrayList::new));
        }
        fields = 0;
        isMalformed = false;
    }

    @Override
    public void end() throws UnreadableData {
        utf8.end();
        if (place == Place.QUOTED) {
            throw new UnreadableData("the quote that opens in line " + quotedSince + " is never closed");
        }
        if (place != Place.FIELD_START || fields > 0) {
            endField(field, 0, length);
            endRow();
        }
    }

    @Override
    public DataProfile profile(long bytes, @Nullable String problem) {
        return new DataProfile(
                "csv",
                bytes,
                rows,
                ragged,
                table.profiles(rows, false),
                headed - headers.size() + table.leftOut(),
                problem);
    }
}
