package dev.baton.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Task state that is about to be given its answers.
///
/// Attempts are counted from 0: every time that the state calls its resource, whether it retries or is entered again.
/// Each iteration of a Map counts for itself.
public final class MockedTask {
    private final MockedMachine machine;
    private final String state;
    private final @Nullable List<Integer> iterations;

    MockedTask(MockedMachine machine, String state, @Nullable List<Integer> iterations) {
        this.machine = machine;
        this.state = state;
        this.iterations = iterations;
    }

    /// The state in one iteration of a Map only, where it goes before what is said of all iterations.
    ///
    /// @param indexes counted from 0; where Maps are nested, the outermost Map's first
    public MockedTask iteration(Integer... indexes) {
        return new MockedTask(machine, state, List.of(indexes));
    }

    /// The first answer to the first attempt, the second to the second. A further attempt fails the test. Takes the
    /// place of all that was said of this state (and iteration) before.
    public MockedMachine answers(Answer first, Answer... more) {
        var answers = new ArrayList<Answer>();
        answers.add(first);
        answers.addAll(Arrays.asList(more));
        var mocks = new ArrayList<Mock>();
        for (var attempt = 0; attempt < answers.size(); attempt++) {
            mocks.add(new Mock(state, iterations, attempt, attempt, answers.get(attempt)));
        }
        return machine.replacing(mocks);
    }

    /// The same answer to every attempt. Takes the place of all that was said of this state (and iteration) before.
    public MockedMachine always(Answer answer) {
        return machine.replacing(List.of(new Mock(state, iterations, 0, Mock.EVERY, answer)));
    }

    /// This answer to one attempt, whatever was said of it before.
    public MockedMachine attempt(int attempt, Answer answer) {
        return attempts(attempt, attempt, answer);
    }

    /// This answer to some attempts, the last included, whatever was said of them before.
    public MockedMachine attempts(int first, int last, Answer answer) {
        return machine.adding(List.of(new Mock(state, iterations, first, last, answer)));
    }
}
