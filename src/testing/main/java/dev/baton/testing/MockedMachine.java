package dev.baton.testing;

import dev.baton.asl.StateMachine;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.definition.Asl;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import dev.baton.local.states.mock.IntegrationMocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// A state machine whose tasks are mocked. It runs in this JVM under virtual time: waits, timeouts and retries take no
/// time, and the same machine with the same input has the same history always.
///
/// It never changes: every method gives another one, so that tests share one and each adds what is its own.
public final class MockedMachine {
    private static final String ARN = "arn:aws:states:us-east-1:000000000000:";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final StateMachine definition;
    private final ExecutionType type;
    private final Instant start;
    private final List<Mock> mocks;
    private final IntegrationMocks others;

    private MockedMachine(
            StateMachine definition, ExecutionType type, Instant start, List<Mock> mocks, IntegrationMocks others) {
        this.definition = definition;
        this.type = type;
        this.start = start;
        this.mocks = List.copyOf(mocks);
        this.others = others;
    }

    /// The STANDARD state machine of a file.
    ///
    /// @throws UncheckedIOException when the file cannot be read
    /// @throws dev.baton.diagnostic.DiagnosticException with everything that is wrong with the definition
    public static MockedMachine of(Path file) {
        return of(file.toString(), text(file), ExecutionType.STANDARD);
    }

    /// The STANDARD state machine of a text.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException with everything that is wrong with the definition
    public static MockedMachine of(String definition) {
        return of("definition", definition, ExecutionType.STANDARD);
    }

    /// @param source the file or another name of the text, for the findings
    /// @throws dev.baton.diagnostic.DiagnosticException with everything that is wrong with the definition
    public static MockedMachine of(String source, String definition, ExecutionType type) {
        var parsed = Asl.parse(source, definition, StateMachineType.valueOf(type.name()));
        return new MockedMachine(parsed.orThrow(), type, START, List.of(), IntegrationMocks.NONE);
    }

    /// The same, started at that moment; at the first of 2026 unless told.
    public MockedMachine startingAt(Instant moment) {
        return new MockedMachine(definition, type, moment, mocks, others);
    }

    /// The Task state to mock, wherever in the machine it is.
    ///
    /// @throws IllegalArgumentException when the machine has no such Task state
    public MockedTask task(String state) {
        var known = TaskStates.of(definition);
        if (!known.contains(state)) {
            throw new IllegalArgumentException("no Task state is called " + state + ". Task states here: "
                    + (known.isEmpty() ? "none" : String.join(", ", known)));
        }
        return new MockedTask(this, state, null);
    }

    /// Mocks the tasks as a test case of a configuration file of Step Functions Local says.
    ///
    /// @param file what Step Functions Local calls `MockConfigFile.json`
    /// @throws UncheckedIOException when the file cannot be read
    /// @throws IllegalArgumentException when the file is not a JSON object, has no such test case, or names states that
    ///     the machine has not
    /// @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html">The format</a>
    public MockedMachine mockedAs(Path file, String stateMachine, String testCase) {
        var machine = this;
        for (var mocked : new MockConfiguration(file.toString(), text(file))
                .testCase(stateMachine, testCase)
                .entrySet()) {
            machine.task(mocked.getKey());
            machine = machine.replacing(mocked.getValue());
        }
        return machine;
    }

    /// Mocks the tasks that nothing else is said of as a file says that `baton local --mock` reads. The machine's name
    /// is `machine` there.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException LOC023 to LOC025, all that is wrong with the file
    public MockedMachine mockedAs(Path file) {
        return new MockedMachine(definition, type, start, mocks, IntegrationMocks.of(file));
    }

    /// Runs one execution until nothing more happens: it closed, or waits for a task that never completes.
    ///
    /// @param input JSON text
    /// @throws dev.baton.json.JsonException when the input is not JSON
    /// @throws AssertionError when a task was called for which there is no mock
    public MockedExecution run(String input) {
        var time = new VirtualScheduler(start);
        var tasks = new MockedTasks(mocks, others, time);
        var tokens = new AtomicLong();
        var engine = Engine.builder()
                .scheduler(time)
                .taskHandler(tasks)
                .random(new Random(1))
                .taskTokens(() -> "token" + tokens.incrementAndGet())
                .build();
        var execution = engine.start(request(input));
        time.run();
        tasks.rethrow();
        return new MockedExecution(execution, tasks.invocations(), time.now());
    }

    private ExecutionRequest request(String input) {
        var express = type == ExecutionType.EXPRESS;
        return new ExecutionRequest(
                PreparedMachine.of(definition),
                ARN + "stateMachine:machine",
                "execution",
                express ? ARN + "express:machine:execution:run" : ARN + "execution:machine:execution",
                Json.parse(input),
                null,
                type,
                null,
                null,
                null);
    }

    /// The newest mock stands first.
    MockedMachine adding(List<Mock> more) {
        var all = new ArrayList<>(more);
        all.addAll(mocks);
        return new MockedMachine(definition, type, start, all, others);
    }

    MockedMachine replacing(List<Mock> more) {
        var kept = mocks.stream()
                .filter(mock -> more.stream().noneMatch(mock::isBeside))
                .toList();
        return new MockedMachine(definition, type, start, kept, others).adding(more);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
