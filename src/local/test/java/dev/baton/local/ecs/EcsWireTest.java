package dev.baton.local.ecs;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.iam.policy.RequestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EcsWireTest {
    private static final String HEAR =
            "arn:aws:events:us-east-1:" + ACCOUNT + ":rule/StepFunctionsGetEventsForECSTaskRule";

    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final EcsClient ecs = client(AwsBasicCredentials.create(
            aws.aws().administrator().accessKeyId(), aws.aws().administrator().secretAccessKey()));
    private final String role = aws.role("worker", "ecs-tasks.amazonaws.com", "");

    @BeforeAll
    void cluster() {
        ecs.createCluster(request -> request.clusterName("yard"));
    }

    @AfterAll
    void stop() {
        ecs.close();
        aws.close();
    }

    @Test
    void a_container_gets_its_variables_over_those_of_its_definition_and_its_exit_code_is_told() throws Exception {
        aws.aws()
                .ecs()
                .image(
                        "adder",
                        new ContainerCode.InProcess(variables ->
                                () -> Integer.parseInt(variables.get("A")) + Integer.parseInt(variables.get("B"))));
        register("adder", "adder");
        var task = ended(run("adder", Map.of("B", "2")));
        assertThat(task.lastStatus()).isEqualTo("STOPPED");
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(task.containers().getFirst().exitCode()).isEqualTo(3);
        assertThat(task.launchTypeAsString()).isEqualTo("FARGATE");
        assertThat(task.startedAt()).isNotNull();
    }

    @Test
    void asked_for_twice_with_one_token_it_is_one_task() throws Exception {
        aws.aws().ecs().image("once", new ContainerCode.InProcess(variables -> () -> 0));
        register("once", "once");
        var request = request("once", Map.of()).toBuilder().clientToken("token").build();
        var first = ecs.runTask(request).tasks().getFirst().taskArn();
        assertThat(ecs.runTask(request).tasks().getFirst().taskArn()).isEqualTo(first);
        assertThatThrownBy(() -> ecs.runTask(
                        request.toBuilder().startedBy("somebody else").build()))
                .isInstanceOf(ConflictException.class);
        ended(first);
    }

    @Test
    void an_image_that_nobody_pushed_never_starts() throws Exception {
        register("lost", "nowhere");
        var task = ended(run("lost", Map.of()));
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(task.stoppedReason()).startsWith("CannotPullContainerError: ");
        assertThat(task.containers().getFirst().exitCode()).isNull();
    }

    @Test
    void what_fargate_does_not_have_is_refused() {
        assertThatThrownBy(() -> register("odd", "adder", 1_024, 1_024))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("No Fargate configuration exists for given values");
        register("sized", "adder");
        assertThatThrownBy(
                        () -> ecs.runTask(request -> request.cluster("nowhere").taskDefinition("sized")))
                .isInstanceOf(ClusterNotFoundException.class);
        assertThatThrownBy(() -> ecs.runTask(request -> request.cluster("yard").taskDefinition("sized")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Network Configuration must be provided");
        assertThatThrownBy(() -> ecs.runTask(request -> request.cluster("yard").taskDefinition("unknown")))
                .isInstanceOf(ClientException.class);
    }

    @Test
    void a_revision_that_was_deregistered_is_told_but_not_run_and_its_number_is_not_used_again() {
        register("retired", "idle");
        register("retired", "idle");
        register("retired", "idle");
        var retired = ecs.deregisterTaskDefinition(request -> request.taskDefinition("retired:3"))
                .taskDefinition();
        assertThat(retired.statusAsString()).isEqualTo("INACTIVE");
        assertThat(ecs.describeTaskDefinition(request -> request.taskDefinition("retired:3"))
                        .taskDefinition()
                        .statusAsString())
                .isEqualTo("INACTIVE");
        assertThat(ecs.describeTaskDefinition(request -> request.taskDefinition("retired"))
                        .taskDefinition()
                        .revision())
                .as("the latest that is active")
                .isEqualTo(2);
        assertThat(ecs.listTaskDefinitionsPaginator(
                                request -> request.familyPrefix("retired").maxResults(1))
                        .taskDefinitionArns())
                .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
                .containsExactly("retired:1", "retired:2");
        assertThat(ecs.listTaskDefinitions(
                                request -> request.familyPrefix("retired").status("INACTIVE"))
                        .taskDefinitionArns())
                .hasSize(1);
        assertThatThrownBy(() -> ecs.runTask(request("retired:3", Map.of())))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("TaskDefinition is inactive");
        assertThatThrownBy(() -> ecs.deregisterTaskDefinition(request -> request.taskDefinition("retired")))
                .isInstanceOf(ClientException.class);
        register("retired", "idle");
        assertThat(ecs.describeTaskDefinition(request -> request.taskDefinition("retired"))
                        .taskDefinition()
                        .revision())
                .isEqualTo(4);
    }

    @Test
    void whoever_runs_a_task_needs_the_right_on_its_definition_and_to_hand_over_its_role() {
        aws.aws().ecs().image("idle", new ContainerCode.InProcess(variables -> () -> 0));
        register("guarded", "idle");
        var definition = "arn:aws:ecs:us-east-1:" + ACCOUNT + ":task-definition/guarded:*";
        var handing = "{\"Effect\":\"Allow\",\"Action\":\"iam:PassRole\",\"Resource\":\"" + role
                + "\",\"Condition\":{\"StringEquals\":{\"iam:PassedToService\":\"%s\"}}}";
        for (var given : Map.of(
                        "none", allow("ecs:RunTask", definition.replace("guarded", "another")),
                        "unhanded", allow("ecs:RunTask", definition),
                        "misdirected",
                                allow("ecs:RunTask", definition) + "," + handing.formatted("lambda.amazonaws.com"))
                .entrySet()) {
            try (var client = as(given.getKey(), given.getValue())) {
                assertThatThrownBy(() -> client.runTask(request("guarded", Map.of())))
                        .as(given.getKey())
                        .isInstanceOf(EcsException.class)
                        .hasMessageContaining("is not authorized to perform");
            }
        }
        try (var client =
                as("entitled", allow("ecs:RunTask", definition) + "," + handing.formatted("ecs-tasks.amazonaws.com"))) {
            assertThat(client.runTask(request("guarded", Map.of())).tasks()).hasSize(1);
        }
    }

    @Test
    void a_role_that_ecs_may_not_assume_is_refused() {
        var other = aws.role("not-for-containers", "lambda.amazonaws.com", "");
        ecs.registerTaskDefinition(request -> request.family("untrusted")
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu("256")
                .memory("512")
                .taskRoleArn(other)
                .containerDefinitions(container -> container.name("main").image("idle")));
        assertThatThrownBy(() -> run("untrusted", Map.of()))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("ECS was unable to assume the role '" + other + "'");
    }

    @Test
    void a_process_has_what_fargate_gives_and_nothing_of_this_ones_environment(@TempDir Path root) throws Exception {
        var program = Files.writeString(root.resolve("Tell.java"), """
                import java.net.*; import java.net.http.*; import java.util.*;
                public class Tell { public static void main(String[] a) throws Exception {
                  var e = System.getenv();
                  var uri = URI.create(e.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
                  var client = HttpClient.newHttpClient();
                  var with = HttpRequest.newBuilder(uri).header("Authorization", e.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")).build();
                  var body = client.send(with, HttpResponse.BodyHandlers.ofString()).body();
                  var without = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                  System.out.println("names " + new TreeSet<>(e.keySet()));
                  System.out.println("role " + body.contains("\\"RoleArn\\":\\"" + a[0] + "\\"") + " " + body.contains("ASIA"));
                  System.out.println("without token " + without.statusCode());
                  System.out.println("heap " + (Runtime.getRuntime().maxMemory() < 300_000_000));
                  System.exit(7);
                } }""");
        aws.aws().ecs().image("teller", new ContainerCode.Unpacked(root));
        ecs.registerTaskDefinition(request -> request.family("teller")
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu("256")
                .memory("512")
                .taskRoleArn(role)
                .containerDefinitions(container -> container
                        .name("main")
                        .image("teller")
                        .entryPoint(
                                "java",
                                "-XX:MaxRAMPercentage=50",
                                program.getFileName().toString())
                        .command(role)));
        var task = ended(run("teller", Map.of("GIVEN", "yes")));
        var lines = aws.aws().logs().streams("/ecs/teller").stream()
                .flatMap(stream -> stream.events().stream().map(event -> event.message()))
                .toList();
        assertThat(task.containers().getFirst().exitCode())
                .as(String.join("\n", lines))
                .isEqualTo(7);
        assertThat(lines).contains("role true true", "without token 403", "heap true");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo(Stream.of(
                                        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                        "AWS_DEFAULT_REGION",
                                        "AWS_ENDPOINT_URL",
                                        "AWS_EXECUTION_ENV",
                                        "AWS_REGION",
                                        "GIVEN",
                                        "PATH",
                                        "TMPDIR")
                                .collect(Collectors.joining(", ", "names [", "]"))));
    }

    @Test
    void a_state_waits_for_its_container_and_its_end_ends_the_container() throws Exception {
        ecs.createCluster(request -> request.clusterName("field"));
        var running = new CountDownLatch(1);
        aws.aws().ecs().image("sleeper", new ContainerCode.InProcess(variables -> () -> waiting(running)));
        register("sleeper", "sleeper");
        var rights = String.join(
                ",",
                allow("ecs:RunTask", "arn:aws:ecs:us-east-1:" + ACCOUNT + ":task-definition/sleeper:1"),
                allow("ecs:StopTask", "arn:aws:ecs:us-east-1:" + ACCOUNT + ":task/field/*"),
                allow("ecs:DescribeTasks", "arn:aws:ecs:us-east-1:" + ACCOUNT + ":task/field/*"),
                allow("iam:PassRole", role));
        var hearing = String.join(
                ",",
                allow("events:PutTargets", HEAR),
                allow("events:PutRule", HEAR),
                allow("events:DescribeRule", HEAR));
        var definition = Json.print(Map.of(
                "StartAt",
                "Sleep",
                "States",
                Map.of(
                        "Sleep",
                        Map.of(
                                "Type",
                                "Task",
                                "Resource",
                                "arn:aws:states:::ecs:runTask.sync",
                                "Parameters",
                                Map.of(
                                        "Cluster", "field",
                                        "TaskDefinition", "sleeper:1",
                                        "LaunchType", "FARGATE",
                                        "NetworkConfiguration",
                                                Map.of("AwsvpcConfiguration", Map.of("Subnets", List.of("subnet-0")))),
                                "End",
                                true))));
        var deaf = aws.role("deaf", "states.amazonaws.com", rights);
        assertThatThrownBy(() -> aws.states()
                        .createStateMachine(r -> r.name("deaf").roleArn(deaf).definition(definition)))
                .hasMessageContaining("is not authorized to create managed-rule");
        var able = aws.role("able", "states.amazonaws.com", rights + "," + hearing);
        var machine = aws.states()
                .createStateMachine(r -> r.name("sleeping").roleArn(able).definition(definition))
                .stateMachineArn();
        var execution =
                aws.states().startExecution(r -> r.stateMachineArn(machine)).executionArn();
        running.await();
        var task = ecs.listTasks(request -> request.cluster("field")).taskArns().getFirst();
        aws.states().stopExecution(r -> r.executionArn(execution));
        var ended = ended("field", task);
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(ended.startedBy()).isEqualTo("AWS Step Functions");
    }

    private static int waiting(CountDownLatch running) {
        running.countDown();
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            return 143;
        }
    }

    private EcsClient as(String user, String statements) {
        aws.role("as-" + user, "ecs-tasks.amazonaws.com", statements);
        var credentials = aws.aws()
                .foundation()
                .sessions()
                .assumeAsService(
                        "ecs-tasks.amazonaws.com",
                        "arn:aws:iam::" + ACCOUNT + ":role/as-" + user,
                        user,
                        RequestContext.EMPTY);
        return client(AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()));
    }

    private EcsClient client(AwsCredentials credentials) {
        return EcsClient.builder()
                .endpointOverride(aws.aws().endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(Apache5HttpClient.create())
                .build();
    }

    private void register(String family, String image) {
        register(family, image, 256, 512);
    }

    private void register(String family, String image, int cpu, int memory) {
        ecs.registerTaskDefinition(request -> request.family(family)
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu(Integer.toString(cpu))
                .memory(Integer.toString(memory))
                .taskRoleArn(role)
                .containerDefinitions(container -> container
                        .name("main")
                        .image(image)
                        .environment(
                                a -> a.name("A").value("1"), b -> b.name("B").value("1"))));
    }

    private static RunTaskRequest request(String family, Map<String, String> variables) {
        return RunTaskRequest.builder()
                .cluster("yard")
                .taskDefinition(family)
                .launchType("FARGATE")
                .networkConfiguration(network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-0")))
                .overrides(overrides -> overrides.containerOverrides(container -> container
                        .name("main")
                        .environment(variables.entrySet().stream()
                                .map(variable -> KeyValuePair.builder()
                                        .name(variable.getKey())
                                        .value(variable.getValue())
                                        .build())
                                .toList())))
                .build();
    }

    private String run(String family, Map<String, String> variables) {
        return ecs.runTask(request(family, variables)).tasks().getFirst().taskArn();
    }

    /// Waits for the end of a task without polling.
    private Task ended(String arn) throws ExecutionException, InterruptedException {
        return ended("yard", arn);
    }

    private Task ended(String cluster, String arn) throws ExecutionException, InterruptedException {
        aws.aws().ecs().stopped(arn).get();
        return ecs.describeTasks(request -> request.cluster(cluster).tasks(arn))
                .tasks()
                .getFirst();
    }
}
