package dev.baton.cli.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.baton.compiler.workload.Workload;
import dev.baton.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFindingsTest {
    private static final Workload A_BEFORE_B = new Workload(
            "two", List.of(new Workload.Item("a", "k", 2, List.of()), new Workload.Item("b", "k", 3, List.of(0))));

    @Test
    void a_run_in_order_that_takes_as_long_as_the_critical_path_is_right() {
        assertThat(findings(5, Map.of("a", 0.0, "b", 2.0), List.of())).isEmpty();
    }

    @Test
    void a_start_before_the_end_of_what_is_required_is_told_with_both_tasks() {
        var findings = findings(4.5, Map.of("a", 0.0, "b", 1.5), List.of());
        assertThat(findings).extracting(Diagnostic::code).containsExactly("CLI041", "CLI040");
        assertThat(findings.getFirst().message())
                .isEqualTo("b started at 1.500 s, but a, which it requires, ended at 2.000 s");
    }

    @Test
    void a_makespan_below_the_critical_path_is_told() {
        assertThat(findings(4.999, Map.of("a", 0.0, "b", 2.0), List.of()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .startsWith("error CLI040 at two")
                        .contains("it took 4.999 s, less than the 5.000 s of its critical path"));
    }

    @Test
    void a_task_that_never_started_or_more_than_once_is_told() {
        assertThat(findings(5, Map.of("b", 2.0), List.of("b", "b")))
                .extracting(Diagnostic::code, Diagnostic::message)
                .containsExactly(
                        tuple("CLI042", "a never started"),
                        tuple("CLI042", "b started more than once"));
    }

    private static List<Diagnostic> findings(double makespan, Map<String, Double> starts, List<String> repeated) {
        return RunFindings.of("two", A_BEFORE_B, new Simulation.Outcome(makespan, starts, repeated, 3, 9), 5);
    }
}
