package dev.baton.engine.internal.execute;

import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.journal.Journal;
import dev.baton.engine.journal.JournalEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes one execution again, with the children of its Map Runs, from what the journal tells of them.
public final class Restoration {
    private final Services services;
    private final Journal journal;
    private final Map<String, JournalReplay> replays = new HashMap<>();
    private final Map<String, LiveExecution> runs = new LinkedHashMap<>();

    public Restoration(Services services) {
        this.services = services;
        this.journal = Objects.requireNonNull(services.journal(), "an engine without a journal restores nothing");
    }

    /// @param entries all of one root, in the order in which they were appended
    /// @return the root; it and its children wait to be released
    public List<LiveExecution> run(List<JournalEntry> entries) {
        if (entries.isEmpty() || !(entries.getFirst() instanceof JournalEntry.Began began)) {
            throw new IllegalArgumentException("an execution begins with how it was started, but there is " + entries);
        }
        for (var entry : entries) {
            switch (entry) {
                case JournalEntry.Drawn drawn -> replay(drawn.executionArn()).add(drawn);
                case JournalEntry.Clock reading ->
                    replay(reading.executionArn()).add(reading);
                case JournalEntry.Began start -> {}
                case JournalEntry.Posted posted -> {}
                case JournalEntry.Closed closed -> {}
                case JournalEntry.Forgotten forgotten -> {}
            }
        }
        try {
            return again(began, entries);
        } catch (RuntimeException | Error e) {
            return List.of(settled(began, entries, e));
        }
    }

    private JournalReplay replay(String executionArn) {
        return replays.computeIfAbsent(executionArn, arn -> new JournalReplay(this::replay));
    }

    private List<LiveExecution> again(JournalEntry.Began began, List<JournalEntry> entries) {
        var arn = began.rootArn();
        var root = LiveExecution.again(began, services, new JournalWriter(journal, arn, arn, replay(arn)));
        runs.put(arn, root);
        var isTold = false;
        for (var entry : entries) {
            switch (entry) {
                case JournalEntry.Posted posted -> {
                    isTold &= !posted.isRedrive();
                    find(posted.executionArn()).inbox().remember(replay(posted.executionArn()), posted);
                }
                case JournalEntry.Closed closed -> {
                    isTold = true;
                    if (!root.isAs(closed)) {
                        throw new IllegalStateException("it had closed as " + closed.status() + " with "
                                + closed.events() + " events and is now " + root.status() + " with "
                                + root.eventCount());
                    }
                }
                case JournalEntry.Began start -> {}
                case JournalEntry.Drawn drawn -> {}
                case JournalEntry.Clock reading -> {}
                case JournalEntry.Forgotten forgotten -> {}
            }
        }
        for (var child : replays.keySet()) {
            runs.computeIfAbsent(child, services.registry()::run);
        }
        var all = new ArrayList<>(runs.values());
        for (var run : all) {
            run.inbox().upToDate(isTold);
        }
        return all;
    }

    private LiveExecution find(String executionArn) {
        var run = services.registry().run(executionArn);
        if (run == null) {
            throw new IllegalStateException("there is no child " + executionArn);
        }
        return run;
    }

    /// The execution that is left of one that has come to be another: another release of the engine may compute
    /// something else.
    private LiveExecution settled(JournalEntry.Began began, List<JournalEntry> entries, Throwable why) {
        var failed = services.registry().run(began.rootArn());
        if (failed != null) {
            services.registry().forget(failed);
        }
        var arn = began.rootArn();
        var run = LiveExecution.settled(began, services, new JournalWriter(journal, arn, arn, null));
        var closed = JournalEntry.closed(entries);
        if (closed != null) {
            run.settle(closed);
        } else {
            run.settle(new JournalEntry.Closed(
                    arn,
                    ExecutionStatus.ABORTED,
                    null,
                    null,
                    "It was running when the process that ran it ended, and cannot go on: " + why.getMessage(),
                    services.scheduler().now(),
                    0));
        }
        return run;
    }
}
