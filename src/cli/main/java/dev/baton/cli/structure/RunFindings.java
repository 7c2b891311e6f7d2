package dev.baton.cli.structure;

import dev.baton.compiler.workload.Workload;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// The findings of a simulated run, judged by when its tasks started and ended against the graph as it was given:
/// CLI040 to CLI042, and CLI043 where it did not come to its end. Nothing that the compiler knows or proved is used.
final class RunFindings {
    /// The most findings of one kind that are told in full.
    private static final int MOST = 5;
    /// Seconds; the clock counts nanoseconds, and every task's time is rounded to them.
    private static final double EXACT = 1e-9;

    private final String place;
    private final Workload workload;
    private final Simulation.Outcome outcome;
    private final List<Diagnostic> findings = new ArrayList<>();
    /// What the rounding of all tasks together may amount to.
    private final double slack;

    private RunFindings(String place, Workload workload, Simulation.Outcome outcome) {
        this.place = place;
        this.workload = workload;
        this.outcome = outcome;
        this.slack = EXACT * (workload.tasks().size() + 1);
    }

    /// @param place the graph, for the findings
    /// @param criticalPathSeconds no run is shorter
    static List<Diagnostic> of(
            String place, Workload workload, Simulation.Outcome outcome, double criticalPathSeconds) {
        var judged = new RunFindings(place, workload, outcome);
        judged.once();
        judged.inOrder();
        judged.notFaster(criticalPathSeconds);
        return judged.findings;
    }

    static Diagnostic failed(String place, String what) {
        return error(place, "CLI043", "the compiled machine did not succeed in the simulation: " + what);
    }

    private void once() {
        var wrong = new ArrayList<String>();
        for (var task : workload.tasks()) {
            if (!outcome.starts().containsKey(task.id())) {
                wrong.add(task.id() + " never started");
            }
        }
        new HashSet<>(outcome.repeated()).stream().sorted().forEach(id -> wrong.add(id + " started more than once"));
        tell("CLI042", wrong);
    }

    private void inOrder() {
        var wrong = new ArrayList<String>();
        for (var task : workload.tasks()) {
            var start = outcome.starts().get(task.id());
            for (var place : task.requires()) {
                var required = workload.tasks().get(place);
                var before = outcome.starts().get(required.id());
                if (start != null && before != null && start < before + required.seconds() - slack) {
                    wrong.add(String.format(
                            Locale.ROOT,
                            "%s started at %.3f s, but %s, which it requires, ended at %.3f s",
                            task.id(),
                            start,
                            required.id(),
                            before + required.seconds()));
                }
            }
        }
        tell("CLI041", wrong);
    }

    private void notFaster(double criticalPathSeconds) {
        if (outcome.makespanSeconds() < criticalPathSeconds * (1 - EXACT) - slack) {
            tell(
                    "CLI040",
                    List.of(String.format(
                            Locale.ROOT,
                            "it took %.3f s, less than the %.3f s of its critical path",
                            outcome.makespanSeconds(),
                            criticalPathSeconds)));
        }
    }

    private void tell(String code, List<String> wrong) {
        for (var i = 0; i < Math.min(MOST, wrong.size()); i++) {
            var more = i == MOST - 1 && wrong.size() > MOST ? "; " + (wrong.size() - MOST) + " more such" : "";
            findings.add(error(place, code, wrong.get(i) + more));
        }
    }

    private static Diagnostic error(String place, String code, String message) {
        return Diagnostic.error(
                code,
                Location.named(place),
                message,
                "report it with the graph, since the compiler or the engine is at fault");
    }
}
