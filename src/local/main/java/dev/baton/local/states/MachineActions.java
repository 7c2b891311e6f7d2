package dev.baton.local.states;

import dev.baton.asl.Asl;
import dev.baton.asl.Finding;
import dev.baton.asl.StateMachineType;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.policy.RequestContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The actions on state machines themselves.
final class MachineActions {
    private static final int MOST_DIAGNOSTICS = 100;

    private final Machines machines;
    private final Executions executions;
    private final Authorizer authorizer;
    private final Scheduler scheduler;

    MachineActions(Machines machines, Executions executions, Authorizer authorizer, Scheduler scheduler) {
        this.machines = machines;
        this.executions = executions;
        this.authorizer = authorizer;
        this.scheduler = scheduler;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("CreateStateMachine", this::create);
        actions.put("UpdateStateMachine", this::update);
        actions.put("DescribeStateMachine", this::describe);
        actions.put("DescribeStateMachineForExecution", this::describeForExecution);
        actions.put("ListStateMachines", this::list);
        actions.put("DeleteStateMachine", this::delete);
        actions.put("ValidateStateMachineDefinition", this::validate);
        return actions;
    }

    private void require(AwsRequest request, String action, String arn) {
        authorizer.require(request.caller(), "states:" + action, arn, request.context());
    }

    private void requireOnMachine(AwsRequest request, String action, StatesArn arn) {
        new MachineAccess(authorizer).require(request.caller(), action, arn, request.context());
    }

    private void passRole(AwsRequest request, String machineArn, String roleArn) {
        var context = RequestContext.builder()
                .put("iam:PassedToService", "states.amazonaws.com")
                .put("iam:AssociatedResourceArn", machineArn)
                .build();
        authorizer.require(request.caller(), "iam:PassRole", roleArn, context.or(request.context()));
    }

    private static StateMachineType type(Map<String, @Nullable Object> input) {
        var type = StatesMembers.text(input, "type");
        try {
            return type == null ? StateMachineType.STANDARD : StateMachineType.valueOf(type);
        } catch (IllegalArgumentException e) {
            throw StatesErrors.constraint("'" + type + "'", "type", "satisfy enum value set: [STANDARD, EXPRESS]");
        }
    }

    private static Map<String, @Nullable Object> tracing(@Nullable Map<String, @Nullable Object> given) {
        var tracing = new LinkedHashMap<String, @Nullable Object>();
        tracing.put("enabled", given != null && StatesMembers.flag(given, "enabled", false));
        return tracing;
    }

    private Map<String, @Nullable Object> create(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = StatesMembers.required(input, "name");
        var definition = StatesMembers.required(input, "definition");
        var roleArn = StatesMembers.required(input, "roleArn");
        var arn = machines.arn(name);
        var tags = MachineTagActions.tags(StatesMembers.list(input, "tags"));
        StatesMembers.requireOwnedKey(input);
        var keys = RequestContext.builder().requestTags(tags).build().or(request.context());
        authorizer.require(request.caller(), "states:CreateStateMachine", arn, keys);
        if (!tags.isEmpty()) {
            authorizer.require(request.caller(), "states:TagResource", arn, keys);
        }
        NameRules.check(name);
        var type = type(input);
        var publish = StatesMembers.flag(input, "publish", false);
        var versionDescription = StatesMembers.text(input, "versionDescription");
        if (versionDescription != null && !publish) {
            throw StatesErrors.validation("Version description can only be set when publish is true");
        }
        var logging = LoggingConfiguration.of(StatesMembers.object(input, "loggingConfiguration"));
        var now = scheduler.now();
        var prepared = machines.prepare(definition, type);
        if (publish) {
            require(request, "PublishStateMachineVersion", arn);
        }
        passRole(request, arn, roleArn);
        machines.checkRole(arn, roleArn, definition, logging);
        var revision = new MachineRevision(
                null,
                definition,
                prepared,
                roleArn,
                logging,
                tracing(StatesMembers.object(input, "tracingConfiguration")),
                now);
        var machine = new Machine(arn, name, type, now, revision);
        machine.tag(tags);
        var before = machines.add(machine);
        if (before != null) {
            if (before.isDeleting()) {
                throw StatesErrors.deleting(arn);
            }
            if (before.type() != type
                    || !before.current().definition().equals(definition)
                    || !before.current().logging().equals(logging)
                    || !before.current().tracing().equals(revision.tracing())) {
                throw StatesErrors.machineExists(arn);
            }
            machine = before;
        }
        var answer = new StatesMembers().put("stateMachineArn", arn).time("creationDate", machine.created());
        if (publish) {
            answer.put(
                    "stateMachineVersionArn",
                    machine.publish(versionDescription, null, now).arn());
        }
        return answer.map();
    }

    private Map<String, @Nullable Object> update(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "stateMachineArn"), "stateMachine");
        requireOnMachine(request, "UpdateStateMachine", arn);
        var machine = machines.lasting(arn);
        StatesMembers.requireOwnedKey(input);
        var definition = StatesMembers.text(input, "definition");
        var roleArn = StatesMembers.text(input, "roleArn");
        var logging = StatesMembers.object(input, "loggingConfiguration");
        var tracing = StatesMembers.object(input, "tracingConfiguration");
        var publish = StatesMembers.flag(input, "publish", false);
        if (definition == null && roleArn == null && logging == null && tracing == null && !publish) {
            throw StatesErrors.missingParameter("Either the definition, the role ARN, the LoggingConfiguration, or the "
                    + "TracingConfiguration must be specified");
        }
        var versionDescription = StatesMembers.text(input, "versionDescription");
        if (versionDescription != null && !publish) {
            throw StatesErrors.validation("Version description can only be set when publish is true");
        }
        if (publish) {
            require(request, "PublishStateMachineVersion", machine.arn());
        }
        var before = machine.current();
        if (roleArn != null) {
            passRole(request, machine.arn(), roleArn);
        }
        if (roleArn != null || definition != null || logging != null) {
            machines.checkRole(
                    machine.arn(),
                    roleArn == null ? before.roleArn() : roleArn,
                    definition == null ? before.definition() : definition,
                    logging == null ? before.logging() : LoggingConfiguration.of(logging));
        }
        var now = scheduler.now();
        var revision = machine.update(new MachineRevision(
                UUID.randomUUID().toString(),
                definition == null ? before.definition() : definition,
                definition == null ? before.machine() : machines.prepare(definition, machine.type()),
                roleArn == null ? before.roleArn() : roleArn,
                logging == null ? before.logging() : LoggingConfiguration.of(logging),
                tracing == null ? before.tracing() : tracing(tracing),
                now));
        var answer = new StatesMembers().time("updateDate", now).putIf("revisionId", revision.id());
        if (publish) {
            answer.put(
                    "stateMachineVersionArn",
                    machine.publish(versionDescription, null, now).arn());
        }
        return answer.map();
    }

    private Map<String, @Nullable Object> describe(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "stateMachineArn"), "stateMachine");
        requireOnMachine(request, "DescribeStateMachine", arn);
        var machine = machines.get(arn);
        if (machine.isDeleting() && !executions.isRunning(machine.arn())) {
            throw StatesErrors.noMachine(arn.text());
        }
        var version = arn.qualifier().isEmpty() ? null : machine.version(arn.qualifier());
        if (!arn.qualifier().isEmpty() && version == null) {
            throw StatesErrors.noMachine(arn.text());
        }
        var revision = version == null ? machine.current() : version.revision();
        var answer = new StatesMembers()
                .put("stateMachineArn", arn.text())
                .put("name", machine.name())
                .put("status", machine.isDeleting() ? "DELETING" : "ACTIVE")
                .put("type", machine.type().name())
                .time("creationDate", version == null ? machine.created() : version.created());
        revision(answer, revision, withData(input));
        return answer.putIf("description", version == null ? null : version.description())
                .map();
    }

    private static boolean withData(Map<String, @Nullable Object> input) {
        return !"METADATA_ONLY".equals(StatesMembers.text(input, "includedData"));
    }

    private static void revision(StatesMembers answer, MachineRevision revision, boolean withData) {
        answer.putIf("definition", withData ? revision.definition() : null)
                .put("roleArn", revision.roleArn())
                .put("loggingConfiguration", revision.logging())
                .put("tracingConfiguration", revision.tracing())
                .putIf("revisionId", revision.id());
    }

    private Map<String, @Nullable Object> describeForExecution(
            Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "executionArn"), "execution");
        require(request, "DescribeStateMachineForExecution", arn.text());
        var started = executions.started(arn.text());
        if (started == null) {
            throw StatesErrors.noExecution(arn.text());
        }
        var answer = new StatesMembers()
                .put("stateMachineArn", started.machine().arn())
                .put("name", started.machine().name())
                .time("updateDate", started.revision().updated());
        revision(answer, started.revision(), withData(input));
        return answer.map();
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        require(request, "ListStateMachines", "*");
        return TokenPage.of(input)
                .answer(
                        "stateMachines",
                        machines.all(),
                        machine -> new StatesMembers()
                                .put("stateMachineArn", machine.arn())
                                .put("name", machine.name())
                                .put("type", machine.type().name())
                                .time("creationDate", machine.created())
                                .map());
    }

    private Map<String, @Nullable Object> delete(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "stateMachineArn"), "stateMachine");
        requireOnMachine(request, "DeleteStateMachine", arn);
        var machine = machines.find(arn.text());
        if (machine != null) {
            machine.delete();
            if (!executions.endNext(machine.arn())) {
                machines.remove(machine.arn());
            }
        }
        return Map.of();
    }

    private Map<String, @Nullable Object> validate(Map<String, @Nullable Object> input, AwsRequest request) {
        require(request, "ValidateStateMachineDefinition", "*");
        var definition = StatesMembers.required(input, "definition");
        var asked = StatesMembers.number(input, "maxResults", 0, MOST_DIAGNOSTICS);
        var most = asked == null || asked.intValue() == 0 ? MOST_DIAGNOSTICS : asked.intValue();
        var warnings = "WARNING".equals(StatesMembers.word(input, "severity", "ERROR", "WARNING"));
        var parsed = Asl.parse("definition", definition, type(input));
        var findings = parsed.findings().stream()
                .filter(finding -> warnings || finding.diagnostic().isError())
                .toList();
        return new StatesMembers()
                .put("result", parsed.isValid() ? "OK" : "FAIL")
                .put(
                        "diagnostics",
                        findings.stream()
                                .limit(most)
                                .map(MachineActions::diagnostic)
                                .toList())
                .put("truncated", findings.size() > most)
                .map();
    }

    private static Map<String, @Nullable Object> diagnostic(Finding finding) {
        return new StatesMembers()
                .put("severity", finding.diagnostic().isError() ? "ERROR" : "WARNING")
                .put("code", finding.aws().code())
                .put("message", finding.aws().message())
                .putIf(
                        "location",
                        finding.aws().location().isEmpty()
                                ? null
                                : finding.aws().location())
                .map();
    }
}
