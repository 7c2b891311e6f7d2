package dev.baton.compiler.internal.access;

import dev.baton.compiler.CompiledBucket;
import dev.baton.compiler.CompiledRole;
import dev.baton.compiler.CompiledRole.Kind;
import dev.baton.compiler.internal.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The role with which a pipeline is deployed. It comes by web identity only, so that no long-lived key opens it.
///
/// It makes roles, and could give them any right, so three things hold it: they bear the pipeline's boundary, which it
/// cannot change; they lie under the pipeline's path; and it hands to services only those that functions and state
/// machines run with, never a task's. Itself it lies under another path.
final class DeployRole {
    private static final String PATH = "/baton-deploy/";

    private final Names names;
    private final Collection<CompiledBucket> buckets;
    private final List<CompiledRole> roles;

    /// @param roles all others of the pipeline
    DeployRole(Names names, Collection<CompiledBucket> buckets, List<CompiledRole> roles) {
        this.names = names;
        this.buckets = buckets;
        this.roles = roles;
    }

    CompiledRole role() {
        var statements = new ArrayList<Statement>();
        roles(statements);
        executed(statements);
        stored(statements);
        watched(statements);
        statements.add(Statement.allow(
                "Stacks",
                actions(
                        "cloudformation",
                        "CreateChangeSet CreateStack DeleteChangeSet DeleteStack DescribeChangeSet DescribeStackEvents"
                                + " DescribeStackResources DescribeStacks DetectStackDrift ExecuteChangeSet GetTemplate"
                                + " ListStackResources UpdateStack"),
                List.of("arn:${Partition}:cloudformation:${Region}:${AccountId}:stack/" + names.machine() + "*/*")));
        if (roles.stream().anyMatch(role -> role.kind() == Kind.EXECUTION)) {
            containers(statements);
        }
        if (roles.stream().anyMatch(role -> role.kind() == Kind.SCHEDULE)) {
            statements.add(Schedules.deployed(names));
        }
        // A sweep ends every deployment: the start function lists what is there and starts what waits.
        var start = Names.functionArn(names.own("start"));
        statements.add(Statement.allow("Sweep", List.of("lambda:InvokeFunction"), List.of(start, start + ":*")));
        return new CompiledRole(names.own("deploy"), PATH, Kind.DEPLOY, trust(), Statement.policy(statements), null);
    }

    /// What runs: functions, state machines, what starts them, and their logs.
    private void executed(List<Statement> statements) {
        var mine = names.own("*");
        var functions = Names.functionArn(mine);
        statements.add(Statement.allow(
                "Functions",
                actions(
                        "lambda",
                        "AddPermission CreateFunction DeleteFunction DeleteFunctionConcurrency GetFunction"
                                + " GetFunctionConfiguration GetPolicy ListTags ListVersionsByFunction PublishVersion"
                                + " PutFunctionConcurrency RemovePermission TagResource UntagResource"
                                + " UpdateFunctionCode UpdateFunctionConfiguration"),
                List.of(functions)));
        var machines = List.of(Names.machineArn(names.machine()), Names.machineArn(names.machine()) + ":*",
                Names.machineArn(names.children()));
        statements.add(Statement.allow(
                "StateMachines",
                actions(
                        "states",
                        "CreateStateMachine CreateStateMachineAlias DeleteStateMachine DeleteStateMachineAlias"
                                + " DeleteStateMachineVersion DescribeStateMachine DescribeStateMachineAlias"
                                + " ListExecutions ListStateMachineAliases ListStateMachineVersions ListTagsForResource"
                                + " PublishStateMachineVersion TagResource UntagResource UpdateStateMachine"
                                + " UpdateStateMachineAlias"),
                machines));
        statements.add(Statement.allow(
                "Rules",
                actions(
                        "events",
                        "DeleteRule DescribeRule ListTagsForResource ListTargetsByRule PutRule PutTargets RemoveTargets"
                                + " TagResource UntagResource"),
                List.of("arn:${Partition}:events:${Region}:${AccountId}:rule/" + mine)));
        statements.add(Statement.allow(
                "LogGroups",
                actions(
                        "logs",
                        "AssociateKmsKey CreateLogGroup DeleteLogGroup ListTagsForResource PutRetentionPolicy"
                                + " TagResource UntagResource"),
                List.of(
                        Roles.logGroup(mine),
                        "arn:${Partition}:logs:${Region}:${AccountId}:log-group:/aws/vendedlogs/states/"
                                + names.machine() + "*")));
    }

    private void stored(List<Statement> statements) {
        statements.add(Statement.allow(
                "SettingsOfBuckets",
                actions(
                        "s3",
                        "CreateBucket GetBucketNotification GetBucketPolicy GetBucketPublicAccessBlock"
                                + " GetBucketVersioning GetEncryptionConfiguration GetLifecycleConfiguration ListBucket"
                                + " PutBucketNotification PutBucketPolicy PutBucketPublicAccessBlock PutBucketTagging"
                                + " PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration"),
                buckets.stream().map(CompiledBucket::arn).toList()));
    }

    private void watched(List<Statement> statements) {
        var mine = names.own("*");
        statements.add(Statement.allow(
                "Queues",
                actions(
                        "sqs",
                        "CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl SetQueueAttributes TagQueue UntagQueue"),
                List.of("arn:${Partition}:sqs:${Region}:${AccountId}:" + mine)));
        statements.add(Statement.allow(
                "Alarms",
                actions("cloudwatch", "DeleteAlarms DescribeAlarms PutMetricAlarm TagResource UntagResource"),
                List.of("arn:${Partition}:cloudwatch:${Region}:${AccountId}:alarm:" + mine)));
    }

    private void containers(List<Statement> statements) {
        statements.add(Statement.allow(
                "Containers",
                actions("ecs", "CreateCluster DeleteCluster DescribeClusters TagResource UntagResource"),
                List.of(names.clusterArn())));
        var families = List.of(Names.taskDefinitionArn(names.own("*")));
        statements.add(
                Statement.allow("TaskDefinitions", actions("ecs", "RegisterTaskDefinition TagResource"), families));
        statements.add(Statement.allow(
                "LogGroupsOfContainers",
                actions("logs", "AssociateKmsKey CreateLogGroup DeleteLogGroup PutRetentionPolicy TagResource UntagResource"),
                List.of(ContainerRights.logGroup(names.own("*")))));
        // What these are about they do not say to IAM; the first tells, the second only hides.
        statements.add(Statement.allow(
                "SeeTaskDefinitions",
                actions("ecs", "DeregisterTaskDefinition DescribeTaskDefinition ListTaskDefinitions"),
                List.of("*")));
    }

    private void roles(List<Statement> statements) {
        var all = List.of(names.roleArn("*"));
        var boundary = List.of(names.boundaryArn());
        statements.add(Statement.allow(
                        "RolesWithinTheBoundary",
                        actions("iam", "CreateRole DeleteRolePolicy PutRolePermissionsBoundary PutRolePolicy"),
                        all)
                .when("StringEquals", "iam:PermissionsBoundary", boundary));
        statements.add(Statement.allow(
                "Roles",
                actions(
                        "iam",
                        "DeleteRole GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies ListRoleTags TagRole"
                                + " UntagRole UpdateAssumeRolePolicy UpdateRole"),
                all));
        statements.add(Statement.allow(
                "SeeTheBoundary", actions("iam", "GetPolicy GetPolicyVersion ListPolicyVersions"), boundary));
        statements.add(Statement.allow("HandRolesToServices", List.of("iam:PassRole"), passed())
                .when(
                        "StringEquals",
                        "iam:PassedToService",
                        Stream.concat(
                                        Stream.of("ecs-tasks", "events", "lambda", "states"),
                                        roles.stream()
                                                .filter(role -> role.kind() == Kind.SCHEDULE)
                                                .map(role -> "scheduler"))
                                .map(service -> service + ".amazonaws.com")
                                .toList()));
    }

    /// Runners by their ending, which no task's role has: a new task needs no new deploy role.
    private List<String> passed() {
        var own = roles.stream()
                .filter(role -> role.kind() != Kind.TASK && role.kind() != Kind.RUNNER && role.kind() != Kind.SERVICE)
                .map(CompiledRole::arn);
        return Stream.concat(own, Stream.of(names.roleArn(names.own("*") + Names.RUNNER))).toList();
    }

    private static Map<String, @Nullable Object> trust() {
        var assume = Statement.allow("DeployByWebIdentity", List.of("sts:AssumeRoleWithWebIdentity"), List.of())
                .when("StringEquals", "${OidcIssuer}:aud", List.of("${OidcAudience}"))
                .when("StringLike", "${OidcIssuer}:sub", List.of("${OidcSubject}"));
        return new LinkedHashMap<>(Statement.trust(
                "Federated",
                "arn:${Partition}:iam::${AccountId}:oidc-provider/${OidcIssuer}",
                List.of(assume)));
    }

    private static List<String> actions(String service, String names) {
        return Stream.of(names.split(" ")).map(name -> service + ":" + name).toList();
    }
}
