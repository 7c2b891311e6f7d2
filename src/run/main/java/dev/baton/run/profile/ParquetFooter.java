package dev.baton.run.profile;

import dev.baton.run.ColumnProfile;
import dev.baton.run.DataProfile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The footer of a Parquet file: rows, columns, and what the writer's statistics tell of their values. The pages are not
/// read.
final class ParquetFooter implements RowReader {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST = 1 << 20;
    /// The length of the footer and the magic word.
    private static final int TRAILER = 8;

    private final Set<String> wanted;
    private byte[] tail = new byte[4096];
    private int length;
    private boolean isCut;
    private @Nullable Long rows;
    private List<ColumnProfile> columns = List.of();
    private long leftOut;

    ParquetFooter(Set<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /// Keeps the end of what came.
    @Override
    public void write(byte[] bytes, int offset, int count) {
        var most = LARGEST + TRAILER;
        if (count >= most) {
            tail = Arrays.copyOfRange(bytes, offset + count - most, offset + count);
            isCut = isCut || length > 0 || count > most;
            length = most;
            return;
        }
        if (length + count > tail.length) {
            if (tail.length >= 2 * most) {
                System.arraycopy(tail, length - most, tail, 0, most);
                length = most;
                isCut = true;
            } else {
                tail = Arrays.copyOf(tail, Math.min(2 * most, Math.max(length + count, tail.length * 2)));
            }
        }
        System.arraycopy(bytes, offset, tail, length, count);
        length += count;
    }

    @Override
    public void end() throws UnreadableData {
        if (length < MAGIC.length + TRAILER
                || !Arrays.equals(tail, length - MAGIC.length, length, MAGIC, 0, MAGIC.length)
                || (!isCut && !Arrays.equals(tail, 0, MAGIC.length, MAGIC, 0, MAGIC.length))) {
            throw new UnreadableData("it does not begin and end as Parquet does");
        }
        var size = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(length - TRAILER);
        if (size > LARGEST) {
            throw new UnreadableData("its footer is longer than 1 MB");
        }
        if (size <= 0 || size > length - TRAILER) {
            throw new UnreadableData("its footer is longer than the file");
        }
        try {
            read(new ThriftCompact(ByteBuffer.wrap(tail, length - TRAILER - size, size)).struct());
        } catch (RuntimeException e) {
            throw new UnreadableData("its footer is malformed");
        }
    }

    @SuppressWarnings("unchecked")
    private void read(Map<Integer, Object> metadata) {
        var leaves = new LinkedHashMap<String, ParquetColumn>();
        leaves((List<Object>) ThriftCompact.field(metadata, 2), new int[] {0}, "", leaves);
        for (var group : (List<Object>) metadata.getOrDefault(4, List.of())) {
            var fields = (Map<Integer, Object>) group;
            for (var chunk : (List<Object>) ThriftCompact.field(fields, 1)) {
                if (((Map<Integer, Object>) chunk).get(3) instanceof Map<?, ?> column) {
                    var path = new ArrayList<String>();
                    ((List<Object>) ThriftCompact.field(column, 3)).forEach(part -> path.add(ThriftCompact.text(part)));
                    var leaf = leaves.get(String.join(".", path));
                    if (leaf != null) {
                        leaf.add(column.get(12), (Long) ThriftCompact.field(column, 5));
                    }
                }
            }
        }
        rows = (Long) metadata.get(3);
        var looked = leaves.entrySet().stream()
                .filter(leaf -> wanted.isEmpty() || wanted.contains(leaf.getKey()))
                .toList();
        columns = looked.stream()
                .limit(DataProfile.MOST_COLUMNS)
                .map(leaf -> leaf.getValue().profile())
                .toList();
        leftOut = looked.size() - columns.size();
    }

    /// @param at the next element, which is a leaf or a group that its children follow
    @SuppressWarnings("unchecked")
    private static void leaves(List<Object> schema, int[] at, String path, Map<String, ParquetColumn> leaves) {
        var isRoot = at[0] == 0;
        var element = (Map<Integer, Object>) schema.get(at[0]++);
        var name = isRoot ? "" : path + ThriftCompact.text(ThriftCompact.field(element, 4));
        var children = element.get(5) instanceof Long some ? some : 0L;
        if (children == 0 && !isRoot) {
            leaves.put(name, new ParquetColumn(name, element));
        }
        for (var i = 0L; i < children; i++) {
            leaves(schema, at, isRoot ? "" : name + ".", leaves);
        }
    }

    @Override
    public DataProfile profile(long bytes, @Nullable String problem) {
        return new DataProfile("parquet", bytes, rows, 0, columns, leftOut, problem);
    }
}
