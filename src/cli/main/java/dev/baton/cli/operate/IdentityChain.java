package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.run.CompletionRecord;
import dev.baton.run.Requester;
import dev.baton.run.RoleSession;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The identities from whoever started an execution to the session that a task of it ran with, as far as it is
/// recorded.
///
/// @param hops in their order
public record IdentityChain(List<Hop> hops) {
    public IdentityChain {
        hops = List.copyOf(hops);
    }

    /// One of them.
    ///
    /// @param what its part
    /// @param who a person, a role or a session
    /// @param details what else is known
    public record Hop(String what, String who, List<String> details) {
        public Hop {
            details = List.copyOf(details);
        }

        Map<String, @Nullable Object> toJson() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("what", what);
            json.put("who", who);
            json.put("details", details);
            return json;
        }
    }

    /// Asks the endpoint.
    ///
    /// @param task the simple name of its class
    /// @throws DiagnosticException CLI015 when there is no such execution, CLI136 when no such task of it is recorded
    public static IdentityChain of(Endpoint endpoint, String called, String task) {
        var execution = new ExecutionLookup(endpoint).execution(called);
        var machine =
                endpoint.states().describeStateMachine(request -> request.stateMachineArn(execution.stateMachineArn()));
        var deployed = DeployedPipeline.ofMachine(endpoint, execution.stateMachineArn());
        var record = deployed.flatMap(there -> record(endpoint, there, execution.executionArn(), task))
                .orElseThrow(() -> missing(execution.name(), task));
        var hops = new ArrayList<Hop>();
        hops.add(new Hop(
                "started by",
                ExecutionOrigin.of(endpoint, execution)
                        .startedBy()
                        .map(Requester::shown)
                        .orElse("somebody unknown"),
                List.of()));
        hops.add(new Hop("start function", deployed.orElseThrow().startFunction(), List.of()));
        hops.add(new Hop("states role", machine.roleArn(), List.of("execution " + execution.name())));
        var runner = endpoint.prefix().of(record.pipeline()) + "-" + task;
        var role = endpoint.lambda()
                .getFunctionConfiguration(request -> request.functionName(runner))
                .role();
        hops.add(new Hop("runner", role, List.of("function " + runner)));
        hops.add(session(record, task));
        return new IdentityChain(hops);
    }

    /// The session follows from what is recorded: names, source identity and tags are made of it.
    private static Hop session(CompletionRecord record, String task) {
        var session = new RoleSession(
                record.pipeline(),
                record.execution(),
                task,
                "",
                0,
                null,
                record.startedBy()
                        .map(who ->
                                new RoleSession.Origin(who, record.revision().id()))
                        .orElse(null));
        var details = new ArrayList<String>();
        details.add("source identity " + session.sourceIdentity());
        session.tags().forEach((name, value) -> details.add(name + "=" + value));
        details.add("from " + record.startedAt() + " to " + record.endedAt() + ", renewed every 15 minutes");
        return new Hop("task session", record.roleSession(), details);
    }

    private static Optional<CompletionRecord> record(
            Endpoint endpoint, DeployedPipeline there, String execution, String task) {
        return endpoint
                .s3()
                .listObjectsV2Paginator(
                        request -> request.bucket(there.stateBucket()).prefix(StateKeys.COMPLETIONS))
                .contents()
                .stream()
                .map(object -> object.key())
                .filter(key -> key.endsWith(".json") && isOf(key, task))
                .flatMap(key -> parsed(endpoint, there, key).stream())
                .filter(record -> record.execution().equals(execution))
                .findFirst();
    }

    private static boolean isOf(String key, String task) {
        var name = key.substring(StateKeys.COMPLETIONS.length(), key.lastIndexOf('/'));
        return name.equals(task) || name.endsWith("." + task);
    }

    private static Optional<CompletionRecord> parsed(Endpoint endpoint, DeployedPipeline there, String key) {
        try {
            return Optional.of(CompletionRecord.parse(endpoint.s3()
                    .getObjectAsBytes(
                            request -> request.bucket(there.stateBucket()).key(key))
                    .asByteArray()));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static DiagnosticException missing(String execution, String task) {
        return new DiagnosticException(Diagnostic.error(
                "CLI136",
                Location.named(execution),
                "has recorded no task " + task + ": it has not made it, or a later run has made it anew",
                "name the class of a task that it ran: baton status " + execution));
    }

    /// As programs read it.
    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("hops", hops.stream().map(Hop::toJson).toList());
        return json;
    }
}
