package dev.baton.local.states;

import dev.baton.asl.StateMachineType;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.service.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The executions that were started, and the rules by which a name may be used again.
final class Executions {
    private static final Duration NAMES_KEPT = Duration.ofDays(90);
    private static final int LARGEST_INPUT = 262_144;

    private final Engine engine;
    private final @Nullable ExecutionJournal journal;
    private final ExecutionRetention retention;
    private final OpenExecutions open;
    private final BiConsumer<String, MachineRevision> starting;
    private final Map<String, StartedExecution> byArn = new ConcurrentHashMap<>();
    private final Map<String, List<StartedExecution>> byMachine = new ConcurrentHashMap<>();

    /// Those that closed, in the order in which they did, with the sizes of their histories and of what they hold.
    private final ArrayDeque<Closed> closed = new ArrayDeque<>();

    private long closedEvents;
    private long closedBytes;

    private record Closed(Execution execution, Instant stopDate, int events, long bytes) {}

    /// @param journal null where nothing is kept
    /// @param starting is told the ARN of each execution before it starts
    Executions(
            Engine engine,
            @Nullable ExecutionJournal journal,
            ExecutionRetention retention,
            BiConsumer<String, MachineRevision> starting) {
        this.engine = engine;
        this.journal = journal;
        this.retention = retention;
        this.starting = starting;
        this.open = new OpenExecutions(retention.openBytes());
    }

    /// Without anybody who is told.
    Executions(Engine engine, @Nullable ExecutionJournal journal, ExecutionRetention retention) {
        this(engine, journal, retention, (arn, revision) -> {});
    }

    /// Takes up what the journal tells, one after another: what is taken up needs no more memory twice.
    void restore(Queue<ExecutionJournal.Kept> kept) {
        for (var each = kept.poll(); each != null; each = kept.poll()) {
            var execution = engine.restore(each.entries());
            var started = new StartedExecution(execution, each.machine(), each.revision(), each.input());
            open.again(execution);
            byArn.put(started.arn(), started);
            list(each.machine().arn()).add(started);
        }
        byArn.values().stream()
                .map(StartedExecution::execution)
                .filter(execution -> execution.stopDate() != null)
                .sorted(Comparator.comparing(Execution::stopDate))
                .forEach(this::closed);
    }

    /// Is told of every execution that has closed, and forgets those that are known long enough.
    void closed(Execution execution) {
        if (execution.request().type() == ExecutionType.EXPRESS || execution.mapRunArn() != null) {
            return;
        }
        open.closed(execution);
        var events = events(execution);
        var bytes = bytes(execution);
        var now = engine.scheduler().now();
        var stopped = execution.stopDate();
        var forgotten = new ArrayList<Closed>();
        synchronized (closed) {
            closed.add(new Closed(execution, stopped == null ? now : stopped, events, bytes));
            closedEvents += events;
            closedBytes += bytes;
            for (var oldest = closed.peek(); oldest != null && isPast(oldest, now); oldest = closed.peek()) {
                closed.remove();
                closedEvents -= oldest.events();
                closedBytes -= oldest.bytes();
                forgotten.add(oldest);
            }
        }
        forgotten.forEach(this::forget);
    }

    /// Of its own history and of the children of its Map Runs.
    private int events(Execution execution) {
        var events = execution.eventCount();
        for (var mapRun : engine.mapRuns(execution.arn())) {
            events +=
                    mapRun.executions().stream().mapToInt(Execution::eventCount).sum();
        }
        return events;
    }

    private long bytes(Execution execution) {
        var started = byArn.get(execution.arn());
        var bytes = Footprint.of(execution, started == null ? "" : started.input());
        for (var mapRun : engine.mapRuns(execution.arn())) {
            bytes += mapRun.executions().stream().mapToLong(Footprint::of).sum();
        }
        return bytes;
    }

    /// What the closed ones that are known hold together.
    long heldBytes() {
        synchronized (closed) {
            return closedBytes;
        }
    }

    private boolean isPast(Closed oldest, Instant now) {
        return closed.size() > retention.executions()
                || closedEvents > retention.events()
                || closedBytes > retention.bytes() && closed.size() > 1
                || oldest.stopDate().plus(retention.age()).isBefore(now);
    }

    /// Without effect where it has been redriven, or its name is another's, since it closed.
    private void forget(Closed past) {
        byArn.computeIfPresent(past.execution().arn(), (key, started) -> {
            if (started.execution() != past.execution()
                    || !past.stopDate().equals(started.execution().stopDate())) {
                return started;
            }
            engine.forget(key);
            list(started.machine().arn()).remove(started);
            return null;
        });
    }

    /// The value of an input, for none the empty object.
    ///
    /// @throws dev.baton.local.http.AwsError `InvalidExecutionInput` when it is not JSON
    static @Nullable Object parse(@Nullable String input) {
        if (input == null) {
            return Map.of();
        }
        if (input.length() > LARGEST_INPUT / 3 && input.getBytes(StandardCharsets.UTF_8).length > LARGEST_INPUT) {
            throw Violation.of("", "input", "have length less than or equal to " + LARGEST_INPUT)
                    .error();
        }
        if (input.isBlank()) {
            throw StatesErrors.invalidInput("Invalid execution input.");
        }
        try {
            return Json.parse(input);
        } catch (JsonException e) {
            // The service's own JSON parser still calls it a field.
            throw StatesErrors.invalidInput(String.valueOf(e.getMessage()).replace("property name", "field name"));
        }
    }

    /// Starts an execution, or finds the running one of the same name and input.
    ///
    /// @param name null for one that nobody else has
    Execution start(Machine.Start start, @Nullable String name, @Nullable String input, @Nullable String traceHeader) {
        var value = parse(input);
        var unique = name == null ? UUID.randomUUID().toString() : NameRules.check(name);
        var machine = start.machine();
        if (machine.type() == StateMachineType.EXPRESS) {
            return express(start, unique, value, traceHeader);
        }
        var arn = machine.arn().replace(":stateMachine:", ":execution:") + ":" + unique;
        var text = input == null ? "{}" : input;
        var started = byArn.compute(arn, (key, before) -> {
            if (before != null && !mayReplace(before, value)) {
                return before;
            }
            open.begin(value);
            if (before != null) {
                engine.forget(key);
                list(machine.arn()).remove(before);
            }
            if (journal != null) {
                journal.announce(key, machine, start.revision(), text);
            }
            starting.accept(key, start.revision());
            var execution = engine.start(request(start, unique, key, value, ExecutionType.STANDARD, traceHeader));
            var entry = new StartedExecution(execution, machine, start.revision(), text);
            list(machine.arn()).add(entry);
            return entry;
        });
        return started.execution();
    }

    /// @return false where the execution of that name is the one that is asked for
    /// @throws dev.baton.local.http.AwsError `ExecutionAlreadyExists`
    private boolean mayReplace(StartedExecution before, @Nullable Object input) {
        var execution = before.execution();
        var stopped = execution.stopDate();
        if (stopped == null && execution.request().input() instanceof Object same && same.equals(input)
                || stopped == null && execution.request().input() == null && input == null) {
            return false;
        }
        if (stopped != null
                && stopped.plus(NAMES_KEPT).isBefore(engine.scheduler().now())) {
            return true;
        }
        throw StatesErrors.executionExists(before.arn());
    }

    private List<StartedExecution> list(String machineArn) {
        return byMachine.computeIfAbsent(machineArn, key -> java.util.Collections.synchronizedList(new ArrayList<>()));
    }

    /// Names of EXPRESS executions need not be unique: each run has an id besides.
    Execution express(Machine.Start start, String name, @Nullable Object input, @Nullable String traceHeader) {
        var arn = start.machine().arn().replace(":stateMachine:", ":express:") + ":" + name + ":" + UUID.randomUUID();
        starting.accept(arn, start.revision());
        var execution = engine.start(request(start, name, arn, input, ExecutionType.EXPRESS, traceHeader));
        execution.closed().thenRun(() -> engine.forget(arn));
        return execution;
    }

    private static ExecutionRequest request(
            Machine.Start start,
            String name,
            String arn,
            @Nullable Object input,
            ExecutionType type,
            @Nullable String traceHeader) {
        return new ExecutionRequest(
                start.revision().machine(),
                start.machine().arn(),
                name,
                arn,
                input,
                start.revision().roleArn(),
                type,
                start.versionArn(),
                start.aliasArn(),
                traceHeader);
    }

    /// @throws dev.baton.local.http.AwsError `ExecutionDoesNotExist`
    Execution find(String arn) {
        var started = byArn.get(arn);
        if (started != null) {
            return started.execution();
        }
        return engine.execution(arn)
                .filter(execution -> execution.mapRunArn() != null)
                .orElseThrow(() -> StatesErrors.noExecution(arn));
    }

    @Nullable
    StartedExecution started(String arn) {
        return byArn.get(arn);
    }

    /// The newest first.
    List<Execution> of(String machineArn) {
        var list = byMachine.get(machineArn);
        if (list == null) {
            return List.of();
        }
        synchronized (list) {
            return list.reversed().stream().map(StartedExecution::execution).toList();
        }
    }

    /// Lets all that run of a machine end where they would enter their next state.
    ///
    /// @return whether there is one
    boolean endNext(String machineArn) {
        var running = of(machineArn).stream()
                .filter(execution -> !execution.status().isClosed())
                .toList();
        running.forEach(execution -> engine.stopNext(execution.arn()));
        return !running.isEmpty();
    }

    boolean isRunning(String machineArn) {
        return of(machineArn).stream().anyMatch(execution -> !execution.status().isClosed());
    }
}
