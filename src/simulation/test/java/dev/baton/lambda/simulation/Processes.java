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
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// JVMs of a test's own, one for each processor, that share the seeds among them.
public final class Processes {
    /// What a line begins with that tells a figure: its name, a space, a whole number.
    public static final String FIGURES = "figures ";
    /// What a process's last line begins with: how many seeds failed.
    public static final String FAILURES = "failures ";

    /// So that each process has pipelines of its own.
    private static final List<Integer> COUNTS = List.of(8, 6, 4, 3, 2, 1);

    private Processes() {}

    /// What all processes printed.
    ///
    /// @param processes how many there were
    public record Output(List<String> lines, int processes) {
        /// The sums of the figures.
        public Map<String, Long> figures() {
            var figures = new TreeMap<String, Long>();
            for (var line : lines) {
                if (line.startsWith(FIGURES)) {
                    var space = line.lastIndexOf(' ');
                    figures.merge(
                            line.substring(FIGURES.length(), space),
                            Long.parseLong(line.substring(space + 1)),
                            Long::sum);
                }
            }
            return figures;
        }

        /// Holds that every process came to its end and no seed failed; what they told of failures is the message.
        public void assertNoFailures() {
            var told = lines.stream()
                    .filter(line -> !line.startsWith(FIGURES) && !line.startsWith(FAILURES))
                    .toList();
            var failures =
                    lines.stream().filter(line -> line.startsWith(FAILURES)).toList();
            assertThat(failures).as(String.join("\n", told)).hasSize(processes).containsOnly(FAILURES + 0);
        }
    }

    /// Plays some seeds.
    ///
    /// @param main is told the first seed, the one after the last, how far apart its own are, and then the others
    /// @param options of the JVMs
    /// @param others further arguments of the process with a number, counted from 0
    public static Output play(
            Class<?> main, long from, int count, List<String> options, IntFunction<List<String>> others)
            throws IOException, InterruptedException {
        var processors = Runtime.getRuntime().availableProcessors();
        var apart = COUNTS.stream().filter(n -> n <= Math.min(processors, count)).findFirst().orElse(1);
        var processes = new ArrayList<Process>();
        for (var number = 0; number < apart; number++) {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-Xshare:auto"));
            command.addAll(options);
            command.addAll(List.of("-cp", classPath(), main.getName()));
            command.addAll(List.of(
                    Long.toString(from + number), Long.toString(from + count), Integer.toString(apart)));
            command.addAll(others.apply(number));
            processes.add(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        }
        var output = new ArrayList<String>();
        for (var process : processes) {
            try (var reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().filter(line -> !line.startsWith("SLF4J")).forEach(output::add);
            }
            assertThat(process.waitFor()).as(String.join("\n", output)).isIn(0, 1);
        }
        return new Output(List.copyOf(output), apart);
    }

    /// Of the class loader of the tests, which is another than the JVM's where the launcher has one of its own.
    private static String classPath() {
        return Processes.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs())
                        .map(url -> Path.of(URI.create(url.toString())).toString())
                        .collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }
}
