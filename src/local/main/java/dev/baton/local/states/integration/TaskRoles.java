package dev.baton.local.states.integration;

import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.RoleSessions;
import dev.baton.name.Arn;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The identity of a Task state when it calls a service.
///
/// Sessions are kept while they last; what a role may do is asked anew with every call.
final class TaskRoles {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Account account;
    private final RoleSessions sessions;
    private final Scheduler scheduler;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Map<String, String> machines = new ConcurrentHashMap<>();

    private record Kept(Caller caller, Instant until) {}

    TaskRoles(Account account, RoleSessions sessions, Scheduler scheduler) {
        this.account = account;
        this.sessions = sessions;
        this.scheduler = scheduler;
    }

    void expect(String role, String machineArn) {
        machines.put(role, machineArn);
    }

    /// @throws TaskFailure when a role may not be assumed
    Caller caller(TaskStateInvocation invocation) throws TaskFailure {
        var machineArn = machineArn(invocation);
        var role = invocation.executionRoleArn();
        if (role == null) {
            throw new TaskFailure("States.Runtime", "The state machine has no role to call a service with.");
        }
        var own = own(role, machineArn);
        var other = invocation.roleArn();
        return other == null ? own : other(own, other, machineArn);
    }

    /// The session of a machine's role for reading and writing items.
    ///
    /// @throws AccessDenied when the role may not be assumed
    Caller callerOf(String role) {
        return kept(role, machines.getOrDefault(role, ""));
    }

    /// The session of the role of the machine itself.
    ///
    /// @throws AccessDenied when the role may not be assumed
    Caller callerOf(String role, String machineArn) {
        return kept(role, withoutLabel(machineArn));
    }

    private Caller own(String role, String machineArn) throws TaskFailure {
        try {
            return kept(role, machineArn);
        } catch (AccessDenied e) {
            throw new TaskFailure(
                    "States.Permissions",
                    "Step Functions is not authorized to assume the role " + role + ": " + e.getMessage());
        }
    }

    private Caller kept(String role, String machineArn) {
        var known = kept.get(role + " " + machineArn);
        if (known != null && scheduler.now().isBefore(known.until())) {
            return known.caller();
        }
        var caller = sessions.assumeAsService(
                        "states.amazonaws.com", role, sessionName(machineArn), context(machineArn))
                .caller();
        keep(role + " " + machineArn, caller);
        return caller;
    }

    private Caller other(Caller own, String role, String machineArn) throws TaskFailure {
        var key = own.arn() + " " + role;
        var known = kept.get(key);
        if (known != null && scheduler.now().isBefore(known.until())) {
            return known.caller();
        }
        try {
            var context =
                    RequestContext.builder().put("sts:ExternalId", machineArn).build();
            var caller =
                    sessions.assume(own, role, sessionName(machineArn), context).caller();
            keep(key, caller);
            return caller;
        } catch (AccessDenied e) {
            throw new TaskFailure(
                    "States.TaskFailed",
                    "The role " + own.arn() + " is not authorized to assume the task state's role, " + role + ".");
        }
    }

    private void keep(String key, Caller caller) {
        var session = caller.session();
        if (session != null) {
            kept.put(key, new Kept(caller, session.expiresAt().minus(MARGIN)));
        }
    }

    private RequestContext context(String machineArn) {
        return RequestContext.builder()
                .put("aws:SourceArn", machineArn)
                .put("aws:SourceAccount", account.id())
                .build();
    }

    private static String sessionName(String machineArn) {
        var name = Arn.last(machineArn).replaceAll("[^\\w+=,.@-]", "-");
        // A session's name has two characters and more, a machine's one and more.
        return name.length() < 2 ? "states-" + name : name.substring(0, Math.min(64, name.length()));
    }

    /// The machine whose state it is.
    static String machineArn(TaskStateInvocation invocation) {
        var id = invocation.context().get("StateMachine") instanceof Map<?, ?> machine ? machine.get("Id") : null;
        var arn = id instanceof String text ? text : fromExecution(invocation.executionArn());
        return withoutLabel(arn);
    }

    /// The children of a Map Run act as the machine whose state it is.
    static String withoutLabel(String machineArn) {
        var slash = machineArn.indexOf('/');
        return slash < 0 ? machineArn : machineArn.substring(0, slash);
    }

    private static String fromExecution(@Nullable String executionArn) {
        return Arn.beforeLast(String.valueOf(executionArn)).replace(":execution:", ":stateMachine:");
    }
}
