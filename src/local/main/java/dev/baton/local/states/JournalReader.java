package dev.baton.local.states;

import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The reader of a journal of executions: what it tells, put together by execution.
final class JournalReader {
    /// What is made again of a record takes about so much memory for each byte of it: its input, and what states made
    /// of that.
    private static final int HELD_PER_WRITTEN = 4;

    /// And so much however short it is.
    private static final int HELD_PER_RECORD = 512;

    private static final String TOO_LONG =
            "It was running when the process that ran it ended, and this one's heap has no room for it (LOC010).";

    private final Machines machines;
    private final Map<Integer, StoredRevision> revisions = new HashMap<>();
    private final Map<Integer, Outline> outlines = new LinkedHashMap<>();
    /// By number: that of the root that it belongs to, 0 for none.
    private int[] rootNumbers = new int[1 << 10];
    private final Map<Integer, Root> rootOf = new HashMap<>();
    private final Map<Integer, String> arnOf = new HashMap<>();
    private final Map<Integer, Root> roots = new LinkedHashMap<>();
    private long length;
    private int lastNumber;
    private boolean understood = true;
    private Instant now = Instant.EPOCH;
    private final List<String> tooLong = new ArrayList<>();

    /// The facts that decide whether an execution is kept.
    private static final class Outline {
        private long length;
        private long records;
        private int events;
        private @Nullable Instant stopDate;
        /// Whether it is too long to be made again: it is told by its beginning and its end alone.
        private boolean brief;

        /// How much memory what is made again of it takes, about.
        private long bytes() {
            return length * HELD_PER_WRITTEN + records * HELD_PER_RECORD;
        }
    }

    /// An execution that somebody started, with the children of its Map Runs.
    ///
    /// @param numbers of it and its children, by ARN
    /// @param length of all that tells of it
    record Root(
            String arn,
            StoredRevision revision,
            String input,
            Map<String, Integer> numbers,
            List<JournalEntry> entries,
            long length) {

        ExecutionJournal.Kept kept() {
            return new ExecutionJournal.Kept(revision.machine(), revision.revision(), input, entries);
        }
    }

    JournalReader(Machines machines) {
        this.machines = machines;
    }

    /// Looks at a record for the first time: there may be more of them than there is memory for.
    void survey(byte[] record) {
        if (!(Json.parse(record) instanceof List<?> json)) {
            return;
        }
        length += record.length;
        var number = (int) EntryJson.number(json, 1);
        switch (EntryJson.text(json, 0)) {
            case EntryJson.REVISION -> revision(number, json);
            case EntryJson.BEGAN -> {
                lastNumber = Math.max(lastNumber, number);
                outlines.put(number, new Outline());
                belongs(number, number);
            }
            case EntryJson.NAMED -> {
                lastNumber = Math.max(lastNumber, number);
                belongs(number, (int) EntryJson.number(json, 2));
            }
            case EntryJson.FORGOTTEN -> outlines.remove(number);
            default -> {}
        }
        var outline = outlines.get(rootNumber(number));
        if (outline != null) {
            outline.length += record.length;
            outline.records++;
            EntryJson.closing(json, rootNumber(number) == number, (stopDate, events) -> {
                outline.stopDate = stopDate;
                outline.events = events;
            });
        }
    }

    private void belongs(int number, int root) {
        if (number >= rootNumbers.length) {
            rootNumbers = Arrays.copyOf(rootNumbers, Math.max(number + 1, rootNumbers.length * 2));
        }
        rootNumbers[number] = root;
    }

    private int rootNumber(int number) {
        return number < rootNumbers.length ? rootNumbers[number] : 0;
    }

    private void revision(int number, List<?> json) {
        try {
            revisions.put(number, StoredRevision.of(json, machines));
        } catch (RuntimeException e) {
            notUnderstood(e);
        }
    }

    /// Decides which executions are known still, by what was surveyed.
    void choose(ExecutionRetention retention, Instant now) {
        var closed = outlines.values().stream()
                .filter(outline -> outline.stopDate != null)
                .sorted(Comparator.comparing(JournalReader::stopDate).reversed())
                .toList();
        Set<Outline> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        var executions = 0;
        var events = 0L;
        var bytes = 0L;
        for (var outline : closed) {
            executions++;
            events += outline.events;
            bytes += outline.bytes();
            if (executions > retention.executions()
                    || events > retention.events()
                    || bytes > retention.bytes() && executions > 1
                    || stopDate(outline).plus(retention.age()).isBefore(now)) {
                dropped.add(outline);
            } else if (bytes > retention.bytes()) {
                outline.brief = true;
            }
        }
        outlines.values().removeIf(dropped::contains);
        var running = 0L;
        for (var outline : outlines.values()) {
            if (outline.stopDate == null) {
                running += outline.bytes();
                outline.brief = running > retention.openBytes();
                running -= outline.brief ? outline.bytes() : 0;
            }
        }
        this.now = now;
    }

    private static Instant stopDate(Outline outline) {
        return outline.stopDate == null ? Instant.MAX : outline.stopDate;
    }

    /// Takes up a record that was surveyed, where its execution is kept.
    ///
    /// What cannot be understood, such as a definition that is none any more, costs the execution that it belongs to,
    /// and not the start.
    void add(byte[] record) {
        var head = EntryHead.of(record);
        var outline = outlines.get(rootNumber(head.number()));
        if (outline == null || head.is(EntryJson.REVISION) || (outline.brief && !head.tellsBriefly())) {
            return;
        }
        var json = (List<?>) Objects.requireNonNull(Json.parse(record));
        try {
            switch (EntryJson.text(json, 0)) {
                case EntryJson.BEGAN -> begin(head.number(), json);
                case EntryJson.NAMED -> {
                    var root = rootOf.get(head.third());
                    if (root != null) {
                        name(head.number(), EntryJson.text(json, 3), root);
                    }
                }
                default -> {
                    var root = rootOf.get(head.number());
                    if (root != null) {
                        root.entries().add(EntryJson.entry(json, root.arn(), String.valueOf(arnOf.get(head.number()))));
                    }
                }
            }
        } catch (RuntimeException e) {
            notUnderstood(e);
            forget(head.number());
        }
    }

    private void notUnderstood(RuntimeException e) {
        System.getLogger("dev.baton.local")
                .log(System.Logger.Level.WARNING, "an execution cannot be taken up again", e);
        understood = false;
    }

    private void begin(int number, List<?> json) {
        var revision = revisions.get((int) EntryJson.number(json, 2));
        var outline = outlines.get(number);
        if (revision == null || outline == null) {
            return;
        }
        var began = EntryJson.began(json, revision.machine(), revision.revision());
        var root = new Root(
                began.rootArn(),
                revision,
                EntryJson.text(json, 5),
                new HashMap<>(2),
                new ArrayList<>(4),
                outline.length);
        roots.put(number, root);
        name(number, root.arn(), root);
        root.entries().add(began);
        if (outline.brief && outline.stopDate == null) {
            tooLong.add(root.arn());
            root.entries()
                    .add(new JournalEntry.Closed(root.arn(), ExecutionStatus.ABORTED, null, null, TOO_LONG, now, 0));
        }
    }

    /// The executions that were running and do not go on, since the heap has no room for them.
    List<String> tooLong() {
        return tooLong;
    }

    private void name(int number, String arn, Root root) {
        rootOf.put(number, root);
        arnOf.put(number, arn);
        root.numbers().put(arn, number);
    }

    private void forget(int number) {
        var root = rootOf.get(number);
        if (root != null) {
            root.numbers().values().forEach(each -> {
                rootOf.remove(each);
                arnOf.remove(each);
                roots.remove(each);
            });
        }
    }

    /// The executions that are known still, in the order in which they began.
    Collection<Root> kept() {
        return roots.values();
    }

    /// Whether a good part of the file tells what nobody asks for any more, and nothing of it is not understood: that
    /// stays, for a Baton that does.
    boolean isWorthRewriting() {
        return understood && roots.values().stream().mapToLong(Root::length).sum() * 4 < length * 3;
    }

    /// What tells of the executions that are kept.
    Predicate<byte[]> useful() {
        var numbers = new BitSet();
        roots.keySet().forEach(numbers::set);
        var used = new BitSet();
        roots.values().forEach(root -> used.set(root.revision().number()));
        var known = JournalNumbers.useful(numbers);
        return text -> {
            var head = EntryHead.of(text);
            return head.is(EntryJson.REVISION) ? used.get(head.number()) : known.test(text);
        };
    }

    int lastNumber() {
        return lastNumber;
    }

    /// The numbers of revisions that executions may name.
    Map<MachineRevision, Integer> revisions() {
        var numbers = new IdentityHashMap<MachineRevision, Integer>();
        roots.values()
                .forEach(root ->
                        numbers.put(root.revision().revision(), root.revision().number()));
        return numbers;
    }

    int lastRevision() {
        return revisions.keySet().stream().mapToInt(number -> number).max().orElse(0);
    }
}
