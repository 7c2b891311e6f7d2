package dev.baton.local.dynamodb;

import dev.baton.local.service.ApiInput;
import java.util.Iterator;
import java.util.NavigableMap;

/// One of the parts that a scan may be done in at the same time: a range of the hashes of partitions.
record ScanSegment(int number, int total) {

    /// The whole, where the request does not say.
    static ScanSegment of(ApiInput input) {
        var number = input.integer("Segment");
        var total = input.integer("TotalSegments");
        if (number == null && total == null) {
            return new ScanSegment(0, 1);
        }
        if (total == null) {
            throw DynamoDbErrors.validation("The TotalSegments parameter is required but was not present in the request"
                    + " when Segment parameter is present");
        }
        if (number == null) {
            throw DynamoDbErrors.validation("The Segment parameter is required but was not present in the request when"
                    + " parameter TotalSegments is present");
        }
        if (number >= total) {
            throw DynamoDbErrors.validation("The Segment parameter is zero-based and must be less than parameter"
                    + " TotalSegments: Segment: " + number + " is not less than TotalSegments: " + total);
        }
        return new ScanSegment(number, total);
    }

    boolean has(RowKey key) {
        return key.segment(total) == number;
    }

    /// Those of the items that are in it: they lie side by side.
    Iterable<StoredItem> of(NavigableMap<RowKey, StoredItem> rows) {
        return () -> iterator(rows);
    }

    private Iterator<StoredItem> iterator(NavigableMap<RowKey, StoredItem> rows) {
        return rows.entrySet().stream()
                .dropWhile(row -> row.getKey().segment(total) < number)
                .takeWhile(row -> has(row.getKey()))
                .map(row -> row.getValue())
                .iterator();
    }
}
