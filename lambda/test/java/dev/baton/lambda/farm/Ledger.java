package dev.baton.lambda.farm;

import dev.baton.task.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How often tasks really ran.
public final class Ledger {
    private static final List<Task> RAN = new ArrayList<>();
    private static final Map<Task, Deque<Runnable>> NEXT = new HashMap<>();

    private Ledger() {}

    static void ran(Task task) {
        Runnable does;
        synchronized (Ledger.class) {
            RAN.add(task);
            does = NEXT.getOrDefault(task, new ArrayDeque<>()).poll();
        }
        if (does != null) {
            does.run();
        }
    }

    /// What a task does the next times that it runs, before its work: throw, or wait for something.
    public static synchronized void next(Task task, Runnable... does) {
        NEXT.computeIfAbsent(task, any -> new ArrayDeque<>()).addAll(List.of(does));
    }

    public static synchronized long runsOf(Task task) {
        return RAN.stream().filter(task::equals).count();
    }

    public static synchronized void clear() {
        RAN.clear();
        NEXT.clear();
    }
}
