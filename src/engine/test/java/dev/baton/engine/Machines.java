package dev.baton.engine;

import dev.baton.asl.definition.Asl;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// What tests of the engine share: definitions from text, an engine under virtual time, histories as lists of words.
public final class Machines {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    public final VirtualScheduler time = new VirtualScheduler(START);
    public final Engine engine;
    private final AtomicLong names = new AtomicLong();

    private Machines(Engine.Builder builder, long seed) {
        var tokens = new AtomicLong();
        this.engine = builder.scheduler(time)
                .random(new Random(seed))
                .taskTokens(() -> "t" + tokens.incrementAndGet())
                .build();
    }

    public static Machines with(TaskHandler handler) {
        return with(Engine.builder().taskHandler(handler), 1);
    }

    public static Machines with(Engine.Builder builder, long seed) {
        return new Machines(builder, seed);
    }

    public static Machines withoutTasks() {
        return with(Engine.builder(), 1);
    }

    /// A machine from its states; the first is the start.
    public static PreparedMachine jsonPath(String states) {
        return machine("{\"StartAt\":" + first(states) + ",\"States\":{" + states + "}}");
    }

    public static PreparedMachine jsonata(String states) {
        return machine("{\"QueryLanguage\":\"JSONata\",\"StartAt\":" + first(states) + ",\"States\":{" + states + "}}");
    }

    private static String first(String states) {
        return Json.print(
                Json.parseObject("{" + states + "}").keySet().iterator().next());
    }

    public static PreparedMachine machine(String definition) {
        return PreparedMachine.of(Asl.parse("test", definition).orThrow());
    }

    public Execution start(PreparedMachine machine, String input) {
        var arn = "arn:aws:states:us-east-1:111111111111:stateMachine:machine";
        return engine.start(ExecutionRequest.of(machine, arn, "e" + names.incrementAndGet(), Json.parse(input)));
    }

    /// Starts an execution and lets time pass until nothing more happens.
    public Execution run(PreparedMachine machine, String input) {
        var execution = start(machine, input);
        time.run();
        return execution;
    }

    /// The types of the events.
    public static List<String> types(Execution execution) {
        return execution.history().stream().map(event -> event.type().name()).toList();
    }

    /// The events as text, with everything that the API tells.
    public static List<String> told(Execution execution) {
        return execution.history().stream().map(Machines::told).toList();
    }

    private static String told(HistoryEvent event) {
        return Json.print(event.toApi(true));
    }
}
