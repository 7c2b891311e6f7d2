package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LocalCloud;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.graph.PipelineSearch;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daily and a monthly pipeline over one task, which is complete for both when it is for one; and two tasks of one
/// output, which no command takes.
class SharedTaskTest {
    private static final String HEAD = """
            package own;

            import dev.baton.task.*;
            import java.io.IOException;
            import java.time.*;
            import java.util.List;
            import java.util.stream.*;

            """;

    private static final String CLEAN = """
            @Intent("What a day's log says") public record Clean(LocalDate day) implements Task {
                public List<Log> requires() { return List.of(new Log(day)); }
                public Target output() { return S3Target.at("s3://shop/clean/{day}.txt", this); }
                public void run(TaskRun run) throws IOException { run.output().text(run.input(new Log(day)).text()); }
            }
            """;

    private static final String MONTH = """
            @Intent("The first two days of a month") public record Month(YearMonth month) implements Task {
                public List<%1$s> requires() {
                    return IntStream.of(1, 2).mapToObj(day -> new %1$s(month.atDay(day))).toList();
                }
                public Target output() { return S3Target.at("s3://shop/months/{month}.txt", this); }
                public void run(TaskRun run) throws IOException {
                    var text = "";
                    for (var day : requires()) { text += run.input(day).text(); }
                    run.output().text(text);
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void home() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
    }

    /// @param monthly the class that the monthly pipeline requires of a day
    private Path jar(String monthly, Map<String, String> more) throws IOException {
        var sources = new HashMap<String, String>();
        sources.put("Log", """
                @Intent("What came on a day") public record Log(LocalDate day) implements ExternalTask {
                    public Target output() { return S3Target.at("s3://shop/raw/{day}.log", this); }
                }
                """);
        sources.put("Clean", CLEAN);
        sources.put("Day", """
                @Intent("A day's report") public record Day(LocalDate day) implements Task {
                    public List<Clean> requires() { return List.of(new Clean(day)); }
                    public Target output() { return S3Target.at("s3://shop/days/{day}.txt", this); }
                    public void run(TaskRun run) throws IOException {
                        run.output().text(run.input(new Clean(day)).text());
                    }
                }
                """);
        sources.put("Month", MONTH.formatted(monthly));
        sources.put("Shop", """
                public final class Shop implements PipelineProvider {
                    public List<Pipeline> pipelines() {
                        return List.of(Pipeline.of("daily", Day.class), Pipeline.of("monthly", Month.class));
                    }
                }
                """);
        sources.putAll(more);
        sources.replaceAll((name, source) -> HEAD + source);
        return SourceJar.of(Files.createTempDirectory(folder, "jar"), "Shop", sources);
    }

    private Call run(Path jar, String... words) {
        var all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(words));
        all.addAll(List.of(
                "--jar", jar.toString(), "--data", folder.resolve("data").toString()));
        return Call.in(home, all.toArray(String[]::new));
    }

    @Test
    void what_the_daily_pipeline_made_the_monthly_one_skips_and_the_other_way_round() throws IOException {
        var raw = Files.createDirectories(folder.resolve("data/raw"));
        Files.writeString(raw.resolve("2026-01-01.log"), "one\n");
        Files.writeString(raw.resolve("2026-01-02.log"), "two\n");
        var jar = jar("Clean", Map.of());

        var daily = run(jar, "daily", "--day", "2026-01-01");
        assertThat(daily.exit()).as(daily.out() + daily.err()).isZero();
        assertThat(daily.lines("ran")).hasSize(2);

        var monthly = run(jar, "monthly", "--month", "2026-01");
        assertThat(monthly.exit()).as(monthly.out() + monthly.err()).isZero();
        assertThat(monthly.lines("ran")).as(monthly.out()).hasSize(2);
        assertThat(monthly.lines("skipped")).as(monthly.out()).hasSize(1);
        assertThat(Files.readString(home.resolve(".baton/out/monthly/months/2026-01.txt")))
                .isEqualTo("one\ntwo\n");

        for (var again : List.of(run(jar, "daily", "--day", "2026-01-02"), run(jar, "monthly", "--month", "2026-01"))) {
            assertThat(again.exit()).as(again.out() + again.err()).isZero();
            assertThat(again.lines("ran")).as(again.out()).hasSizeLessThan(2).noneMatch(line -> line.contains("Clean"));
        }
    }

    @Test
    void both_are_as_they_were_deployed_in_whatever_order_they_are() throws IOException {
        var jar = jar("Clean", Map.of());
        try (var loader = new URLClassLoader(
                        new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
                var cloud = new LocalCloud(0, null)) {
            var pipelines = PipelineSearch.in(List.of(loader)).stream()
                    .filter(pipeline -> !pipeline.root().getName().startsWith("dev.baton."))
                    .map(Compiler::compile)
                    .toList();
            assertThat(pipelines).extracting(CompiledPipeline::name).containsExactly("daily", "monthly");
            DeployedPipeline.tell(home, cloud.aws());
            for (var order : List.of(pipelines, pipelines.reversed())) {
                order.forEach(cloud::deployRecorded);
                var drift = Call.in(home, "drift");
                assertThat(drift.exit()).as(drift.out() + drift.err()).isZero();
                assertThat(drift.lines()).hasSize(2).allMatch(line -> line.contains(" is as it was deployed at "));
            }
        }
    }

    @Test
    void two_tasks_of_one_output_are_the_same_finding_of_every_command() throws IOException {
        var jar = jar("CleanToo", Map.of("CleanToo", CLEAN.replace("Clean(", "CleanToo(")));
        Files.writeString(Files.createDirectories(home.resolve("cdk")).resolve("environments.json"), """
                {"here": {"endpoint": "embedded", "stateBucket": {"name": "baton-state"}}}""");
        for (var words : List.of(
                List.of("run", "daily"),
                List.of("run", "monthly"),
                List.of("synth", "daily"),
                List.of("access", "monthly"),
                List.of("graph", "daily"),
                List.of("deploy", "here", "daily"),
                List.of("local", "--port", "0"))) {
            var call = Call.in(home, OwnJarTest.with(words, jar));
            assertThat(call.exit()).as(words + call.out()).isEqualTo(1);
            assertThat(call.err())
                    .as(words.toString())
                    // The class path of this test has further pipelines, each wrong, which local is asked for as well.
                    .endsWith("""
                            error TSK050 at daily/Clean
                              output s3://shop/clean/{day}.txt is also made by the pipeline monthly, as CleanToo \
                            s3://shop/clean/{day}.txt.
                              Mend: let one pipeline make it, and let the other require it as an ExternalTask; or let \
                            both require the same class from the same jar.   (baton explain TSK050)
                            """);
        }
    }
}
