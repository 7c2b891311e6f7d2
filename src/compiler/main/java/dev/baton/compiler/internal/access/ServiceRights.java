package dev.baton.compiler.internal.access;

import dev.baton.compiler.CompiledRole;
import dev.baton.compiler.CompiledRole.Kind;
import dev.baton.compiler.internal.Names;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.task.service.Right;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/// What it takes to have services do the work of tasks. The role of executions may assume a role for each class of such
/// tasks, and that role may make its one call and see what becomes of it. See [Accessing resources in other
/// accounts](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html), which tells
/// how Step Functions assumes the role of a state.
final class ServiceRights {
    private final Names names;
    private final List<TaskClass> called;
    private final List<String> machines;

    /// @param machines the names of those whose executions make the calls
    ServiceRights(Names names, List<TaskClass> classes, List<String> machines) {
        this.names = names;
        this.called = classes.stream().filter(TaskClass::byService).toList();
        this.machines = machines;
    }

    /// The roles of the calls.
    List<CompiledRole> roles() {
        return called.stream().map(this::role).toList();
    }

    /// For the role of executions: to become who calls, and to hear of the end of what was called.
    List<Statement> calling() {
        var statements = new ArrayList<Statement>();
        statements.add(Statement.allow(
                "BecomeWhoCalls",
                List.of("sts:AssumeRole"),
                called.stream()
                        .map(type -> names.roleArn(names.serviceRole(type.type())))
                        .toList()));
        statements.add(hearing(called.stream().flatMap(type -> type.calls().stream()
                .flatMap(call -> call.managedRule().stream()))));
        return statements;
    }

    /// What the roles need to be within the boundary, but for [#anywhere].
    List<Statement> bounds() {
        var rights = new LinkedHashSet<Right>();
        called.forEach(type -> type.calls().forEach(call -> rights.addAll(call.rights())));
        var statements = new ArrayList<>(statements(rights));
        statements.add(calling().getLast());
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
        var rights = new LinkedHashSet<Right>();
        type.calls().forEach(call -> rights.addAll(call.rights()));
        var statements = new ArrayList<>(statements(rights));
        statements.add(hearing(type.calls().stream().flatMap(call -> call.managedRule().stream())));
        // Step Functions names the machine as the external id; no other caller is let in. The account is the principal
        // and who exactly is a condition, as for tasks: a role that is made anew has another id.
        var trust = Statement.allow("CallForExecutions", List.of("sts:AssumeRole"), List.of())
                .when("ArnEquals", "aws:PrincipalArn", List.of(names.roleArn(names.own("states"))))
                .when(
                        "StringEquals",
                        "sts:ExternalId",
                        machines.stream().map(Names::machineArn).toList());
        return new CompiledRole(
                names.serviceRole(type.type()),
                names.rolePath(),
                Kind.SERVICE,
                Statement.trust("AWS", "arn:${Partition}:iam::${AccountId}:root", List.of(trust)),
                Statement.policy(statements),
                names.boundaryArn());
    }

    private List<Statement> statements(Iterable<Right> rights) {
        var statements = new ArrayList<Statement>();
        for (var right : rights) {
            var resources = right.resources().contains(Right.MACHINES)
                    ? machines.stream().map(Names::machineArn).toList()
                    : right.resources();
            statements.add(new Statement(
                    "Call" + (statements.size() + 1), true, right.actions(), resources, right.conditions()));
        }
        return statements;
    }

    private static Statement hearing(Stream<String> rules) {
        return Statement.allow(
                "HearOfCalls",
                List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"),
                rules.distinct()
                        .map(rule -> "arn:${Partition}:events:${Region}:${AccountId}:rule/" + rule)
                        .toList());
    }
}
