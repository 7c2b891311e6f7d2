package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Turnstile;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.graph.PipelineSearch;
import dev.baton.json.Json;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// An execution that failed by a fault of the code, continued by an execution of the code in which it is mended.
class ContinuedExecutionTest {
    @TempDir
    private Path home;

    @BeforeEach
    @AfterEach
    void open() {
        Turnstile.GATES.values().forEach(CountDownLatch::countDown);
        Turnstile.GATES.clear();
        Turnstile.ARRIVED.clear();
    }

    private Call baton(String... words) {
        return Call.in(home, words);
    }

    private Call continued(Object execution) {
        return baton("start", String.valueOf(execution), "--again", "--with-new-code", "--follow");
    }

    private static Object uploaded(DeployedPipeline ledger, int year) throws InterruptedException {
        return ledger.upload("receipts/" + year + ".txt", "12").getFirst().get("name");
    }

    private static ExecutionStatus ended(DeployedPipeline ledger, Object name) throws InterruptedException {
        return ledger.ended(ledger.arn(String.valueOf(name))).status();
    }

    @Test
    void what_was_finished_is_skipped_what_failed_runs_and_both_executions_name_each_other()
            throws IOException, InterruptedException {
        var cloud = new LocalCloud(LocalCloud.start(0, null), LaptopFunctions::inProcess);
        try (var ledger = new DeployedPipeline(ledger("broken", "Integer.parseInt(\"x\" + sum)"), cloud)) {
            ledger.tell(home);
            var failed = uploaded(ledger, 2001);
            var replaced = uploaded(ledger, 2002);
            var swept = uploaded(ledger, 2003);
            var wrong = ledger.upload("receipts/2004.txt", "twelve").getFirst().get("name");
            ledger.put("receipts/2005.txt", "12");
            var byHand = ledger.start(Map.of("parameters", Map.of("year", "2005")));
            for (var name : List.of(failed, replaced, swept, wrong)) {
                assertThat(ended(ledger, name)).isEqualTo(ExecutionStatus.FAILED);
            }
            assertThat(ledger.ended(byHand).status()).isEqualTo(ExecutionStatus.FAILED);
            Turnstile.GATES.put("2006", new CountDownLatch(1));
            var running = uploaded(ledger, 2006);
            assertThat(continued(running).err()).startsWith("error CLI082 at " + running);
            Turnstile.GATES.get("2006").countDown();
            assertThat(ended(ledger, running)).isEqualTo(ExecutionStatus.FAILED);
            assertThat(continued(failed).err())
                    .as("nothing newer is there")
                    .startsWith("error CLI084 at " + failed)
                    .contains("ran the code that is deployed", "RUN056");

            cloud.deployRecorded(ledger("mended", "2 * Integer.parseInt(sum)"));
            var call = continued(failed);

            assertThat(call.exit()).as(call.out() + call.err()).isZero();
            var name = call.lines("started")
                    .getFirst()
                    .replaceFirst("started +", "")
                    .replaceFirst(":.*", "");
            assertThat(call.lines("started"))
                    .containsExactly("started     " + name + ": continues " + failed + " with newer code");
            assertThat(ledger.read("reports/2001.txt")).isEqualTo("24");
            var report = Json.parseObject(baton("status", name, "--json").out());
            assertThat(report).containsEntry("continues", failed).containsEntry("version", "2");
            assertThat(report.get("tasks").toString())
                    .contains("state=Sum", "outcome=SKIPPED", "those of run " + failed)
                    .contains("state=Report", "outcome=RAN", "its output was never made");
            assertThat(baton("status", name).lines())
                    .contains("continues " + failed + ", which failed with older code");
            assertThat(baton("status", String.valueOf(failed)).lines())
                    .contains("continued by " + name + ", with newer code");
            assertThat(ledger.history(ledger.arn(name), "ExecutionStarted")
                            .getFirst()
                            .executionStartedEventDetails()
                            .input())
                    .contains("\"continues\":\"" + failed + "\"");

            assertThat(continued(failed).lines("known"))
                    .as("asked again, nothing starts")
                    .containsExactly("known       " + name + " is SUCCEEDED: nothing is started a second time");
            assertThat(continued(name).err()).startsWith("error CLI081 at " + name);
            assertThat(continued("ledger-1999-00").err()).startsWith("error CLI015 at ledger-1999-00");

            ledger.upload("receipts/2002.txt", "13");
            assertThat(continued(replaced).err())
                    .startsWith("error CLI084 at " + replaced)
                    .contains("s3://lake/receipts/2002.txt is version ", "RUN055");

            assertThat(continued(byHand).exit()).as("by what it pinned itself").isZero();
            var handed = byHand.substring(byHand.lastIndexOf(':') + 1);
            assertThat(baton("status", handed).out()).contains("continued by ledger-2005-");

            assertThat(continued(wrong).exit()).as("it starts, and fails").isEqualTo(1);
            assertThat(continued(wrong).err())
                    .startsWith("error CLI085 at " + wrong)
                    .contains("ended FAILED too: ledger-2004-");
            for (var words : List.of("ledger --again --with-new-code --year 2004", failed + " --with-new-code")) {
                assertThat(baton(("start " + words).split(" ")).exit())
                        .as(words)
                        .isEqualTo(2);
            }

            assertThat(baton("sweep").lines("started")).anyMatch(line -> line.contains("ledger-2003-"));
            var bySweep = Json.parseObject(
                            baton("status", String.valueOf(swept), "--json").out())
                    .get("continuedBy");
            assertThat(bySweep).asString().startsWith("ledger-2003-");
            assertThat(ended(ledger, bySweep)).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(continued(swept).lines("known"))
                    .singleElement()
                    .asString()
                    .contains(String.valueOf(bySweep));
            assertThat(baton("status", String.valueOf(bySweep)).lines())
                    .contains("continues " + swept + ", which failed with older code");
        }
    }

    /// @param report what the report is, of the text `sum`
    private CompiledPipeline ledger(String folder, String report) throws IOException {
        var head = """
                package own;

                import dev.baton.cli.pipelines.Turnstile;
                import dev.baton.task.*;
                import java.io.IOException;
                import java.time.Year;
                import java.util.List;

                """;
        var sources = Map.of(
                "Receipts",
                head + """
                @Intent("Receipts of a year")
                public record Receipts(Year year) implements ExternalTask {
                    public Target output() { return S3Target.at("s3://lake/receipts/{year}.txt", this); }
                }
                """,
                "Sum",
                head + """
                @Intent("What the receipts come to") @Retries(0)
                public record Sum(Year year) implements Task {
                    public List<Receipts> requires() { return List.of(new Receipts(year)); }
                    public Target output() { return S3Target.at("s3://lake/sums/{year}.txt", this); }
                    public void run(TaskRun run) throws IOException {
                        Turnstile.pass(year.toString());
                        run.output().text(run.input(new Receipts(year)).text());
                    }
                }
                """,
                "Report",
                head + """
                @Intent("What was found") @Retries(0)
                public record Report(Year year) implements Task {
                    public List<Sum> requires() { return List.of(new Sum(year)); }
                    public Target output() { return S3Target.at("s3://lake/reports/{year}.txt", this); }
                    public void run(TaskRun run) throws IOException {
                        var sum = run.input(new Sum(year)).text();
                        run.output().text(String.valueOf(%s));
                    }
                }
                """.formatted(report),
                "Ledger",
                head + """
                public final class Ledger implements PipelineProvider {
                    public List<Pipeline> pipelines() { return List.of(Pipeline.of("ledger", Report.class)); }
                }
                """);
        var jar = SourceJar.of(home.resolve(folder), "Ledger", sources);
        var loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
        return Compiler.compile(PipelineSearch.in(List.of(loader)).stream()
                .filter(found -> found.name().equals("ledger"))
                .findFirst()
                .orElseThrow());
    }
}
