package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.compiler.pipeline.CompiledRotation;
import dev.baton.compiler.pipeline.CompiledTrigger;
import dev.baton.run.RoleSession;
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
///
/// What pipelines share, buckets with their policies above all, it only looks at. And it reaches no other pipeline's:
/// the name of a pipeline `a` and a hyphen begin all names of a pipeline `a-b`, but those have a further hyphen, which
/// those of tasks have not.
///
/// @param roles all others of the pipeline
record DeployRole(
        String pipeline,
        ResourceNames names,
        Collection<CompiledBucket> buckets,
        List<CompiledRole> roles,
        List<CompiledTrigger> triggers,
        List<CompiledRotation> rotations) {
    private static final String PIPELINE = "aws:RequestTag/" + RoleSession.PIPELINE_TAG;

    CompiledRole role() {
        var statements = new ArrayList<PolicyStatement>();
        roles(statements);
        executed(statements);
        stored(statements);
        watched(statements);
        statements.add(PolicyStatement.allow(
                "Stacks",
                actions(
                        "cloudformation",
                        "CreateChangeSet CreateStack DeleteChangeSet DeleteStack DescribeChangeSet DescribeStackEvents"
                                + " DescribeStackResources DescribeStacks DetectStackDrift ExecuteChangeSet GetTemplate"
                                + " ListStackResources UpdateStack"),
                names.stackArns()));
        if (!containerRoles().isEmpty()) {
            containers(statements);
        }
        if (roles.stream().anyMatch(role -> role.kind() == Kind.SCHEDULE)) {
            statements.add(Schedules.deployed(names));
        }
        statements.add(PolicyStatement.deny(
                "NothingOfOthers",
                List.of("*"),
                names.ofOthers(!containerRoles().isEmpty())));
        // A sweep ends every deployment: the start function lists what is there and starts what waits.
        var start = ResourceNames.functionArn(names.own("start"));
        statements.add(PolicyStatement.allow("Sweep", List.of("lambda:InvokeFunction"), List.of(start, start + ":*")));
        return new CompiledRole(
                names.own("deploy"),
                names.deployPath(),
                Kind.DEPLOY,
                trust(),
                PolicyStatement.policy(statements),
                null);
    }

    private List<CompiledRole> containerRoles() {
        return roles.stream().filter(role -> role.kind() == Kind.EXECUTION).toList();
    }

    /// What runs: functions, state machines, what starts them, and their logs.
    private void executed(List<PolicyStatement> statements) {
        var mine = names.own("*");
        var functions = ResourceNames.functionArn(mine);
        statements.add(PolicyStatement.allow(
                "Functions",
                actions(
                        "lambda",
                        "AddPermission CreateFunction DeleteFunction DeleteFunctionConcurrency GetFunction"
                                + " GetFunctionConfiguration GetPolicy ListTags ListVersionsByFunction PublishVersion"
                                + " PutFunctionConcurrency RemovePermission TagResource UntagResource"
                                + " UpdateFunctionCode UpdateFunctionConfiguration"),
                List.of(functions)));
        var machines = new ArrayList<>(List.of(
                ResourceNames.machineArn(names.machine()),
                ResourceNames.machineArn(names.machine()) + ":*",
                ResourceNames.machineArn(names.children())));
        rotations.forEach(rotation -> machines.add(ResourceNames.machineArn(rotation.name())));
        statements.add(PolicyStatement.allow(
                "StateMachines",
                actions(
                        "states",
                        "CreateStateMachine CreateStateMachineAlias DeleteStateMachine DeleteStateMachineAlias"
                                + " DeleteStateMachineVersion DescribeStateMachine DescribeStateMachineAlias"
                                + " ListExecutions ListStateMachineAliases ListStateMachineVersions ListTagsForResource"
                                + " PublishStateMachineVersion TagResource UntagResource UpdateStateMachine"
                                + " UpdateStateMachineAlias"),
                machines));
        statements.add(PolicyStatement.allow(
                "Rules",
                actions(
                        "events",
                        "DeleteRule DescribeRule ListTagsForResource ListTargetsByRule PutRule PutTargets RemoveTargets"
                                + " TagResource UntagResource"),
                Stream.concat(
                                triggers.stream().map(CompiledTrigger::name),
                                rotations.stream().map(CompiledRotation::name))
                        .map(rule -> "arn:${Partition}:events:${Region}:${AccountId}:rule/" + rule)
                        .toList()));
        statements.add(PolicyStatement.allow(
                "LogGroups",
                actions(
                        "logs",
                        "AssociateKmsKey CreateLogGroup DeleteLogGroup ListTagsForResource PutRetentionPolicy"
                                + " TagResource UntagResource"),
                Stream.concat(
                                Stream.of(RoleCompiler.logGroup(mine)),
                                Stream.concat(
                                                Stream.of(names.machine(), names.children()),
                                                rotations.stream().map(CompiledRotation::name))
                                        .map(machine -> "arn:${Partition}:logs:${Region}:${AccountId}:log-group:"
                                                + "/aws/vendedlogs/states/" + machine + ":*"))
                        .toList()));
    }

    private void stored(List<PolicyStatement> statements) {
        statements.add(PolicyStatement.allow(
                "SettingsOfBuckets",
                actions(
                        "s3",
                        "GetBucketNotification GetBucketPolicy GetBucketPublicAccessBlock GetBucketVersioning"
                                + " GetEncryptionConfiguration GetLifecycleConfiguration ListBucket"),
                buckets.stream().map(CompiledBucket::arn).toList()));
    }

    private void watched(List<PolicyStatement> statements) {
        statements.add(PolicyStatement.allow(
                "Queues",
                actions(
                        "sqs",
                        "CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl SetQueueAttributes TagQueue UntagQueue"),
                List.of("arn:${Partition}:sqs:${Region}:${AccountId}:" + names.own("dead-letters"))));
        statements.add(PolicyStatement.allow(
                "Alarms",
                actions("cloudwatch", "DeleteAlarms DescribeAlarms PutMetricAlarm TagResource UntagResource"),
                CompiledPipeline.ALARMS.stream()
                        .map(alarm -> "arn:${Partition}:cloudwatch:${Region}:${AccountId}:alarm:" + names.own(alarm))
                        .toList()));
    }

    private void containers(List<PolicyStatement> statements) {
        statements.add(PolicyStatement.allow(
                "Containers",
                actions("ecs", "CreateCluster DeleteCluster DescribeClusters TagResource UntagResource"),
                List.of(names.clusterArn())));
        var families = List.of(ResourceNames.taskDefinitionArn(names.own("*")));
        statements.add(PolicyStatement.allow(
                "TaskDefinitions", actions("ecs", "RegisterTaskDefinition TagResource"), families));
        statements.add(PolicyStatement.allow(
                "LogGroupsOfContainers",
                actions(
                        "logs",
                        "AssociateKmsKey CreateLogGroup DeleteLogGroup PutRetentionPolicy TagResource UntagResource"),
                List.of(ContainerRights.logGroup(names.own("*")))));
        // What these are about they do not say to IAM; the first tells, the second only hides.
        statements.add(PolicyStatement.allow(
                "SeeTaskDefinitions",
                actions("ecs", "DeregisterTaskDefinition DescribeTaskDefinition ListTaskDefinitions"),
                List.of("*")));
    }

    private void roles(List<PolicyStatement> statements) {
        var all = List.of(names.roleArn("*"));
        var boundary = List.of(names.boundaryArn());
        statements.add(PolicyStatement.allow(
                        "RolesWithinTheBoundary",
                        actions("iam", "DeleteRolePolicy PutRolePermissionsBoundary PutRolePolicy"),
                        all)
                .when("StringEquals", "iam:PermissionsBoundary", boundary));
        // Buckets know by its tag whose a role is.
        statements.add(PolicyStatement.allow("NewRoles", actions("iam", "CreateRole"), all)
                .when("StringEquals", "iam:PermissionsBoundary", boundary)
                .when("StringEquals", PIPELINE, List.of(pipeline)));
        statements.add(PolicyStatement.allow("TagRoles", actions("iam", "TagRole"), all)
                .when("StringEqualsIfExists", PIPELINE, List.of(pipeline)));
        statements.add(PolicyStatement.allow("UntagRoles", actions("iam", "UntagRole"), all)
                .when("ForAllValues:StringNotEquals", "aws:TagKeys", List.of(RoleSession.PIPELINE_TAG)));
        statements.add(PolicyStatement.allow(
                "Roles",
                actions(
                        "iam",
                        "DeleteRole GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies ListRoleTags"
                                + " UpdateAssumeRolePolicy UpdateRole"),
                all));
        statements.add(PolicyStatement.allow(
                "SeeTheBoundary", actions("iam", "GetPolicy GetPolicyVersion ListPolicyVersions"), boundary));
        statements.add(PolicyStatement.allow("HandRolesToServices", List.of("iam:PassRole"), passed())
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
                .filter(role -> role.kind() != Kind.TASK
                        && role.kind() != Kind.RUNNER
                        && role.kind() != Kind.SERVICE
                        && role.kind() != Kind.PEOPLE)
                .map(CompiledRole::arn);
        return Stream.concat(own, Stream.of(names.roleArn(names.own("*") + ResourceNames.RUNNER)))
                .toList();
    }

    private static Map<String, @Nullable Object> trust() {
        var assume = PolicyStatement.allow("DeployByWebIdentity", List.of("sts:AssumeRoleWithWebIdentity"), List.of())
                .when("StringEquals", "${OidcIssuer}:aud", List.of("${OidcAudience}"))
                .when("StringLike", "${OidcIssuer}:sub", List.of("${OidcSubject}"));
        return new LinkedHashMap<>(PolicyStatement.trust(
                "Federated", "arn:${Partition}:iam::${AccountId}:oidc-provider/${OidcIssuer}", List.of(assume)));
    }

    private static List<String> actions(String service, String names) {
        return Stream.of(names.split(" ")).map(name -> service + ":" + name).toList();
    }
}
