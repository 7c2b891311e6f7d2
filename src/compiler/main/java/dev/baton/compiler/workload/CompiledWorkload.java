package dev.baton.compiler.workload;

import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.compiler.internal.DeepStack;
import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.finding.OrderFindings;
import dev.baton.compiler.internal.machine.MachineCompiler;
import dev.baton.compiler.internal.machine.MachinePlan;
import dev.baton.compiler.internal.machine.StateSpec;
import dev.baton.compiler.order.GivenGraph;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.compiler.structure.Dag;
import dev.baton.compiler.structure.Structure;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.graph.Declarations.Retrying;
import java.util.List;
import java.util.function.Predicate;

/// A compiled workload: state machines without a first state that pins, with the retries that tasks have by default.
///
/// @param machines the graph's own first, then its children, which are started by their version 1
/// @param edges that are left of the graph's when the redundant ones are gone
/// @param criticalPathSeconds no machine is faster
/// @param compileNanos how long the compiler took, with the proof that every edge is kept
/// @param provingNanos how long the proof alone took
public record CompiledWorkload(
        Workload workload,
        List<CompiledMachine> machines,
        int edges,
        double criticalPathSeconds,
        long compileNanos,
        long provingNanos) {
    private static final Retrying DEFAULT_RETRIES = new Retrying(3, 2, 2.0, 60);
    private static final long LEAST_TIMEOUT = 900;

    public CompiledWorkload {
        machines = List.copyOf(machines);
    }

    /// Compiles a graph.
    ///
    /// @param known whether the compiler may know the durations
    /// @throws dev.baton.diagnostic.DiagnosticException when the graph has a cycle (CMP020), or the machines do not
    ///     keep every edge of it (CMP040 to CMP043)
    public static CompiledWorkload of(Workload workload, Parallelism parallelism, boolean known) {
        var begin = System.nanoTime();
        var given = given(workload);
        var dag = dag(workload.name(), given);
        var seconds =
                workload.tasks().stream().mapToDouble(Workload.Item::seconds).toArray();
        var works = workload.tasks().stream().map(CompiledWorkload::work).toList();
        var plan = new MachinePlan(
                dag, works, ResourceNames.functionArn("baton-structure-await:1"), MachineLimits.DEFAULT);
        var kinds = works.stream().map(StateSpec::kind).toList();
        var full = parallelism == Parallelism.FULL;
        var written = DeepStack.call(() -> new MachineCompiler(
                        plan,
                        number -> "structure-part-" + number,
                        number -> ResourceNames.machineArn("structure-part-" + number) + ":1")
                .bare("structure", Structure.of(dag, kinds, full, known ? seconds : null)));
        var made = System.nanoTime();
        prove(workload.name(), given, written);
        var nanos = System.nanoTime();
        return new CompiledWorkload(
                workload,
                written.stream()
                        .map(w -> new CompiledMachine(w.name(), "baton-structure-states", null, w.machine(), w.proof()))
                        .toList(),
                dag.edges(),
                dag.criticalPath(seconds),
                nanos - begin,
                nanos - made);
    }

    private static void prove(String name, GivenGraph given, List<MachineCompiler.Written> machines) {
        var findings = new Diagnostics();
        findings.addAll(OrderFindings.of(name, given, MachineCompiler.definitions(machines)));
        findings.throwIfErrors();
    }

    private static GivenGraph given(Workload workload) {
        return new GivenGraph(
                workload.tasks().stream().map(Workload.Item::id).toList(),
                workload.tasks().stream()
                        .map(task -> task.requires().stream()
                                .mapToInt(Integer::intValue)
                                .toArray())
                        .toList());
    }

    private static Dag dag(String name, GivenGraph given) {
        try {
            return Dag.of(given.requires());
        } catch (IllegalArgumentException e) {
            throw Workload.problem(name, String.valueOf(e.getMessage()));
        }
    }

    private static StateSpec work(Workload.Item task) {
        var name = ResourceNames.cut("baton-structure-" + task.kind().replaceAll("[^A-Za-z0-9_-]", "_"), 64);
        return new StateSpec(
                task.id(),
                task.kind(),
                task.kind(),
                ResourceNames.functionArn(name + ":1"),
                LEAST_TIMEOUT + (long) Math.ceil(2 * task.seconds()),
                DEFAULT_RETRIES);
    }

    /// The number of states, of all machines, that wait for a token.
    public long awaits() {
        return count(state -> state instanceof TaskState task && task.resource().endsWith(".waitForTaskToken"));
    }

    public long parallels() {
        return count(ParallelState.class::isInstance);
    }

    public long maps() {
        return count(MapState.class::isInstance);
    }

    private long count(Predicate<State> predicate) {
        return machines.stream()
                .flatMap(machine -> machine.definition().allStates())
                .filter(predicate)
                .count();
    }
}
