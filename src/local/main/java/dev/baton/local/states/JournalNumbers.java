package dev.baton.local.states;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The numbers that stand for ARNs in the journal of executions, and how much of it tells of those that are known.
final class JournalNumbers {
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicLong known = new AtomicLong();
    private final Map<String, Root> roots = new ConcurrentHashMap<>();
    private final Map<String, Integer> children = new ConcurrentHashMap<>();

    /// An execution that somebody started.
    private static final class Root {
        private final int number;
        private long bytes;
        private Set<String> children = Set.of();

        Root(int number) {
            this.number = number;
        }
    }

    /// Takes up what a file tells.
    ///
    /// @param numbers of the execution and the children of its Map Runs, by ARN
    void restore(String rootArn, Map<String, Integer> numbers, long bytes) {
        var root = new Root(numbers.getOrDefault(rootArn, 0));
        roots.put(rootArn, root);
        numbers.forEach((arn, number) -> {
            if (!arn.equals(rootArn)) {
                child(root, arn, number);
            }
        });
        wrote(root, bytes);
    }

    void startAfter(int number) {
        last.set(number);
    }

    int begin(String rootArn) {
        var root = new Root(last.incrementAndGet());
        roots.put(rootArn, root);
        return root.number;
    }

    @Nullable
    Integer find(String rootArn, String arn) {
        if (arn.equals(rootArn)) {
            var root = roots.get(arn);
            return root == null ? null : (Integer) root.number;
        }
        return children.get(arn);
    }

    /// A number for a child of a Map Run of the execution.
    int child(String rootArn, String arn) {
        var number = last.incrementAndGet();
        var root = roots.get(rootArn);
        if (root != null) {
            child(root, arn, number);
        }
        return number;
    }

    private void child(Root root, String arn, int number) {
        children.put(arn, number);
        synchronized (root) {
            if (root.children.isEmpty()) {
                root.children = new HashSet<>();
            }
            root.children.add(arn);
        }
    }

    /// A child has closed: should something be told of it still, it gets another number.
    void forgetChild(String rootArn, String arn) {
        var root = roots.get(rootArn);
        if (children.remove(arn) != null && root != null) {
            synchronized (root) {
                root.children.remove(arn);
            }
        }
    }

    /// So many bytes of the file tell of the execution, besides what did already.
    void wrote(String rootArn, long bytes) {
        var root = roots.get(rootArn);
        if (root != null) {
            wrote(root, bytes);
        }
    }

    private void wrote(Root root, long bytes) {
        synchronized (root) {
            root.bytes += bytes;
        }
        known.addAndGet(bytes);
    }

    /// @return the number that it had, or null where it is known no more
    @Nullable
    Integer forget(String rootArn) {
        var root = roots.remove(rootArn);
        if (root == null) {
            return null;
        }
        synchronized (root) {
            known.addAndGet(-root.bytes);
            root.children.forEach(children::remove);
        }
        return root.number;
    }

    /// How much of the file tells of executions that are known.
    long knownBytes() {
        return known.get();
    }

    /// Which entries tell of the executions that are known now; asked in the order of the file.
    Predicate<byte[]> useful() {
        var numbers = new BitSet();
        roots.values().forEach(root -> numbers.set(root.number));
        return useful(numbers);
    }

    /// @param numbers of the roots that are known
    static Predicate<byte[]> useful(BitSet numbers) {
        return text -> {
            var head = EntryHead.of(text);
            if (head.is(EntryJson.REVISION)) {
                return true;
            }
            if (head.is(EntryJson.NAMED) && numbers.get(head.third())) {
                numbers.set(head.number());
            }
            return !head.is(EntryJson.FORGOTTEN) && numbers.get(head.number());
        };
    }
}
