package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.json.Json;
import dev.baton.task.Task;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What runs in one environment, deployed to another: both on one embedded AWS, to which packages are uploaded. What is
/// deployed never runs here, so that a jar of nothing but the authors' API stands for Baton's own.
class PromotionTest {
    private static final String RUNTIME = "baton.function.jar";
    private static final String ENVIRONMENTS = """
            {
              "stage": {"endpoint": "embedded", "prefix": "stage"},
              "prod": {
                "endpoint": "embedded",
                "prefix": "prod",
                "stateBucket": {"name": "their-state"},
                "buckets": {"lake": {"name": "their-lake"}}
              }
            }
            """;

    @TempDir
    private Path home;

    private String before;
    private LocalCloud cloud;

    @BeforeEach
    void start() throws IOException {
        before = System.getProperty(RUNTIME);
        System.setProperty(RUNTIME, home.resolve("baton-lambda-deployed.jar").toString());
        runtime("of one day");
        Files.createDirectories(home.resolve("cdk"));
        Files.writeString(home.resolve("cdk/environments.json"), ENVIRONMENTS);
        cloud = new LocalCloud(0, null, LaptopFunctions.JVM);
        DeployedPipeline.tell(home, cloud.aws());
    }

    @AfterEach
    void stop() {
        cloud.close();
        if (before == null) {
            System.clearProperty(RUNTIME);
        } else {
            System.setProperty(RUNTIME, before);
        }
    }

    private void runtime(String built) throws IOException {
        var api = FunctionPackage.source(Task.class);
        var bytes = Files.isDirectory(api) ? FunctionPackage.jar(api) : Files.readAllBytes(api);
        try (var in = new JarInputStream(new ByteArrayInputStream(bytes));
                var out = new JarOutputStream(Files.newOutputStream(home.resolve("baton-lambda-deployed.jar")))) {
            for (var entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                out.putNextEntry(new JarEntry(entry.getName()));
                in.transferTo(out);
            }
            out.putNextEntry(new JarEntry("built.txt"));
            out.write(built.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Call staged(Path jar) {
        return Call.in(home, "deploy", "stage", "ledger", "--jar", jar.toString(), "--no-sweep");
    }

    private Call promoted(String... more) {
        var words = new ArrayList<>(List.of("deploy", "prod", "--from", "stage", "--no-sweep"));
        words.addAll(List.of(more));
        return Call.in(home, words.toArray(String[]::new));
    }

    private Endpoint aws() {
        return cloud.endpoint();
    }

    private String code(String function) {
        return aws().lambda()
                .getFunctionConfiguration(request -> request.functionName(function))
                .codeSha256();
    }

    private String definition(String prefix) {
        var arn = "arn:aws:states:us-east-1:000000000000:stateMachine:" + prefix + "-ledger";
        return aws().states()
                .describeStateMachine(request -> request.stateMachineArn(arn))
                .definition()
                .replace(prefix + "-ledger", "ledger")
                .replace("/" + prefix + "/ledger", "/ledger");
    }

    @Test
    void what_runs_in_stage_is_deployed_to_prod_to_the_byte_and_both_hashes_are_shown() throws IOException {
        assertThat(promoted().err()).startsWith("error CLI086 at stage\n");
        assertThat(promoted("ledger").err())
                .startsWith("error CLI086 at ledger\n")
                .contains("cannot be taken from stage: it was not deployed there");
        var first = staged(ledger("first", "old"));
        assertThat(first.exit()).as(first.err()).isZero();

        var call = promoted();
        assertThat(call.exit()).as(call.out() + call.err()).isZero();
        assertThat(call.lines("promoted"))
                .containsExactly("promoted    ledger from stage: what is deployed is what runs there");
        assertThat(call.lines("equal")).hasSize(2);
        assertThat(call.lines("equal").getFirst()).matches("equal +code [0-9a-f]{64}");
        assertThat(call.lines("equal").getLast()).matches("equal +definition [0-9a-f]{64}");
        assertThat(call.lines("its"))
                .containsExactly(
                        "its own     prefix stage -> prod",
                        "its own     bucket lake stage-lake -> their-lake",
                        "its own     bucket state stage-state -> their-state");
        assertThat(call.lines("deployed")).containsExactly("deployed    ledger, version 1");
        for (var function : List.of("start", "pin", "Balance")) {
            assertThat(code("prod-ledger-" + function)).isEqualTo(code("stage-ledger-" + function));
        }
        assertThat(definition("prod")).isEqualTo(definition("stage")).contains("Balance");

        staged(ledger("second", "new"));
        assertThat(code("stage-ledger-Balance")).isNotEqualTo(code("prod-ledger-Balance"));
        var events = promoted("ledger", "--json")
                .out()
                .lines()
                .map(Json::parseObject)
                .toList();
        assertThat(events)
                .filteredOn(event -> "promoted".equals(event.get("event")))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("pipeline", "ledger")
                        .containsEntry("from", "stage")
                        .containsKeys("code", "definition", "own"));
        assertThat(code("prod-ledger-Balance")).isEqualTo(code("stage-ledger-Balance"));
        assertThat(Call.in(home, "drift", "prod").out()).startsWith("ledger is as it was deployed at 20");
    }

    @Test
    void what_would_not_be_the_same_is_refused_with_what_differs() throws IOException {
        var jar = ledger("first", "old");
        staged(jar);
        aws().lambda()
                .updateFunctionConfiguration(
                        request -> request.functionName("stage-ledger-start").memorySize(3000));
        assertThat(promoted().err())
                .startsWith("error CLI089 at ledger\n")
                .contains("was edited by hand in stage", "function stage-ledger-start", "3000");
        staged(jar);

        var same = Files.readAllBytes(home.resolve("baton-lambda-deployed.jar"));
        runtime("of another day");
        assertThat(promoted().err())
                .startsWith("error CLI087 at ledger\n")
                .contains("of Baton itself another build runs there (baton-lambda-deployed.jar)");
        Files.write(home.resolve("baton-lambda-deployed.jar"), same);

        Files.writeString(
                home.resolve("cdk/environments.json"),
                ENVIRONMENTS.replace(
                        "\"prefix\": \"stage\"",
                        "\"prefix\": \"stage\", \"buckets\": {\"lake\": {\"name\": \"a-lake\"}}"));
        assertThat(promoted().err())
                .startsWith("error CLI087 at ledger\n")
                .contains("would not be what runs in stage: ", "a-lake");
        Files.writeString(home.resolve("cdk/environments.json"), ENVIRONMENTS);

        for (var version : aws().s3()
                .listObjectVersions(request -> request.bucket("stage-state").prefix("code/"))
                .versions()) {
            aws().s3()
                    .deleteObject(request ->
                            request.bucket("stage-state").key(version.key()).versionId(version.versionId()));
        }
        assertThat(promoted().err())
                .startsWith("error CLI088 at ledger\n")
                .contains("is neither in its state bucket nor told by Lambda");
        assertThat(aws().lambda().listFunctions().functions())
                .as("nothing was deployed")
                .noneMatch(function -> function.functionName().startsWith("prod-"));

        assertThat(promoted("--jar", jar.toString()).exit()).isEqualTo(2);
        assertThat(Call.in(home, "deploy", "stage", "--from", "stage").exit()).isEqualTo(2);
    }

    private Path ledger(String folder, String word) throws IOException {
        var head = """
                package own;

                import dev.baton.task.*;
                import java.io.IOException;
                import java.time.Year;
                import java.util.List;

                """;
        return SourceJar.of(
                home.resolve(folder),
                "Ledger",
                Map.of("Receipts", head + """
                        @Intent("Receipts of a year")
                        public record Receipts(Year year) implements ExternalTask {
                            public Target output() { return S3Target.at("s3://lake/receipts/{year}.txt", this); }
                        }
                        """, "Balance", head + """
                        @Intent("The sum and a word")
                        public record Balance(Year year) implements Task {
                            public List<Receipts> requires() { return List.of(new Receipts(year)); }
                            public Target output() { return S3Target.at("s3://lake/balances/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException {
                                run.output().text(run.input(new Receipts(year)).text() + " %s");
                            }
                        }
                        """.formatted(word), "Ledger", head + """
                        public final class Ledger implements PipelineProvider {
                            public List<Pipeline> pipelines() { return List.of(Pipeline.of("ledger", Balance.class)); }
                        }
                        """));
    }
}
