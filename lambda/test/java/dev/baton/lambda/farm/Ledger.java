package dev.baton.lambda.farm;

import dev.baton.task.Task;
import java.util.ArrayList;
import java.util.List;

/// How often tasks really ran.
public final class Ledger {
    private static final List<Task> RAN = new ArrayList<>();

    private Ledger() {}

    static synchronized void ran(Task task) {
        RAN.add(task);
    }

    public static synchronized long runsOf(Task task) {
        return RAN.stream().filter(task::equals).count();
    }

    public static synchronized void clear() {
        RAN.clear();
    }
}
