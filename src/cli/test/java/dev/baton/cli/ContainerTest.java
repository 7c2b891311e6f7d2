package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.put.FunctionHost;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.deploy.read.PipelineSnapshot;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Glacier;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Concurrency;
import dev.baton.json.Json;
import dev.baton.local.logs.LogEvent;
import dev.baton.run.CheckDemand;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Tasks on Fargate, deployed as compiled to the embedded AWS.
class ContainerTest {

    @TempDir
    private static Path packages;

    @BeforeEach
    void forget() {
        Glacier.COMPUTED.clear();
    }

    @Test
    void a_container_between_two_functions_completes_its_task_under_the_tasks_own_role_and_is_skipped_when_fresh()
            throws InterruptedException {
        try (var glacier = new DeployedPipeline(TestPipelines.GLACIER)) {
            var first = glacier.upload("surveys/2026.txt", "80 m # foggy").getFirst();
            var ended = glacier.ended(first.get("execution"));
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(glacier.read("tongues/2026.txt")).isEqualTo("ends where it flows 80 m");
            assertThat(glacier.records())
                    .filteredOn(record -> record.task().endsWith("$Flow"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.roleSession()).contains(":assumed-role/baton-glacier-Flow/");
                        assertThat(record.inputs()).hasSize(1);
                    });
            assertThat(glacier.history(first.get("execution"), "TaskSubmitted"))
                    .singleElement()
                    .satisfies(event -> assertThat(
                                    event.taskSubmittedEventDetails().resource())
                            .isEqualTo("runTask.sync"));

            var again = glacier.upload("surveys/2026.txt", "80 m # clear").getFirst();
            assertThat(glacier.ended(again.get("execution")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(Glacier.COMPUTED).containsExactly(2026);
            assertThat(glacier.versions("flow/")).hasSize(1);
            assertThat(glacier.history(again.get("execution"), "TaskSubmitted"))
                    .as("no container was started to find that")
                    .isEmpty();
        }
    }

    /// Puts it there again, as built from other sources: the variables of containers tell which.
    private static void redeploy(DeployedPipeline glacier, String sources) {
        var compiled = Compiler.compile(TestPipelines.GLACIER);
        var names = new EnvironmentNames(
                glacier.endpoint().account(),
                glacier.endpoint().region(),
                LocalCloud.STATE_BUCKET,
                Map.of(),
                new SourceRevision("git", sources, "main", false));
        new Deployment(glacier.endpoint(), LaptopFunctions.JVM.of(glacier.aws(), compiled, packages), names)
                .deploy(compiled, "", InstantSource.system());
    }

    private static TaskDefinition revision(DeployedPipeline glacier, String name) {
        return glacier.endpoint()
                .ecs()
                .describeTaskDefinition(request -> request.taskDefinition(name))
                .taskDefinition();
    }

    @Test
    void gc_deregisters_revisions_that_no_retained_version_names(@TempDir Path home)
            throws IOException, InterruptedException {
        try (var glacier = new DeployedPipeline(TestPipelines.GLACIER)) {
            glacier.tell(home);
            var failed =
                    glacier.upload("surveys/2026.txt", "thin air").getFirst().get("execution");
            assertThat(glacier.ended(failed).status()).isEqualTo(ExecutionStatus.FAILED);
            redeploy(glacier, "b".repeat(40));
            redeploy(glacier, "c".repeat(40));

            var told = Call.in(home, "gc", "--dry-run");
            assertThat(told.err()).isEmpty();
            assertThat(told.lines("unused"))
                    .as("what failed may be redriven, and runs the first revision then")
                    .contains(
                            "unused      arn:aws:ecs:us-east-1:000000000000:task-definition/baton-glacier-Flow:2",
                            "unused      arn:aws:states:us-east-1:000000000000:stateMachine:baton-glacier:2")
                    .filteredOn(line -> line.contains("task-definition"))
                    .hasSize(1);
            assertThat(revision(glacier, "baton-glacier-Flow:2").status()).isEqualTo(TaskDefinitionStatus.ACTIVE);

            assertThat(Call.in(home, "gc", "--json").lines())
                    .anySatisfy(line -> assertThat(Json.parseObject(line))
                            .containsEntry("event", "removed")
                            .containsEntry("kind", "task definition"));
            assertThat(revision(glacier, "baton-glacier-Flow:2").status()).isEqualTo(TaskDefinitionStatus.INACTIVE);
            assertThat(revision(glacier, "baton-glacier-Flow:1").status()).isEqualTo(TaskDefinitionStatus.ACTIVE);
            assertThat(revision(glacier, "baton-glacier-Flow").revision()).isEqualTo(3);
            assertThat(Call.in(home, "gc").out()).isEqualTo("0 removed\n");
            assertThat(Call.in(home, "drift").exit()).isZero();
        }
    }

    @Test
    void drift_names_what_is_not_as_deployed_of_a_task_definition_and_a_deployment_puts_it_back(@TempDir Path home)
            throws IOException {
        try (var glacier = new DeployedPipeline(TestPipelines.GLACIER)) {
            glacier.tell(home);
            redeploy(glacier, "b".repeat(40));
            assertThat(Call.in(home, "drift").out()).startsWith("glacier is as it was deployed at 20");

            var there = revision(glacier, "baton-glacier-Flow");
            var container = there.containerDefinitions().getFirst();
            glacier.endpoint()
                    .ecs()
                    .registerTaskDefinition(request -> request.family("baton-glacier-Flow")
                            .requiresCompatibilities(there.requiresCompatibilities())
                            .networkMode(there.networkMode())
                            .cpu("512")
                            .memory("4096")
                            .taskRoleArn(there.executionRoleArn())
                            .executionRoleArn(there.executionRoleArn())
                            .containerDefinitions(container.toBuilder()
                                    .image("another")
                                    .environment(KeyValuePair.builder()
                                            .name("BATON_PIPELINE")
                                            .value("iceberg")
                                            .build())
                                    .build()));
            glacier.endpoint()
                    .ecs()
                    .deregisterTaskDefinition(request -> request.taskDefinition(there.taskDefinitionArn()));
            var drift = Call.in(home, "drift");
            assertThat(drift.exit()).isEqualTo(1);
            assertThat(drift.out())
                    .contains("task definition baton-glacier-Flow: image\n  is \"another\", but deployed was \"")
                    .contains("task definition baton-glacier-Flow: cpuUnits\n  is 512, but deployed was 1024")
                    .contains("task definition baton-glacier-Flow: memoryMegabytes\n  is 4096, but deployed was 2048")
                    .contains("task definition baton-glacier-Flow: role\n  is \"")
                    .contains("task definition baton-glacier-Flow: variable BATON_PIPELINE\n  is \"iceberg\"")
                    .contains("task definition baton-glacier-Flow: variable BATON_REVISION\n  is not there any more")
                    .contains(
                            "task definition baton-glacier-Flow: pinned\n  is not there any more; deployed was \"2\"");

            redeploy(glacier, "b".repeat(40));
            assertThat(Call.in(home, "drift").out()).startsWith("glacier is as it was deployed at 20");
        }
    }

    @Test
    void where_an_environment_names_no_security_group_the_one_that_is_deployed_is_meant() {
        try (var glacier = new DeployedPipeline(TestPipelines.GLACIER)) {
            var compiled = Compiler.compile(TestPipelines.GLACIER);
            FunctionHost nobody = (function, role, environment, description) -> {
                throw new AssertionError("nothing is to be published");
            };
            var names = new EnvironmentNames(
                    glacier.endpoint().account(),
                    glacier.endpoint().region(),
                    LocalCloud.STATE_BUCKET,
                    Map.of(),
                    SourceRevision.UNKNOWN,
                    Map.of(
                            "ContainerRepository",
                            "images",
                            "ContainerSubnets",
                            "subnet-1",
                            "ContainerPublicIp",
                            "ENABLED"),
                    Concurrency.FREE,
                    CheckDemand.NONE);
            var intended = new Deployment(glacier.endpoint(), nobody, names)
                    .plan()
                    .intended(compiled, new PipelineSnapshot(new TreeMap<>()));

            assertThat(Json.print(intended.parts()))
                    .contains("$split('subnet-1', ',')", "$split('sg-0', ',')", "ENABLED", "repository/images")
                    .doesNotContain("${Container");
        }
    }

    @Test
    void the_deployed_jar_runs_in_a_process_that_asks_for_its_credentials_and_has_nothing_of_this_ones_environment()
            throws InterruptedException {
        try (var glacier = new DeployedPipeline(TestPipelines.GLACIER)) {
            var compiled = Compiler.compile(TestPipelines.GLACIER);
            glacier.aws().ecs().image(compiled.cluster(), LaptopFunctions.PROCESS.image(compiled, packages));
            var execution =
                    glacier.upload("surveys/2026.txt", "80 m").getFirst().get("execution");
            var ended = glacier.ended(execution);
            assertThat(ended.status()).as(ended.cause() + log(glacier)).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(glacier.read("tongues/2026.txt")).isEqualTo("ends where it flows 80 m");
            assertThat(Glacier.COMPUTED).as("in another process").isEmpty();
            assertThat(log(glacier)).contains("TaskMilliseconds").doesNotContain("ERROR");
        }
    }

    private static String log(DeployedPipeline pipeline) {
        return pipeline.aws().logs().streams("/aws/ecs/baton-glacier-Flow").stream()
                .flatMap(stream -> stream.events().stream())
                .map(LogEvent::message)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void containers_in_a_map_each_do_their_own_node() throws InterruptedException {
        try (var retreat = new DeployedPipeline(TestPipelines.RETREAT)) {
            for (var year = 2023; year < 2026; year++) {
                retreat.upload("surveys/" + year + ".txt", "a " + year);
            }
            var started = retreat.upload("surveys/2026.txt", "a 2026").stream()
                    .filter(outcome -> outcome.get("execution") != null)
                    .toList();
            assertThat(started).hasSize(1);
            var ended = retreat.ended(started.getFirst().get("execution"));
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(retreat.read("retreats/2026.txt"))
                    .isEqualTo("a 2026 less; a 2025 less; a 2024 less; a 2023 less; ");
            assertThat(Glacier.COMPUTED).containsExactlyInAnyOrder(2023, 2024, 2025, 2026);
            assertThat(retreat.history(started.getFirst().get("execution"), "MapIterationSucceeded"))
                    .hasSize(4);
        }
    }

    @Test
    void each_item_that_is_due_runs_in_a_container_of_its_own_and_the_successor_reads_what_they_made()
            throws InterruptedException {
        try (var cores = new DeployedPipeline(TestPipelines.CORES)) {
            var execution = cores.upload("drillings/2026.txt", "firn 80\ntongue 13\nfirn 7\n")
                    .getFirst()
                    .get("execution");
            var ended = cores.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(cores.read("oldest/2026.txt")).isEqualTo("800 years");
            assertThat(Glacier.COMPUTED).as("one broke at first").containsExactlyInAnyOrder(80, 13, 13, 7);
            assertThat(cores.records())
                    .filteredOn(record -> record.task().endsWith("$Core"))
                    .hasSize(3)
                    .allSatisfy(record -> assertThat(record.roleSession()).contains(":assumed-role/baton-cores-Core/"));
            assertThat(containers(cores, execution)).isEqualTo(4);

            var again = cores.upload("drillings/2026.txt", "firn 81\ntongue 13\nfirn 7\n")
                    .getFirst()
                    .get("execution");
            assertThat(cores.ended(again).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(cores.read("oldest/2026.txt")).isEqualTo("810 years");
            assertThat(Glacier.COMPUTED)
                    .as("the other two were fresh")
                    .hasSize(5)
                    .contains(81);
            assertThat(containers(cores, again)).isEqualTo(1);
        }
    }

    @Test
    void an_item_that_no_attempt_can_mend_fails_by_its_own_name_and_is_not_tried_again() throws InterruptedException {
        try (var cores = new DeployedPipeline(TestPipelines.CORES)) {
            var execution = cores.upload("drillings/2026.txt", "firn 0\ntongue 30\n")
                    .getFirst()
                    .get("execution");
            assertThat(cores.ended(execution).error()).isEqualTo("States.ExceedToleratedFailureThreshold");
            assertThat(cores.children(execution))
                    .extracting(DescribeExecutionResponse::error)
                    .containsOnlyOnce("dev.baton.task.DataInvalid");
            assertThat(Glacier.COMPUTED).containsOnlyOnce(0);
        }
    }

    @Test
    void items_run_by_the_deployed_jar_in_processes_of_their_own() throws InterruptedException {
        try (var cores = new DeployedPipeline(TestPipelines.CORES)) {
            var compiled = Compiler.compile(TestPipelines.CORES);
            cores.aws().ecs().image(compiled.cluster(), LaptopFunctions.PROCESS.image(compiled, packages));
            var ended = cores.ended(cores.upload("drillings/2026.txt", "firn 80\ntongue 40\n")
                    .getFirst()
                    .get("execution"));
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(cores.read("oldest/2026.txt")).isEqualTo("800 years");
            assertThat(Glacier.COMPUTED).as("in other processes").isEmpty();
        }
    }

    /// How many were started for items.
    private static int containers(DeployedPipeline pipeline, Object execution) {
        return pipeline.children(execution).stream()
                .mapToInt(child ->
                        pipeline.history(child.executionArn(), "TaskSubmitted").size())
                .sum();
    }

    @Test
    void what_no_attempt_can_mend_fails_by_its_own_name_and_is_not_tried_again() throws InterruptedException {
        try (var glacier = new DeployedPipeline(TestPipelines.GLACIER)) {
            var execution =
                    glacier.upload("surveys/2026.txt", "thin air").getFirst().get("execution");
            var ended = glacier.ended(execution);
            assertThat(ended.error()).isEqualTo("dev.baton.task.DataInvalid");
            assertThat(ended.cause()).contains("s3://lake/thickness/2026.txt line 1, column 1: ice was expected");
            assertThat(Glacier.COMPUTED).containsExactly(2026);
        }
    }

    @Test
    void what_another_attempt_may_mend_is_tried_again_in_another_container() throws InterruptedException {
        try (var glacier = new DeployedPipeline(TestPipelines.GLACIER)) {
            var execution =
                    glacier.upload("surveys/2026.txt", "storm").getFirst().get("execution");
            var ended = glacier.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(Glacier.COMPUTED).containsExactly(2026, 2026);
            assertThat(glacier.history(execution, "TaskFailed")).singleElement().satisfies(event -> {
                var details = event.taskFailedEventDetails();
                assertThat(details.error()).isEqualTo("States.TaskFailed");
                var task = Json.parseObject(details.cause());
                assertThat(task)
                        .containsEntry("StopCode", "EssentialContainerExited")
                        .containsEntry("StartedBy", "AWS Step Functions");
                assertThat(((Map<?, ?>) ((List<?>) task.get("Containers")).getFirst()).get("ExitCode"))
                        .isEqualTo(1L);
            });
        }
    }
}
