package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.expression.ConditionOperand;
import dev.baton.local.dynamodb.expression.DocumentPath;
import dev.baton.local.dynamodb.expression.ItemCondition;
import dev.baton.local.dynamodb.item.NumberText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The items whose time to live has passed. They go when their table is written to, and are looked for once a minute at
/// most; until then they are there, as in DynamoDB itself.
///
/// See [time to live](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html).
record ExpiredItems(InstantSource clock) {
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    /// What is older is taken for a number that means something else.
    private static final Duration OLDEST = Duration.ofDays(5 * 365);

    /// The deletions of those that there are now; none where the table has been looked at lately.
    List<ItemWrite> of(StoredTable table) {
        var name = table.definition().expiry();
        var now = clock.instant();
        if (name == null || !table.looksNow(now, BETWEEN)) {
            return List.of();
        }
        var latest = NumberText.of(BigDecimal.valueOf(now.getEpochSecond()));
        var earliest = NumberText.of(BigDecimal.valueOf(now.minus(OLDEST).getEpochSecond()));
        var path = new ConditionOperand.AtPath(new DocumentPath(List.of(new DocumentPath.Member(name))));
        var passed = new ItemCondition.Between(
                path, new ConditionOperand.Given(earliest), new ConditionOperand.Given(latest));
        var deletions = new ArrayList<ItemWrite>();
        var reading = table.lock().readLock();
        reading.lock();
        try {
            table.rows(null).forEach((key, item) -> {
                if (passed.holds(item.attributes())) {
                    var names = TableStore.key(table.definition().keys(), item.attributes());
                    // Whoever has given it more time meanwhile keeps it.
                    deletions.add(new ItemWrite(table, key, names, new ItemWrite.Delete(), passed, false));
                }
            });
        } finally {
            reading.unlock();
        }
        return deletions;
    }
}
