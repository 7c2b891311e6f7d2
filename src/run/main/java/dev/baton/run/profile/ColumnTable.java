package dev.baton.run.profile;

import dev.baton.run.ColumnProfile;
import dev.baton.run.DataProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns that are looked at: those that are wanted, and no more than a record may have.
final class ColumnTable {
    private final Set<String> wanted;
    private final Map<String, ColumnStatistics> columns = new LinkedHashMap<>();
    private final DistinctValues leftOut = new DistinctValues();
    private long leftOutOfHeader;

    /// @param wanted the names of columns; empty for all
    ColumnTable(Set<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /// The column of a name, or null where it is left out.
    @Nullable
    ColumnStatistics column(String name) {
        var known = columns.get(name);
        if (known != null) {
            return known;
        }
        if (!wanted.isEmpty() && !wanted.contains(name)) {
            return null;
        }
        if (columns.size() == DataProfile.MOST_COLUMNS) {
            var utf8 = name.getBytes(StandardCharsets.UTF_8);
            leftOut.add(utf8, 0, utf8.length);
            return null;
        }
        var made = new ColumnStatistics(name);
        columns.put(name, made);
        return made;
    }

    /// A column of a header, in which names may come twice.
    @Nullable
    ColumnStatistics headed(String name) {
        var unique = name;
        for (var i = 2; columns.containsKey(unique); i++) {
            unique = name + " (" + i + ")";
        }
        var column = columns.size() < DataProfile.MOST_COLUMNS ? column(unique) : null;
        if (column == null && (wanted.isEmpty() || wanted.contains(unique))) {
            leftOutOfHeader++;
        }
        return column;
    }

    /// @param rows how many there were
    /// @param isTyped as [ColumnStatistics#profile] has it
    List<ColumnProfile> profiles(long rows, boolean isTyped) {
        var all = new ArrayList<ColumnProfile>();
        columns.values().forEach(column -> all.add(column.profile(rows, isTyped)));
        return all;
    }

    long leftOut() {
        return leftOutOfHeader + leftOut.count();
    }
}
