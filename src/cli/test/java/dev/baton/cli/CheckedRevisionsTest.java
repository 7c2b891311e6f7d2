package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.affected.ShopProject;
import dev.baton.cli.artefact.Provenance;
import dev.baton.cli.command.DeployedEnvironment;
import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environments;
import dev.baton.graph.PipelineSearch;
import dev.baton.json.Json;
import dev.baton.run.RevisionCheck;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// An environment that demands checks: what is built from a revision that lacks one is neither deployed nor started
/// there, and both say which.
class CheckedRevisionsTest {
    private static final String ENVIRONMENTS =
            "{\"local\": {\"endpoint\": \"embedded\", \"demandedChecks\": [\"tests\", \"review\"]}}";

    @TempDir
    private Path folder;

    @Test
    void what_lacks_a_check_is_neither_deployed_nor_started() throws Exception {
        Call.silenceLogs();
        var project = ShopProject.in(folder.resolve("shop"), "git");
        var home = project.root();
        Files.createDirectories(home.resolve("cdk"));
        project.write("cdk/environments.json", ENVIRONMENTS).code("one", Map.of());
        var id = project.commit("first");
        var jar = project.build();
        try (var cloud = new LocalCloud(0, null)) {
            DeployedPipeline.tell(home, cloud.aws());
            var lacks = Call.in(home, "deploy", "local", "shop", "--jar", jar.toString());
            assertThat(lacks.exit()).isOne();
            assertThat(lacks.err())
                    .startsWith("error ENV040 at shop\n  ")
                    .contains("target/shop.jar was built from " + id.substring(0, 12) + " on ")
                    .contains("of which the check tests is not recorded, and the check review is not recorded, and the"
                            + " environment \"local\" demands it");

            assertThat(check(home, "add", "tests", "--status", "failed", "--by", "ci-1", "--note", "2 of 3")
                            .out())
                    .isEqualTo("tests of " + id.substring(0, 12) + " (git) failed, says ci-1\n");
            assertThat(Call.in(home, "deploy", "local", "shop", "--jar", jar.toString())
                            .err())
                    .contains("ENV040", "the check tests failed, says ci-1 at 20");
            check(home, "add", "review", "--status", "passed", "--by", "ada", "--revision", id.substring(0, 8));

            put(cloud, home, jar);
            cloud.endpoint().s3().putObject(r -> r.bucket("shop").key("raw/a.txt"), RequestBody.fromString("1"));
            var refused = Call.in(home, "start", "shop", "--name", "a", "--env", "local");
            assertThat(refused.exit()).isOne();
            assertThat(refused.err())
                    .startsWith("error RUN050 at shop\n  the deployed code was built from " + id.substring(0, 12))
                    .contains("the check tests failed, says ci-1 at 20")
                    .doesNotContain("review");
            assertThat(Call.in(home, "sweep", "shop", "--env", "local").out()).contains("1 refused");
            var past = startedPastTheStartFunction(cloud);
            assertThat(past.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(past.cause())
                    .contains("the deployed code was built from " + id.substring(0, 12))
                    .contains("the check tests failed, says ci-1 at 20", "(RUN050)");

            check(home, "add", "tests", "--status", "passed", "--by", "ci-2");
            // What was read is kept for a while.
            Thread.sleep(1_100);
            var started = Call.in(home, "start", "shop", "--name", "a", "--env", "local", "--follow");
            assertThat(started.exit()).as(started.err()).isZero();
            cloud.endpoint().states().redriveExecution(request -> request.executionArn(past.executionArn()));
            assertThat(ended(cloud, past.executionArn()).status())
                    .as("the check is there now")
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
            var execution = Json.parseObject(Call.in(home, "status", "shop", "--json", "--env", "local")
                            .lines()
                            .getFirst())
                    .get("execution");
            assertThat(Call.in(home, "status", String.valueOf(execution), "--env", "local")
                            .lines())
                    .anyMatch(line -> line.matches("code of " + id.substring(0, 12) + " on [a-z]+"));

            assertThat(check(home, "list").lines())
                    .hasSize(3)
                    .anyMatch(line -> line.matches("review +passed +ada +20.*"))
                    .anyMatch(line -> line.matches("tests +passed +ci-2 +20.*"));
            assertThat(check(home, "show", "tests").lines())
                    .hasSize(3)
                    .anyMatch(line -> line.matches("tests +failed +ci-1 +20.* +2 of 3"));
            var record = RevisionCheck.parse(
                    check(home, "show", "tests", "--json").lines().getFirst().getBytes());
            assertThat(record.id()).isEqualTo(id);
            assertThat(record.principal()).isNotEmpty();
            assertThat(check(home, "show", "signed").err()).contains("CLI063", "recorded are review, tests");

            project.write("new.txt", "1");
            assertThat(check(home, "add", "tests", "--status", "passed", "--by", "x")
                            .err())
                    .startsWith("error CLI064 at " + home);
            assertThat(Call.in(home, "deploy", "local", "shop", "--jar", jar.toString())
                            .err())
                    .as("what is dirty never qualifies")
                    .contains("ENV040", ", with uncommitted changes, which no check is of");
            assertThat(check(home, "add", "signed", "--signed", "--revision", id)
                            .err())
                    .startsWith("error REV012 at " + id)
                    .contains("is not signed");
            assertThat(check(home, "add", "signed", "--status", "passed").exit())
                    .isEqualTo(2);
            assertThat(check(home, "add", "../signed", "--signed").exit()).isEqualTo(2);
        }
    }

    private static Call check(Path home, String... words) {
        var all = new ArrayList<>(List.of("check-revision"));
        all.addAll(List.of(words));
        all.addAll(List.of("--env", "local"));
        return Call.in(home, all.toArray(String[]::new));
    }

    private static DescribeExecutionResponse startedPastTheStartFunction(LocalCloud cloud) throws InterruptedException {
        var states = cloud.endpoint().states();
        var machine = states.listStateMachines().stateMachines().getFirst().stateMachineArn();
        return ended(
                cloud,
                states.startExecution(request ->
                                request.stateMachineArn(machine).input("{\"parameters\": {\"name\": \"a\"}}"))
                        .executionArn());
    }

    private static DescribeExecutionResponse ended(LocalCloud cloud, String arn) throws InterruptedException {
        while (true) {
            var execution = cloud.endpoint().states().describeExecution(request -> request.executionArn(arn));
            if (execution.status() != ExecutionStatus.RUNNING) {
                return execution;
            }
            Thread.sleep(20);
        }
    }

    private static void put(LocalCloud cloud, Path home, Path jar) throws Exception {
        var environment = Environments.parse("", Files.readString(home.resolve("cdk/environments.json")))
                .named("local");
        var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, CheckedRevisionsTest.class.getClassLoader());
        var pipeline = PipelineSearch.in(List.of(loader)).stream()
                .filter(each -> each.name().equals("shop"))
                .findFirst()
                .orElseThrow();
        var compiled = Compiler.compile(pipeline);
        new Deployment(
                        cloud.endpoint(),
                        LaptopFunctions.inProcess(cloud.aws(), compiled),
                        DeployedEnvironment.names(
                                cloud.endpoint(),
                                environment,
                                compiled,
                                Provenance.of(jar).revision()))
                .deploy(compiled, "", InstantSource.system());
    }
}
