package dev.baton.lambda.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Whole schedules of whole pipelines. `-Dbaton.simulation.seed=…` plays the schedule of one seed,
/// `-Dbaton.simulation.schedules=…` another number of them, `-Dbaton.simulation.from=…` other ones.
class SimulationTest {
    private static final long FROM = Long.getLong("baton.simulation.from", 0);
    private static final int SCHEDULES =
            Integer.getInteger("baton.simulation.schedules", Boolean.getBoolean("baton.thorough") ? 100_000 : 10_000);
    /// So that each process has pipelines of its own.
    private static final List<Integer> PROCESSES = List.of(8, 6, 4, 3, 2, 1);

    @Test
    void whatever_happens_every_run_comes_right() throws Exception {
        var seed = Long.getLong("baton.simulation.seed");
        var began = System.nanoTime();
        var count = seed == null ? SCHEDULES : 1;
        var output = play(seed == null ? FROM : seed, count);
        System.out.println(count + " schedules in " + (System.nanoTime() - began) / 1_000_000_000 + " s");
        figures(output).forEach((name, value) -> System.out.println("  " + name + " " + value));
        var told = output.stream()
                .filter(line -> !line.startsWith(Schedules.FIGURES) && !line.startsWith(Schedules.FAILURES))
                .toList();
        var failures = output.stream().filter(line -> line.startsWith(Schedules.FAILURES)).toList();
        assertThat(failures).as(String.join("\n", told)).isNotEmpty().containsOnly(Schedules.FAILURES + 0);
        if (seed == null && count >= 1_000) {
            assertRough(figures(output), count);
        }
    }

    /// The schedules are worth something only if they are rough, and differ.
    private static void assertRough(Map<String, Long> figures, int count) {
        assertThat(figures.get("orders of requests")).isGreaterThan(count * 9L / 10);
        assertThat(figures.get("executions")).isGreaterThan(count);
        var kinds = List.of("killed", "refused", "lost", "stalls", "late", "repeated", "clock", "unheard", "people");
        for (var kind : kinds) {
            assertThat(figures.get("steps: " + kind)).as(kind).isGreaterThan(count / 20);
        }
    }

    private static Map<String, Long> figures(List<String> output) {
        var figures = new TreeMap<String, Long>();
        for (var line : output) {
            if (line.startsWith(Schedules.FIGURES)) {
                var space = line.lastIndexOf(' ');
                figures.merge(
                        line.substring(Schedules.FIGURES.length(), space),
                        Long.parseLong(line.substring(space + 1)),
                        Long::sum);
            }
        }
        return figures;
    }

    private List<String> play(long from, int count) throws IOException, InterruptedException {
        var processors = Runtime.getRuntime().availableProcessors();
        var apart = PROCESSES.stream().filter(n -> n <= Math.min(processors, count)).findFirst().orElse(1);
        var processes = new ArrayList<Process>();
        for (var number = 0; number < apart; number++) {
            processes.add(process(from + number, from + count, apart, number));
        }
        var output = new ArrayList<String>();
        for (var process : processes) {
            try (var reader = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().filter(line -> !line.startsWith("SLF4J")).forEach(output::add);
            }
            assertThat(process.waitFor()).as(String.join("\n", output)).isIn(0, 1);
        }
        return output;
    }

    /// Of the class loader of the tests, which is another than the JVM's where the launcher has one of its own.
    private static String classPath() {
        return SimulationTest.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs())
                        .map(url -> Path.of(URI.create(url.toString())).toString())
                        .collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private Process process(long from, long end, int apart, int number) throws IOException {
        var command = new ArrayList<>(Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-Xshare:auto",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                classPath(),
                Schedules.class.getName(),
                Long.toString(from),
                Long.toString(end),
                Integer.toString(apart),
                Path.of("target", "simulation", "process-" + number).toAbsolutePath().toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
