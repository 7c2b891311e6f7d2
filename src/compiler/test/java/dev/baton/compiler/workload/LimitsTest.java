package dev.baton.compiler.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.StateGraph;
import dev.baton.asl.definition.Asl;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.compiler.pipeline.Proof;
import dev.baton.compiler.pipeline.Substitutions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Graphs that no single state machine holds.
class LimitsTest {
    private static final int SEED = 20_000;
    private static final Substitutions ACCOUNT =
            new Substitutions(Map.of("Partition", "aws", "Region", "ap-southeast-2", "AccountId", "123456789012"));

    @ParameterizedTest
    @EnumSource(Parallelism.class)
    void twenty_thousand_tasks_become_machines_that_are_valid_and_proven_to_stay_inside_the_limits(
            Parallelism parallelism) {
        var compiled = CompiledWorkload.of(random(20_000), parallelism, false);
        assertThat(compiled.machines()).hasSizeGreaterThan(13);
        var definitions = definitions(compiled, "seed " + SEED);
        // Nobody got lost in the parts: each task is a state, or an item of a Map.
        assertThat(named(definitions, "task-[0-9]{5}")).hasSize(20_000);
    }

    /// What the definitions name, each once.
    private static Set<String> named(List<String> definitions, String pattern) {
        var named = new TreeSet<String>();
        var ids = Pattern.compile("\"(" + pattern + ")\"");
        for (var definition : definitions) {
            var found = ids.matcher(definition);
            while (found.find()) {
                named.add(found.group(1));
            }
        }
        return named;
    }

    /// The definitions as an account gets them, each of which holds.
    private static List<String> definitions(CompiledWorkload compiled, String about) {
        return compiled.machines().stream()
                .map(machine -> holds(machine, about))
                .toList();
    }

    private static String holds(CompiledMachine machine, String about) {
        var text = ACCOUNT.text(machine.definition());
        var proof = machine.proof();
        assertThat(Asl.parse(machine.name(), text).diagnostics())
                .as(machine.name() + ", " + about)
                .isEmpty();
        assertThat(proof.holds())
                .as(machine.name() + " " + proof + ", " + about)
                .isTrue();
        // What is proven is measured again on what is uploaded.
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(proof.bytes());
        assertThat(proof.bytes()).isLessThan(Proof.MAX_BYTES);
        assertThat(nesting(machine.definition())).isLessThanOrEqualTo(MachineLimits.DEFAULT.nesting());
        return text;
    }

    private static int nesting(StateGraph graph) {
        return graph.states().values().stream()
                .flatMap(state -> state.graphs().stream())
                .mapToInt(inner -> 1 + nesting(inner))
                .max()
                .orElse(0);
    }

    @Test
    void a_list_of_items_that_is_too_long_for_one_payload_is_given_to_several_maps() {
        var tasks = new ArrayList<Workload.Item>();
        tasks.add(new Workload.Item("begin", "begin", 1, List.of()));
        for (var n = 0; n < 12_000; n++) {
            tasks.add(new Workload.Item(String.format("one of very many alike %05d", n), "alike", 1, List.of(0)));
        }
        var compiled = CompiledWorkload.of(new Workload("alike", tasks), Parallelism.FULL, false);
        assertThat(compiled.maps()).isGreaterThan(1);
        compiled.machines()
                .forEach(machine -> assertThat(machine.proof().payloadBytes()).isLessThan(Proof.MAX_PAYLOAD_BYTES));
        assertThat(named(definitions(compiled, "alike"), "one of very many alike [0-9]{5}"))
                .hasSize(12_000);
    }

    /// A comb: each tooth hangs on a link of one long chain, and the end waits for all teeth. As sequence and fork
    /// it is as deep as it is long, deeper than readers of JSON go.
    @Test
    void what_would_be_nested_too_deep_goes_on_in_machines_of_its_own() {
        var tasks = new ArrayList<Workload.Item>();
        var teeth = new ArrayList<Integer>();
        for (var link = 0; link < 700; link++) {
            tasks.add(new Workload.Item(
                    String.format("link-%04d", link), "link", 1, link == 0 ? List.of() : List.of(2 * (link - 1))));
            tasks.add(new Workload.Item(String.format("tooth-%04d", link), "tooth", 1, List.of(2 * link)));
            teeth.add(2 * link + 1);
        }
        tasks.add(new Workload.Item("z", "end", 1, teeth));
        var compiled = CompiledWorkload.of(new Workload("comb", tasks), Parallelism.NATIVE, false);
        assertThat(compiled.awaits()).isZero();
        assertThat(definitions(compiled, "comb")).hasSizeBetween(2, 30);
    }

    private static Workload random(int size) {
        var random = new SplittableRandom(SEED);
        var tasks = new ArrayList<Workload.Item>();
        for (var task = 0; task < size; task++) {
            var required = new TreeSet<Integer>();
            for (var edge = random.nextInt(4); edge > 0 && task > 0; edge--) {
                required.add(task - 1 - random.nextInt(Math.min(task, 500)));
            }
            tasks.add(new Workload.Item(
                    String.format("task-%05d", task), "kind " + random.nextInt(20), 1, List.copyOf(required)));
        }
        return new Workload("random", tasks);
    }
}
