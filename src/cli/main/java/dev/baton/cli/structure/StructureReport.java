package dev.baton.cli.structure;

import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.compiler.pipeline.Proof;
import dev.baton.compiler.workload.CompiledWorkload;
import dev.baton.compiler.workload.Workload;
import dev.baton.diagnostic.DiagnosticException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A report on the structure of one graph: how one graph compiles, and how fast the compiled machine is in the engine.
///
/// @param name of the graph
/// @param tasks how many
/// @param edges without the redundant ones
/// @param criticalPathSeconds the longest path
/// @param makespanRatio simulated makespan, in critical paths
/// @param awaits states that wait for another branch
/// @param transitions states entered in one execution, its children and Map iterations included
/// @param bytes of the largest definition
/// @param children machines besides the first
/// @param worstCaseEvents in the longest history, all retries used up
/// @param holds whether all machines stay inside the limits of Step Functions
/// @param compileMillis how long the compiler took
public record StructureReport(
        String name,
        int tasks,
        int edges,
        double criticalPathSeconds,
        double makespanRatio,
        long awaits,
        long parallels,
        long maps,
        long transitions,
        int bytes,
        int children,
        long worstCaseEvents,
        boolean holds,
        double compileMillis) {

    /// Compiles and runs a graph.
    ///
    /// @param known whether the compiler may know the durations
    /// @throws DiagnosticException when the graph cannot be compiled (CMP020, CMP040 to CMP043), or the run is not what
    ///     the graph says (CLI040 to CLI043)
    public static StructureReport of(Workload workload, Parallelism parallelism, boolean known) {
        var compiled = CompiledWorkload.of(workload, parallelism, known);
        var outcome = run(compiled);
        var critical = compiled.criticalPathSeconds();
        var machines = compiled.machines();
        return new StructureReport(
                workload.name(),
                workload.tasks().size(),
                compiled.edges(),
                critical,
                critical == 0 ? 1 : outcome.makespanSeconds() / critical,
                compiled.awaits(),
                compiled.parallels(),
                compiled.maps(),
                outcome.transitions(),
                machines.stream().mapToInt(m -> m.proof().bytes()).max().orElse(0),
                machines.size() - 1,
                machines.stream().mapToLong(m -> m.proof().events()).max().orElse(0),
                machines.stream().allMatch(m -> m.proof().holds()),
                compiled.compileNanos() / 1e6);
    }

    private static Simulation.Outcome run(CompiledWorkload compiled) {
        var name = compiled.workload().name();
        Simulation.Outcome outcome;
        try {
            outcome = Simulation.run(compiled);
        } catch (IllegalStateException e) {
            throw new DiagnosticException(RunFindings.failed(name, String.valueOf(e.getMessage())));
        }
        var findings = RunFindings.of(name, compiled.workload(), outcome, compiled.criticalPathSeconds());
        if (!findings.isEmpty()) {
            throw new DiagnosticException(findings);
        }
        return outcome;
    }

    /// The heading of [#line].
    public static String heading() {
        return String.format(
                Locale.ROOT,
                "%-44s %6s %6s %11s %7s %6s %8s %5s %11s %9s %8s %8s %10s",
                "graph",
                "tasks",
                "edges",
                "critical s",
                "ratio",
                "awaits",
                "parallel",
                "maps",
                "transitions",
                "bytes",
                "children",
                "events",
                "compile ms");
    }

    /// One line of a table.
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-44s %6d %6d %11.1f %7.3f %6d %8d %5d %5d %5.2f %9d %8d %8d %10.1f%s",
                name,
                tasks,
                edges,
                criticalPathSeconds,
                makespanRatio,
                awaits,
                parallels,
                maps,
                transitions,
                transitionsPerTask(),
                bytes,
                children,
                worstCaseEvents,
                compileMillis,
                holds ? "" : "  beyond the limits (" + Proof.MAX_BYTES + " bytes, " + Proof.MAX_EVENTS + " events)");
    }

    public double transitionsPerTask() {
        return tasks == 0 ? 1 : transitions / (double) tasks;
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", name);
        json.put("tasks", (long) tasks);
        json.put("edges", (long) edges);
        json.put("criticalPathSeconds", criticalPathSeconds);
        json.put("makespanRatio", makespanRatio);
        json.put("awaits", awaits);
        json.put("parallelStates", parallels);
        json.put("mapStates", maps);
        json.put("transitions", transitions);
        json.put("transitionsPerTask", transitionsPerTask());
        json.put("definitionBytes", (long) bytes);
        json.put("childMachines", (long) children);
        json.put("worstCaseEvents", worstCaseEvents);
        json.put("insideLimits", holds);
        json.put("compileMillis", compileMillis);
        return json;
    }
}
