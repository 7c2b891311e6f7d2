package dev.baton.local.states.mock;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.task.TaskStateInvocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The answers that mocks have given: which come next, which execution had them, and which were never given.
public final class MockedAnswers {
    private static final int EXECUTIONS = 10_000;

    private final IntegrationMocks mocks;
    private final Map<IntegrationMock, BitSet> given = new IdentityHashMap<>();
    private final Map<String, OfExecution> executions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OfExecution> eldest) {
            return size() > EXECUTIONS;
        }
    };

    /// The place at which calls are counted: each iteration of a Map counts for itself.
    private record Place(String state, List<Integer> iterations) {}

    /// The answers of one execution.
    private record OfExecution(Map<Place, Integer> calls, SequencedMap<String, Integer> states) {
        OfExecution() {
            this(new HashMap<>(), new LinkedHashMap<>());
        }
    }

    public MockedAnswers(IntegrationMocks mocks) {
        this.mocks = mocks;
    }

    public IntegrationMocks mocks() {
        return mocks;
    }

    /// The next answer for the state that makes this call.
    public synchronized MockReply next(IntegrationMock mock, TaskStateInvocation invocation) {
        var execution = executions.computeIfAbsent(invocation.executionArn(), key -> new OfExecution());
        var place = new Place(invocation.state(), invocation.iterations());
        var call = execution.calls().merge(place, 1, Integer::sum) - 1;
        execution.states().merge(invocation.state(), 1, Integer::sum);
        given.computeIfAbsent(mock, key -> new BitSet()).set(mock.index(call));
        return mock.answer(call);
    }

    /// The states of an execution that were answered by mocks, in the order of their first answers, and how often.
    public synchronized SequencedMap<String, Integer> of(String executionArn) {
        var execution = executions.get(executionArn);
        return execution == null ? new LinkedHashMap<>() : new LinkedHashMap<>(execution.states());
    }

    /// The ARNs of the executions that were answered by mocks, in the order of their first answers.
    public synchronized List<String> executions() {
        return List.copyOf(executions.keySet());
    }

    /// Counts what a child of a Map Run was answered for the execution that the Map Run belongs to.
    public synchronized void fold(String childArn, String parentArn) {
        var child = executions.remove(childArn);
        if (child != null) {
            var parent = executions.computeIfAbsent(parentArn, key -> new OfExecution());
            child.states().forEach((state, count) -> parent.states().merge(state, count, Integer::sum));
        }
    }

    /// LOC026 for each mock of whose answers some were never given.
    public synchronized List<Diagnostic> unused() {
        var findings = new ArrayList<Diagnostic>();
        for (var mock : mocks.all()) {
            var unused = unused(mock, given.get(mock));
            if (!unused.isEmpty()) {
                findings.add(MockFindings.unused(mock, unused));
            }
        }
        return findings;
    }

    private static List<Integer> unused(IntegrationMock mock, @Nullable BitSet given) {
        var unused = new ArrayList<Integer>();
        for (var i = 0; i < mock.answers().size(); i++) {
            if (given == null || !given.get(i)) {
                unused.add(i);
            }
        }
        return unused;
    }
}
