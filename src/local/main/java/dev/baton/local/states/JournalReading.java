package dev.baton.local.states;

import dev.baton.engine.journal.JournalEntry;
import dev.baton.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a journal of executions tells, put together by execution.
final class JournalReading {
    /// What is made again of a record takes about so much memory for each byte of it: its input, and what states made
    /// of that.
    private static final int HELD_PER_WRITTEN = 4;

    private final Machines machines;
    private final Map<Integer, KeptRevision> revisions = new HashMap<>();
    private final Map<Integer, byte[]> revisionRecords = new HashMap<>();
    private final Map<Integer, Root> rootOf = new HashMap<>();
    private final Map<Integer, String> arnOf = new HashMap<>();
    private final Map<Integer, Root> roots = new LinkedHashMap<>();
    private long length;
    private int lastNumber;
    private boolean understood = true;

    /// An execution that somebody started, with the children of its Map Runs.
    ///
    /// @param numbers of it and its children, by ARN
    record Root(
            String arn,
            KeptRevision revision,
            String input,
            Map<String, Integer> numbers,
            List<byte[]> records,
            List<JournalEntry> entries) {

        ExecutionJournal.Kept kept() {
            return new ExecutionJournal.Kept(revision.machine(), revision.revision(), input, entries);
        }

        private long length() {
            return records.stream().mapToLong(record -> record.length).sum();
        }
    }

    JournalReading(Machines machines) {
        this.machines = machines;
    }

    /// What cannot be understood, such as a definition that is none any more, costs the execution that it belongs to,
    /// and not the start.
    void add(byte[] record) {
        if (!(Json.parse(record) instanceof List<?> json)) {
            return;
        }
        length += record.length;
        var number = (int) EntryJson.number(json, 1);
        try {
            switch (EntryJson.text(json, 0)) {
                case EntryJson.REVISION -> {
                    revisions.put(number, KeptRevision.of(json, machines));
                    revisionRecords.put(number, record);
                }
                case EntryJson.BEGAN -> begin(number, json, record);
                case EntryJson.NAMED -> {
                    var root = rootOf.get((int) EntryJson.number(json, 2));
                    if (root != null) {
                        name(number, EntryJson.text(json, 3), root);
                        root.records().add(record);
                    }
                }
                case EntryJson.FORGOTTEN -> forget(number);
                default -> {
                    var root = rootOf.get(number);
                    if (root != null) {
                        root.entries().add(EntryJson.entry(json, root.arn(), String.valueOf(arnOf.get(number))));
                        root.records().add(record);
                    }
                }
            }
        } catch (RuntimeException e) {
            System.getLogger("dev.baton.local")
                    .log(System.Logger.Level.WARNING, "an execution cannot be taken up again", e);
            understood = false;
            forget(number);
        }
    }

    private void begin(int number, List<?> json, byte[] record) {
        lastNumber = Math.max(lastNumber, number);
        var revision = revisions.get((int) EntryJson.number(json, 2));
        if (revision == null) {
            return;
        }
        var began = EntryJson.began(json, revision.machine(), revision.revision());
        var root = new Root(
                began.rootArn(),
                revision,
                EntryJson.text(json, 5),
                new HashMap<>(),
                new ArrayList<>(),
                new ArrayList<>());
        roots.put(number, root);
        name(number, root.arn(), root);
        root.entries().add(began);
        root.records().add(record);
    }

    private void name(int number, String arn, Root root) {
        lastNumber = Math.max(lastNumber, number);
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
    List<Root> kept(Retention retention, Instant now) {
        var closed = roots.values().stream()
                .filter(root -> JournalEntry.closed(root.entries()) != null)
                .sorted(Comparator.comparing(JournalReading::stopDate).reversed())
                .toList();
        Set<Root> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        var executions = 0;
        var events = 0L;
        var bytes = 0L;
        for (var root : closed) {
            executions++;
            events += events(root);
            bytes += root.length();
            if (executions > retention.executions()
                    || events > retention.events()
                    || bytes > retention.bytes() / HELD_PER_WRITTEN && executions > 1
                    || stopDate(root).plus(retention.age()).isBefore(now)) {
                dropped.add(root);
            }
        }
        return roots.values().stream().filter(root -> !dropped.contains(root)).toList();
    }

    private static Instant stopDate(Root root) {
        var closed = JournalEntry.closed(root.entries());
        return closed == null ? Instant.MAX : closed.stopDate();
    }

    private static int events(Root root) {
        var closed = JournalEntry.closed(root.entries());
        return closed == null ? 0 : closed.events();
    }

    /// Whether a good part of the file tells what nobody asks for any more, and nothing of it is not understood: that
    /// stays, for a Baton that does.
    boolean isWorthRewriting(List<Root> kept) {
        return understood && kept.stream().mapToLong(Root::length).sum() * 4 < length * 3;
    }

    /// What tells of these executions alone.
    Iterable<byte[]> records(List<Root> kept) {
        var records = new ArrayList<byte[]>();
        var told = new HashSet<Integer>();
        for (var root : kept) {
            var revision = root.revision().number();
            var record = revisionRecords.get(revision);
            if (record != null && told.add(revision)) {
                records.add(record);
            }
            records.addAll(root.records());
        }
        return records;
    }

    int lastNumber() {
        return lastNumber;
    }

    /// The numbers of revisions that executions may name.
    ///
    /// @param kept what there is still
    Map<Revision, Integer> revisions(List<Root> kept) {
        var numbers = new IdentityHashMap<Revision, Integer>();
        kept.forEach(root -> numbers.put(root.revision().revision(), root.revision().number()));
        return numbers;
    }

    int lastRevision() {
        return revisions.keySet().stream().mapToInt(number -> number).max().orElse(0);
    }
}
