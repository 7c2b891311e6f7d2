package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.task.service.ServiceCall;
import dev.baton.task.service.ServiceRight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rights of service tasks: what it takes to have services do the work of tasks. The role of executions may assume
/// a role for each class of such tasks, and that role may make its one call and see what becomes of it. See [Accessing
/// resources in other
/// accounts](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html), which
/// tells how Step Functions assumes the role of a state.
final class ServiceRights {
    private final ResourceNames names;
    private final List<TaskClass> called;
    /// Those of them whose calls have a role of their own.
    private final List<TaskClass> apart;
    private final List<String> machines;

    /// @param machines the names of those whose executions make the calls
    ServiceRights(ResourceNames names, List<TaskClass> classes, List<String> machines) {
        this.names = names;
        this.called = classes.stream().filter(TaskClass::byService).toList();
        this.apart = called.stream()
                .filter(type -> type.calls().stream().noneMatch(ServiceCall::byExecutions))
                .toList();
        this.machines = machines;
    }

    /// The roles of the calls.
    List<CompiledRole> roles() {
        return apart.stream().map(this::role).toList();
    }

    /// For the role of executions: to become who calls, to call where it calls itself, and to hear of the end of what
    /// was called.
    List<PolicyStatement> calling() {
        var statements = new ArrayList<>(statements(called.stream()
                .flatMap(type -> type.calls().stream())
                .filter(ServiceCall::byExecutions)
                .flatMap(call -> call.rights().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new))));
        statements.add(PolicyStatement.allow(
                "BecomeWhoCalls",
                List.of("sts:AssumeRole"),
                apart.stream()
                        .map(type -> names.roleArn(names.serviceRole(type.type())))
                        .toList()));
        statements.add(hearing(
                called.stream().flatMap(type -> type.calls().stream().flatMap(call -> call.managedRule().stream()))));
        return statements;
    }

    /// What the roles need to be within the boundary, but for [#anywhere].
    List<PolicyStatement> bounds() {
        var rights = new LinkedHashSet<ServiceRight>();
        called.forEach(type -> type.calls().forEach(call -> rights.addAll(call.rights())));
        var statements = new ArrayList<>(statements(rights));
        statements.add(calling().getLast());
        statements.add(located(called.stream()
                .flatMap(type -> type.calls().stream())
                .flatMap(call -> call.reads().stream())
                .map(TaskPolicy::bucket)
                .distinct()
                .toList()));
        return statements.stream()
                .filter(statement -> !statement.resources().isEmpty()
                        && !statement.resources().contains("*"))
                .toList();
    }

    /// The actions of calls that know no resource.
    List<String> anywhere() {
        return called.stream()
                .flatMap(type -> type.calls().stream())
                .flatMap(call -> call.rights().stream())
                .filter(right -> right.resources().contains("*"))
                .flatMap(right -> right.actions().stream())
                .distinct()
                .toList();
    }

    private CompiledRole role(TaskClass type) {
        var statements = new ArrayList<>(statements(rights(type)));
        statements.addAll(reading(type));
        statements.add(hearing(type.calls().stream().flatMap(call -> call.managedRule().stream())));
        // Step Functions names the machine as the external id; no other caller is let in. The account is the principal
        // and who exactly is a condition, as for tasks: a role that is made anew has another id.
        var trust = PolicyStatement.allow("CallForExecutions", List.of("sts:AssumeRole"), List.of())
                .when("ArnEquals", "aws:PrincipalArn", List.of(names.roleArn(names.own("states"))))
                .when(
                        "StringEquals",
                        "sts:ExternalId",
                        machines.stream().map(ResourceNames::machineArn).toList());
        return new CompiledRole(
                names.serviceRole(type.type()),
                names.rolePath(),
                Kind.SERVICE,
                PolicyStatement.trust("AWS", "arn:${Partition}:iam::${AccountId}:root", List.of(trust)),
                PolicyStatement.policy(statements),
                names.boundaryArn());
    }

    /// What the calls of a class need; of a table just the partition, where it is one for all samples.
    private static LinkedHashSet<ServiceRight> rights(TaskClass type) {
        var calls = type.calls();
        var partitions = calls.stream().map(ServiceCall::leadingKey).distinct().toList();
        var rights = new LinkedHashSet<ServiceRight>();
        for (var call : calls) {
            for (var right : call.rights()) {
                rights.add(
                        partitions.size() == 1 && partitions.getFirst().isPresent()
                                ? new ServiceRight(
                                        right.actions(),
                                        right.resources(),
                                        leading(partitions.getFirst().get()))
                                : right);
            }
        }
        return rights;
    }

    /// ForAllValues holds where the key is missing altogether: so it must not be missing.
    private static Map<String, Map<String, List<String>>> leading(String partition) {
        return Map.of(
                "ForAllValues:StringEquals", Map.of("dynamodb:LeadingKeys", List.of(partition)),
                "Null", Map.of("dynamodb:LeadingKeys", List.of("false")));
    }

    /// Objects that the service reads as who called it.
    private static List<PolicyStatement> reading(TaskClass type) {
        var prefixes = type.calls().stream()
                .flatMap(call -> call.reads().stream())
                .distinct()
                .toList();
        var statements = new ArrayList<PolicyStatement>();
        var buckets = new TreeSet<String>();
        for (var prefix : prefixes) {
            var bucket = TaskPolicy.bucket(prefix);
            var key = TaskPolicy.key(prefix);
            buckets.add(bucket);
            var number = statements.size() / 2 + 1;
            statements.add(PolicyStatement.allow(
                    "Read" + number, List.of("s3:GetObject"), List.of(Places.objectArn(bucket, key + "*"))));
            statements.add(
                    PolicyStatement.allow("List" + number, List.of("s3:ListBucket"), List.of(Places.bucketArn(bucket)))
                            .when("StringLike", "s3:prefix", List.of(key, key + "*")));
        }
        if (!buckets.isEmpty()) {
            // Athena asks for it before it reads.
            statements.add(located(buckets));
        }
        statements.addAll(KeyRights.statements(buckets, List.of()));
        return statements;
    }

    private static PolicyStatement located(Collection<String> buckets) {
        return PolicyStatement.allow(
                "LocateBuckets",
                List.of("s3:GetBucketLocation"),
                buckets.stream().map(Places::bucketArn).toList());
    }

    private List<PolicyStatement> statements(Iterable<ServiceRight> rights) {
        var statements = new ArrayList<PolicyStatement>();
        for (var right : rights) {
            var resources = right.resources().contains(ServiceRight.MACHINES)
                    ? machines.stream().map(ResourceNames::machineArn).toList()
                    : right.resources();
            statements.add(new PolicyStatement(
                    "Call" + (statements.size() + 1), true, right.actions(), resources, right.conditions()));
        }
        return statements;
    }

    private static PolicyStatement hearing(Stream<String> rules) {
        return PolicyStatement.allow(
                "HearOfCalls",
                List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"),
                rules.distinct()
                        .map(rule -> "arn:${Partition}:events:${Region}:${AccountId}:rule/" + rule)
                        .toList());
    }
}
