package dev.baton.local.states;

import dev.baton.asl.State;
import dev.baton.asl.StateMachine;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.TaskState;
import dev.baton.asl.definition.Asl;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.service.Violation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The state machines there are, by ARN.
final class Machines {
    /// What delivering logs takes.
    private static final List<String> LOG_DELIVERY = List.of(
            "CreateLogDelivery",
            "GetLogDelivery",
            "UpdateLogDelivery",
            "DeleteLogDelivery",
            "ListLogDeliveries",
            "PutResourcePolicy",
            "DescribeResourcePolicies",
            "DescribeLogGroups");

    private static final int LARGEST_DEFINITION = 1 << 20;

    private final Account account;
    private final Authorizer authorizer;
    private final RoleSessions sessions;
    private final Scheduler scheduler;
    private final RandomGenerator routing = new java.security.SecureRandom();
    private final Map<String, Machine> byArn = new ConcurrentSkipListMap<>();

    Machines(Account account, Authorizer authorizer, RoleSessions sessions, Scheduler scheduler) {
        this.account = account;
        this.authorizer = authorizer;
        this.sessions = sessions;
        this.scheduler = scheduler;
    }

    String arn(String name) {
        return account.arn("states", "stateMachine:" + name);
    }

    /// By ARN, sorted.
    List<Machine> all() {
        return List.copyOf(byArn.values());
    }

    @Nullable
    Machine find(String arn) {
        return byArn.get(arn);
    }

    /// @return the machine of that ARN, or null where it was added
    @Nullable
    Machine add(Machine machine) {
        return byArn.putIfAbsent(machine.arn(), machine);
    }

    void remove(String arn) {
        byArn.remove(arn);
    }

    /// The machine that an ARN names, with or without version or alias.
    ///
    /// @throws AwsError `StateMachineDoesNotExist`
    Machine get(StatesArn arn) {
        var machine = byArn.get(arn.unqualified());
        if (machine == null) {
            throw StatesErrors.noMachine(arn.text());
        }
        return machine;
    }

    /// The machine that an ARN names, which goes on being there.
    ///
    /// @throws AwsError `StateMachineDoesNotExist`, `StateMachineDeleting`
    Machine lasting(StatesArn arn) {
        var machine = get(arn);
        if (machine.isDeleting()) {
            throw StatesErrors.deleting(arn.text());
        }
        return machine;
    }

    Machine.Start start(StatesArn arn) {
        return lasting(arn).start(arn, routing);
    }

    /// Reads a definition.
    ///
    /// @throws AwsError `InvalidDefinition` with everything that is wrong
    StateMachine read(String definition, StateMachineType type) {
        if (definition.length() > LARGEST_DEFINITION) {
            throw Violation.of("", "definition", "have length less than or equal to " + LARGEST_DEFINITION)
                    .error();
        }
        var parsed = Asl.parse("definition", definition, type);
        if (!parsed.isValid()) {
            throw StatesErrors.invalidDefinition(parsed.findings());
        }
        return parsed.orThrow();
    }

    /// @param states all that the role may run
    /// @param logging as [LoggingConfiguration] has it
    /// @throws AwsError when Step Functions may not act with that role, or the role may not hear of nested executions
    ///     that the definition waits for, or not have executions logged that are to be
    void checkRole(
            String machineArn, String roleArn, Stream<? extends State> states, Map<String, @Nullable Object> logging) {
        if (!roleArn.matches("arn:[a-z-]+:iam::[0-9]{12}:role/.+")) {
            throw StatesErrors.invalidArn("Invalid ARN: " + roleArn);
        }
        Caller role;
        try {
            role = sessions.assumeAsService("states.amazonaws.com", roleArn, "validation", trust(account, machineArn))
                    .caller();
        } catch (AccessDenied e) {
            throw new AwsError(
                    400,
                    "AccessDeniedException",
                    "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to"
                            + " assume the provided role.");
        }
        var resources = states.filter(TaskState.class::isInstance)
                .map(state -> ((TaskState) state).resource())
                .toList();
        if (waitsFor(resources, ":states:startExecution.sync")) {
            checkManagedRule(role, roleArn, "StepFunctionsGetEventsForStepFunctionsExecutionRule");
        }
        if (waitsFor(resources, ":ecs:runTask.sync")) {
            checkManagedRule(role, roleArn, "StepFunctionsGetEventsForECSTaskRule");
        }
        if (!"OFF".equals(logging.get("level"))) {
            checkLogDelivery(role);
        }
    }

    /// Step Functions sets up the delivery of logs with the machine's role.
    private void checkLogDelivery(Caller role) {
        try {
            for (var action : LOG_DELIVERY) {
                authorizer.require(role, "logs:" + action, "*", RequestContext.EMPTY);
            }
        } catch (AccessDenied e) {
            throw new AwsError(
                    400,
                    "AccessDeniedException",
                    "The state machine IAM Role is not authorized to access the Log Destination");
        }
    }

    /// Step Functions learns of the end of a nested execution, or of a container, by a rule that it makes with the
    /// machine's role.
    private void checkManagedRule(Caller role, String roleArn, String name) {
        var rule = account.arn("events", "rule/" + name);
        try {
            for (var action : List.of("events:PutTargets", "events:PutRule", "events:DescribeRule")) {
                authorizer.require(role, action, rule, RequestContext.EMPTY);
            }
        } catch (AccessDenied e) {
            throw new AwsError(
                    400, "AccessDeniedException", "'" + roleArn + "' is not authorized to create managed-rule.");
        }
    }

    private static boolean waitsFor(List<String> resources, String service) {
        return resources.stream().anyMatch(resource -> resource.contains(service));
    }

    /// What a role's trust policy may ask about.
    static RequestContext trust(Account account, String machineArn) {
        return RequestContext.builder()
                .put("aws:SourceArn", machineArn)
                .put("aws:SourceAccount", account.id())
                .build();
    }
}
