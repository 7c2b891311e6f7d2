package dev.baton.graph;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.lang.management.ManagementFactory;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Measures graphs of 10,000 nodes and a join over 5,001 keys; run its `main`.
final class GraphBench {
    private static final int NODES = 10_000;

    private GraphBench() {}

    @Intent("a chain")
    record Chain(Year year, int link) implements Made {
        public List<Task> requires() {
            return link == 1 ? List.of() : List.of(new Chain(year, link - 1));
        }

        public Target output() {
            return S3Target.at("s3://lake/chain/{year}/{link}", this);
        }
    }

    @Intent("the end of the chain")
    record ChainEnd(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Chain(year, NODES));
        }

        public Target output() {
            return S3Target.at("s3://lake/chain-end/{year}", this);
        }
    }

    @Intent("a cell of a grid, which requires three of the row before")
    record Cell(Year year, int row, int column) implements Made {
        static final int WIDTH = 100;

        public List<Task> requires() {
            return row == 0
                    ? List.of()
                    : IntStream.rangeClosed(column - 1, column + 1)
                            .<Task>mapToObj(other -> new Cell(year, row - 1, Math.floorMod(other, WIDTH)))
                            .toList();
        }

        public Target output() {
            return S3Target.at("s3://lake/grid/{year}/{row}/{column}", this);
        }
    }

    @Intent("the last row")
    record Grid(Year year) implements Made {
        public List<Task> requires() {
            return IntStream.range(0, Cell.WIDTH)
                    .<Task>mapToObj(column -> new Cell(year, NODES / Cell.WIDTH - 1, column))
                    .toList();
        }

        public Target output() {
            return S3Target.at("s3://lake/grid-end/{year}", this);
        }
    }

    @Intent("a tile")
    record Tile(Year year, int n) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/tile/{year}/{n}", this);
        }
    }

    @Intent("all tiles")
    record Wide(Year year) implements Made {
        public List<Task> requires() {
            return IntStream.range(0, NODES)
                    .<Task>mapToObj(n -> new Tile(year, n))
                    .toList();
        }

        public Target output() {
            return S3Target.at("s3://lake/wide/{year}", this);
        }
    }

    @Intent("all airports")
    record Airports() implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/airports", this);
        }
    }

    @Intent("an airport's flights")
    record Flights(int airport, Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/flights/{airport}/{year}", this);
        }
    }

    @Intent("punctuality")
    record Punctuality(int airport, Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Airports(), new Flights(airport, year));
        }

        public Target output() {
            return S3Target.at("s3://lake/punctuality/{airport}/{year}", this);
        }
    }

    public static void main(String[] arguments) {
        for (var round = 0; round < (arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3); round++) {
            System.out.println("round " + round);
            graph("chain", Pipeline.of("chain", ChainEnd.class), "Chain 1");
            graph("grid", Pipeline.of("grid", Grid.class), "Cell 0 50");
            graph("wide", Pipeline.of("wide", Wide.class), "Tile 5000");
            var keys = new ArrayList<>(List.of("s3://lake/airports"));
            IntStream.range(0, 5_000).forEach(n -> keys.add("s3://lake/flights/" + n / 10 + "/" + (2000 + n % 10)));
            var triggers = new RunTriggers(
                    CheckedGraph.of(Pipeline.of("p", Punctuality.class)).orThrow());
            var roots = timed(
                    "join over 5,001 keys",
                    () -> triggers.roots(
                                    keys.getFirst(), prefix -> keys.stream().filter(key -> key.startsWith(prefix)))
                            .orElseThrow());
            System.out.println("  " + roots.parameters().size() + " roots");
            timed("one full key", () -> triggers.roots(keys.getLast(), prefix -> Stream.empty()));
        }
    }

    private static void graph(String name, Pipeline pipeline, String node) {
        System.out.println(name);
        var graph = timed("checked", () -> CheckedGraph.of(pipeline).orThrow());
        System.out.println("  " + graph.nodes().size() + " nodes, "
                + graph.nodes().stream().mapToInt(one -> one.requires().size()).sum() + " edges, "
                + graph.sampleRoots().size() + " samples");
        timed("compiled", () -> CheckedGraph.ofCompiled(pipeline).orThrow());
        timed("one node", () -> graph.task(node, Map.of("year", "2001")));
        timed("whole shape", () -> graph.instance(Map.of("year", "2001")));
    }

    private static <T> T timed(String what, Supplier<T> work) {
        var cpu = ManagementFactory.getThreadMXBean();
        var begun = cpu.getCurrentThreadCpuTime();
        var start = System.nanoTime();
        var result = work.get();
        System.out.println(String.format(
                Locale.ROOT,
                "  %-22s %8.1f ms, %8.1f ms of CPU",
                what,
                (System.nanoTime() - start) / 1e6,
                (cpu.getCurrentThreadCpuTime() - begun) / 1e6));
        return result;
    }
}
