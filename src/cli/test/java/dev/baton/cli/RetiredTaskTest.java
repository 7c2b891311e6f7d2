package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Turnstile;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.graph.PipelineSearch;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// A class of tasks that leaves a pipeline while an execution has yet to come to it, and comes back.
class RetiredTaskTest {
    private static final String FUNCTION = "baton-ledger-Balance";

    @TempDir
    private Path home;

    @BeforeEach
    @AfterEach
    void open() {
        Turnstile.GATES.values().forEach(CountDownLatch::countDown);
        Turnstile.GATES.clear();
        Turnstile.ARRIVED.clear();
        Turnstile.BROKEN.clear();
    }

    @Test
    void
            a_function_outlives_its_class_until_nothing_names_its_versions_and_its_name_is_free_for_the_class_to_come_back()
                    throws IOException, InterruptedException {
        var with = ledger("with", true);
        var without = ledger("without", false);
        var cloud = new LocalCloud(
                LocalCloud.start(0, null), (aws, pipeline) -> LaptopFunctions.JVM.of(aws, pipeline, Path.of("none")));
        try (var ledger = new DeployedPipeline(with, cloud)) {
            ledger.tell(home);
            assertThat(deployment(cloud, with).plan().stillNeeded(with)).isEqualTo(RetainedResources.NOTHING);
            Turnstile.GATES.put("2001", new CountDownLatch(1));
            var running = ledger.upload("receipts/2001.txt", "1").getFirst().get("execution");
            assertThat(Turnstile.ARRIVED.poll(60, TimeUnit.SECONDS)).isEqualTo("2001");

            var kept = deployment(cloud, without).plan().stillNeeded(without);
            assertThat(kept.functions())
                    .extracting(RetainedResources.Function::name)
                    .containsExactly(FUNCTION);
            assertThat(kept.functions().getFirst().runsTasks()).isTrue();
            assertThat(kept.roles())
                    .as("its own and its task's, as they are")
                    .extracting(RetainedResources.Role::name)
                    .containsExactlyInAnyOrder(FUNCTION, FUNCTION + "-runner");
            assertThat(kept.roles()).allSatisfy(role -> {
                assertThat(kept.functions().getFirst().has(role)).isTrue();
                assertThat(role.path()).isEqualTo("/baton/ledger/");
                assertThat(role.policies()).containsOnlyKeys("baton");
                assertThat(role.boundary()).endsWith(":policy/baton/ledger/baton-ledger-boundary");
                assertThat(role.trust()).containsKey("Statement");
            });
            assertThat(kept.grants())
                    .as("what the report read of it, and of the sum no less")
                    .containsOnlyKeys("baton-ledger-Report");
            assertThat(kept.grants().toString())
                    .contains("lake/balances/", "own.Balance")
                    .doesNotContain("s3:Put");
            assertThat(RetainedResources.parse(RetainedResources.print(Map.of("ledger", kept))))
                    .isEqualTo(Map.of("ledger", kept));

            cloud.deployRecorded(without);
            assertThat(removed()).as("the running execution will come to it").doesNotContain("function:" + FUNCTION);
            assertThat(deployment(cloud, without).plan().stillNeeded(without))
                    .as("deployed once more")
                    .isEqualTo(kept);
            Turnstile.GATES.get("2001").countDown();
            var ended = ledger.ended(running);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(ledger.read("reports/2001.txt")).isEqualTo("1 balanced");
            assertThat(deployment(cloud, without).plan().stillNeeded(without)).isEqualTo(RetainedResources.NOTHING);

            deployment(cloud, without).record(without, "", InstantSource.system());
            assertThat(removed())
                    .as("what is in a stack, the stack takes away")
                    .doesNotContain("function:" + FUNCTION)
                    .contains("stateMachine:baton-ledger:1");
            cloud.deployRecorded(without);
            assertThat(removed())
                    .containsExactlyInAnyOrder(
                            "function:" + FUNCTION + ":1",
                            "function:" + FUNCTION,
                            "role/baton/ledger/" + FUNCTION,
                            "role/baton/ledger/" + FUNCTION + "-runner");
            assertThat(functions(ledger)).doesNotContain(FUNCTION).contains("baton-ledger-Sum");
            assertThat(roles(ledger))
                    .doesNotContain(FUNCTION, FUNCTION + "-runner")
                    .contains("baton-ledger-Sum", "baton-ledger-Sum-runner");
            assertThat(removed()).isEmpty();

            cloud.deployRecorded(with);
            var next = ledger.upload("receipts/2002.txt", "2").getFirst().get("execution");
            assertThat(ledger.ended(next).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(ledger.read("reports/2002.txt")).isEqualTo("2 balanced");
        }
    }

    private Deployment deployment(LocalCloud cloud, CompiledPipeline pipeline) {
        var account = cloud.aws().account();
        return new Deployment(
                cloud.endpoint(),
                LaptopFunctions.JVM.of(cloud.aws(), pipeline, Path.of("none")),
                new EnvironmentNames(
                        account.id(), account.region(), LocalCloud.STATE_BUCKET, Map.of(), SourceRevision.UNKNOWN));
    }

    /// What `gc` removes, by the end of its ARNs.
    private List<String> removed() {
        var call = Call.in(home, "gc");
        assertThat(call.err()).isEmpty();
        return call.lines().stream()
                .filter(line -> line.contains("arn:aws:"))
                .map(line -> line.replaceAll(".*:000000000000:", ""))
                .toList();
    }

    private static List<String> functions(DeployedPipeline pipeline) {
        return pipeline.endpoint().lambda().listFunctions().functions().stream()
                .map(FunctionConfiguration::functionName)
                .toList();
    }

    private static List<String> roles(DeployedPipeline pipeline) {
        return pipeline.endpoint().iam().listRoles().roles().stream()
                .map(Role::roleName)
                .toList();
    }

    private CompiledPipeline ledger(String folder, boolean balanced) throws IOException {
        var head = """
                package own;

                import dev.baton.cli.pipelines.Turnstile;
                import dev.baton.task.*;
                import java.io.IOException;
                import java.time.Year;
                import java.util.List;

                """;
        var before = balanced ? "Balance" : "Sum";
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
                "Balance",
                head + """
                @Intent("The sum and a word") @Retries(0)
                public record Balance(Year year) implements Task {
                    public List<Sum> requires() { return List.of(new Sum(year)); }
                    public Target output() { return S3Target.at("s3://lake/balances/{year}.txt", this); }
                    public void run(TaskRun run) throws IOException {
                        run.output().text(run.input(new Sum(year)).text() + " balanced");
                    }
                }
                """,
                "Report",
                head + """
                @Intent("What was found") @Retries(0)
                public record Report(Year year) implements Task {
                    public List<%s> requires() { return List.of(new %s(year)); }
                    public Target output() { return S3Target.at("s3://lake/reports/{year}.txt", this); }
                    public void run(TaskRun run) throws IOException {
                        run.output().text(run.input(new %s(year)).text());
                    }
                }
                """.formatted(before, before, before),
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
