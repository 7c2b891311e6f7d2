package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ContainerCompiler;
import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rights to run containers: what it takes to run tasks in containers. See [IAM policies for
/// ECS](https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html#ecs-iam).
final class ContainerRights {
    private static final String SERVICE = "ecs-tasks.amazonaws.com";

    private final ResourceNames names;
    private final List<TaskClass> containers;

    ContainerRights(ResourceNames names, List<TaskClass> classes) {
        this.names = names;
        this.containers = classes.stream().filter(TaskClass::onFargate).toList();
    }

    boolean none() {
        return containers.isEmpty();
    }

    /// For the role of executions: to run these task definitions in their cluster, to see and stop what runs there, to
    /// hear of its end, and to hand over the roles that the containers have; nothing where there are none.
    List<PolicyStatement> running() {
        if (none()) {
            return List.of();
        }
        var statements = new ArrayList<PolicyStatement>();
        statements.add(inCluster(
                "RunContainers",
                List.of("ecs:RunTask"),
                containers.stream()
                        .map(type -> ResourceNames.taskDefinitionArn(names.function(type.type())) + ":*")
                        .toList()));
        // Containers have the tags of their task definitions, and ECS asks whether who starts them may tag:
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
        statements.add(
                PolicyStatement.allow("TagContainers", List.of("ecs:TagResource"), List.of(names.containerArn("*")))
                        .when("StringEquals", "ecs:CreateAction", List.of("RunTask")));
        statements.add(inCluster(
                "SeeContainers", List.of("ecs:DescribeTasks", "ecs:StopTask"), List.of(names.containerArn("*"))));
        statements.add(PolicyStatement.allow(
                "HearOfContainers",
                List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"),
                List.of("arn:${Partition}:events:${Region}:${AccountId}:rule/StepFunctionsGetEventsForECSTaskRule")));
        statements.add(PolicyStatement.allow(
                        "HandRolesToContainers",
                        List.of("iam:PassRole"),
                        Stream.concat(
                                        Stream.of(names.own("containers")),
                                        containers.stream().map(type -> names.runnerRole(type.type())))
                                .map(names::roleArn)
                                .toList())
                .when("StringEquals", "iam:PassedToService", List.of(SERVICE)));
        return statements;
    }

    private PolicyStatement inCluster(String sid, List<String> actions, List<String> resources) {
        return PolicyStatement.allow(sid, actions, resources)
                .when("ArnEquals", "ecs:cluster", List.of(names.clusterArn()));
    }

    /// What the role of executions and that of ECS need to be within the boundary.
    List<PolicyStatement> bounds() {
        return none()
                ? List.of()
                : Stream.concat(running().stream(), image().stream()).toList();
    }

    /// The role with which ECS fetches the image and opens the log.
    CompiledRole execution() {
        var statements = new ArrayList<>(image());
        statements.add(PolicyStatement.allow(
                "WriteTheirLogs",
                List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                containers.stream()
                        .map(type -> logGroup(names.function(type.type())))
                        .toList()));
        return new CompiledRole(
                names.own("containers"),
                names.rolePath(),
                Kind.EXECUTION,
                PolicyStatement.trust("Service", SERVICE, List.of(assumed())),
                PolicyStatement.policy(statements),
                names.boundaryArn());
    }

    private static List<PolicyStatement> image() {
        return List.of(
                PolicyStatement.allow(
                        "FetchTheImage",
                        List.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
                        List.of("arn:${Partition}:ecr:${Region}:${AccountId}:repository/${ContainerRepository}")),
                // It knows no resources: it gives a password for what other policies allow.
                PolicyStatement.allow("LogInToTheRegistry", List.of("ecr:GetAuthorizationToken"), List.of("*")));
    }

    /// The ARN of the group for the log of a family of containers, or of all that a pattern means.
    static String logGroup(String family) {
        return "arn:${Partition}:logs:${Region}:${AccountId}:log-group:" + ContainerCompiler.logGroup(family) + ":*";
    }

    /// Whom a runner trusts: Lambda, for its function, and ECS, for its container.
    static Map<String, @Nullable Object> runnerTrust() {
        return PolicyStatement.trusts(Map.of(
                "lambda.amazonaws.com",
                PolicyStatement.allow("RunByLambda", List.of("sts:AssumeRole"), List.of()),
                SERVICE,
                assumed()));
    }

    /// Only for tasks of this account; ECS does not say in which cluster before the task is there.
    private static PolicyStatement assumed() {
        return PolicyStatement.allow("RunByEcs", List.of("sts:AssumeRole"), List.of())
                .when("ArnLike", "aws:SourceArn", List.of("arn:${Partition}:ecs:${Region}:${AccountId}:*"))
                .when("StringEquals", "aws:SourceAccount", List.of("${AccountId}"));
    }
}
