package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Random graphs come out as they went in, in whatever order their requirements are named.
class RandomGraphTest {
    /// For each task the tasks that it requires, with how many years before.
    private static List<Map<Integer, Integer>> edges = List.of();

    private static Random order = new Random(0);

    @Intent("a node")
    record Node(int n, Year year) implements Made {
        public List<Task> requires() {
            var required = new ArrayList<Task>();
            edges.get(n).forEach((other, before) -> required.add(new Node(other, year.minusYears(before))));
            Collections.shuffle(required, order);
            return required;
        }

        public Target output() {
            return S3Target.at("s3://lake/node/{n}/{year}", this);
        }
    }

    @Intent("the root")
    record Root(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Node(0, year));
        }

        public Target output() {
            return S3Target.at("s3://lake/root/{year}", this);
        }
    }

    @Test
    void a_random_graph_is_found_whole_and_every_node_is_found_again() {
        for (var seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            edges = edges(random, 1 + random.nextInt(40));
            order = new Random(seed);
            var graph = CheckedGraph.ofCompiled(Pipeline.of("p", Root.class)).orThrow();
            var expected = expected();
            assertThat(ids(graph.nodes())).as("seed %d", seed).isEqualTo(expected.keySet());
            for (var node : graph.nodes()) {
                assertThat(ids(node.requires())).as("seed %d, %s", seed, node).isEqualTo(expected.get(node.id()));
                assertThat(node.requires()).allMatch(other -> other.requiredBy().contains(node));
            }
            var parameters = Map.of("year", String.valueOf(1900 + random.nextInt(200)));
            var instance = graph.instance(parameters);
            var tasks = new HashSet<Task>();
            for (var node : graph.nodes()) {
                var task = instance.task(node);
                assertThat(graph.task(node.id(), parameters))
                        .as("seed %d, %s", seed, node)
                        .isEqualTo(task);
                assertThat(instance.node(task)).contains(node);
                assertThat(tasks.add(task)).isTrue();
                assertThat(graph.required(node, (Record) instance.task(graph.root()))
                                .keySet())
                        .containsExactlyInAnyOrderElementsOf(node.requires());
            }
        }
    }

    private static Set<String> ids(List<TaskNode> nodes) {
        return nodes.stream().map(TaskNode::id).collect(Collectors.toSet());
    }

    private static List<Map<Integer, Integer>> edges(Random random, int size) {
        var all = new ArrayList<Map<Integer, Integer>>();
        for (var n = 0; n < size; n++) {
            var required = new HashMap<Integer, Integer>();
            for (var other = n + 1; other < size; other++) {
                if (random.nextInt(size) < 4) {
                    required.put(other, random.nextInt(3));
                }
            }
            all.add(required);
        }
        return all;
    }

    /// The graph by names, worked out here: a node for each pair of number and years before that is reached.
    private static Map<String, TreeSet<String>> expected() {
        var expected = new TreeMap<String, TreeSet<String>>();
        expected.put("Root", new TreeSet<>(List.of(name(0, 0))));
        add(expected, 0, 0);
        return expected;
    }

    private static void add(Map<String, TreeSet<String>> expected, int n, int before) {
        var name = name(n, before);
        if (expected.containsKey(name)) {
            return;
        }
        var required = new TreeSet<String>();
        expected.put(name, required);
        edges.get(n).forEach((other, more) -> {
            required.add(name(other, before + more));
            add(expected, other, before + more);
        });
    }

    private static String name(int n, int before) {
        return "Node " + n + (before == 0 ? "" : " year-" + before);
    }
}
