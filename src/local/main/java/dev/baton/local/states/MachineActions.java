package dev.baton.local.states;

import dev.baton.asl.Finding;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.definition.Asl;
import dev.baton.asl.definition.AwsWording;
import dev.baton.asl.definition.VariableReferences;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The actions on state machines themselves.
record MachineActions(Machines machines, Executions executions, Scheduler scheduler, MachineKeys keys) {
    private static final int MOST_DIAGNOSTICS = 100;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing(
                        "CreateStateMachine",
                        this::create,
                        "states:CreateStateMachine",
                        "states:TagResource",
                        "states:PublishStateMachineVersion",
                        "iam:PassRole",
                        "kms:DescribeKey",
                        "kms:GenerateDataKey"),
                ApiOperation.changing(
                        "UpdateStateMachine",
                        this::update,
                        "states:UpdateStateMachine",
                        "states:PublishStateMachineVersion",
                        "iam:PassRole",
                        "kms:DescribeKey",
                        "kms:GenerateDataKey"),
                ApiOperation.reading(
                        "DescribeStateMachine", this::describe, "states:DescribeStateMachine", "kms:Decrypt"),
                ApiOperation.reading(
                        "DescribeStateMachineForExecution",
                        this::describeForExecution,
                        "states:DescribeStateMachineForExecution",
                        "kms:Decrypt"),
                ApiOperation.reading("ListStateMachines", this::list),
                ApiOperation.changing("DeleteStateMachine", this::delete),
                ApiOperation.reading("ValidateStateMachineDefinition", this::validate));
    }

    private static void passRole(ApiCall call, String machineArn, String roleArn) {
        call.require(
                "iam:PassRole",
                roleArn,
                RequestContext.builder()
                        .put("iam:PassedToService", "states.amazonaws.com")
                        .put("iam:AssociatedResourceArn", machineArn)
                        .build());
    }

    private static StateMachineType type(ApiInput input) {
        var type = input.text("type");
        return type == null ? StateMachineType.STANDARD : StateMachineType.valueOf(type);
    }

    private static Map<String, @Nullable Object> tracing(@Nullable ApiInput given) {
        return JsonAnswer.of("enabled", given != null && given.flag("enabled"));
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = input.require("name");
        var definition = input.require("definition");
        var roleArn = input.require("roleArn");
        var arn = machines.arn(name);
        var tags = MachineTagActions.tags(input.objects("tags"));
        var context = RequestContext.builder().requestTags(tags).build();
        call.require(arn, context);
        if (!tags.isEmpty()) {
            call.require("states:TagResource", arn, context);
        }
        NameRules.check(name);
        var type = type(input);
        var publish = input.flag("publish");
        var versionDescription = input.text("versionDescription");
        if (versionDescription != null && !publish) {
            throw StatesErrors.validation("Version description can only be set when publish is true");
        }
        var logging = LoggingConfiguration.of(input.objectIf("loggingConfiguration"));
        var now = scheduler.now();
        var read = machines.read(definition, type);
        if (publish) {
            call.require("states:PublishStateMachineVersion", arn, RequestContext.EMPTY);
        }
        var encryption = keys.of(input.objectIf("encryptionConfiguration"), arn, call);
        passRole(call, arn, roleArn);
        machines.checkRole(arn, roleArn, read.allStates(), logging);
        var revision = new MachineRevision(
                null,
                definition,
                PreparedMachine.of(read),
                roleArn,
                logging,
                tracing(input.objectIf("tracingConfiguration")),
                encryption,
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
                    || !before.current().tracing().equals(revision.tracing())
                    || !before.current().encryption().equals(encryption)) {
                throw StatesErrors.machineExists(arn);
            }
            machine = before;
        }
        var answer = new JsonAnswer().put("stateMachineArn", arn).time("creationDate", machine.created());
        if (publish) {
            answer.put(
                    "stateMachineVersionArn",
                    machine.publish(versionDescription, null, now).arn());
        }
        return answer.map();
    }

    private Map<String, @Nullable Object> update(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("stateMachineArn"), "stateMachine");
        call.require(arn.unqualified(), arn.keys());
        var machine = machines.lasting(arn);
        var encryption = input.objectIf("encryptionConfiguration");
        var definition = input.text("definition");
        var roleArn = input.text("roleArn");
        var logging = input.objectIf("loggingConfiguration");
        var tracing = input.objectIf("tracingConfiguration");
        var publish = input.flag("publish");
        if (definition == null
                && roleArn == null
                && logging == null
                && tracing == null
                && encryption == null
                && !publish) {
            throw StatesErrors.missingParameter("Either the definition, the role ARN, the LoggingConfiguration, the"
                    + " EncryptionConfiguration or the TracingConfiguration must be specified");
        }
        var versionDescription = input.text("versionDescription");
        if (versionDescription != null && !publish) {
            throw StatesErrors.validation("Version description can only be set when publish is true");
        }
        if (publish) {
            call.require("states:PublishStateMachineVersion", machine.arn(), RequestContext.EMPTY);
        }
        var before = machine.current();
        if (roleArn != null) {
            passRole(call, machine.arn(), roleArn);
        }
        var read = definition == null ? null : machines.read(definition, machine.type());
        if (roleArn != null || definition != null || logging != null) {
            machines.checkRole(
                    machine.arn(),
                    roleArn == null ? before.roleArn() : roleArn,
                    (read == null ? machines.read(before.definition(), machine.type()) : read).allStates(),
                    logging == null ? before.logging() : LoggingConfiguration.of(logging));
        }
        var now = scheduler.now();
        var revision = machine.update(new MachineRevision(
                UUID.randomUUID().toString(),
                definition == null ? before.definition() : definition,
                read == null ? before.machine() : PreparedMachine.of(read),
                roleArn == null ? before.roleArn() : roleArn,
                logging == null ? before.logging() : LoggingConfiguration.of(logging),
                tracing == null ? before.tracing() : tracing(tracing),
                encryption == null ? before.encryption() : keys.of(encryption, machine.arn(), call),
                now));
        var answer = new JsonAnswer().time("updateDate", now).putIf("revisionId", revision.id());
        if (publish) {
            answer.put(
                    "stateMachineVersionArn",
                    machine.publish(versionDescription, null, now).arn());
        }
        return answer.map();
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("stateMachineArn"), "stateMachine");
        call.require(arn.unqualified(), arn.keys());
        var machine = machines.get(arn);
        if (machine.isDeleting() && !executions.isRunning(machine.arn())) {
            throw StatesErrors.noMachine(arn.text());
        }
        var version = arn.qualifier().isEmpty() ? null : machine.version(arn.qualifier());
        if (!arn.qualifier().isEmpty() && version == null) {
            throw StatesErrors.noMachine(arn.text());
        }
        var revision = version == null ? machine.current() : version.revision();
        if (withData(input)) {
            keys.requireDecrypt(revision.encryption(), machine.arn(), call);
        }
        var answer = new JsonAnswer()
                .put("stateMachineArn", arn.text())
                .put("name", machine.name())
                .put("status", machine.isDeleting() ? "DELETING" : "ACTIVE")
                .put("type", machine.type().name())
                .time("creationDate", version == null ? machine.created() : version.created());
        revision(answer, revision, withData(input));
        return answer.putIf("description", version == null ? null : version.description())
                .map();
    }

    private static boolean withData(ApiInput input) {
        return !"METADATA_ONLY".equals(input.text("includedData"));
    }

    private static void revision(JsonAnswer answer, MachineRevision revision, boolean withData) {
        var variables = withData ? VariableReferences.of(revision.definition()) : Map.of();
        answer.putIf("definition", withData ? revision.definition() : null)
                .putIf("variableReferences", variables.isEmpty() ? null : variables)
                .put("roleArn", revision.roleArn())
                .put("loggingConfiguration", revision.logging())
                .put("tracingConfiguration", revision.tracing())
                .put("encryptionConfiguration", revision.encryption())
                .putIf("revisionId", revision.id());
    }

    private Map<String, @Nullable Object> describeForExecution(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("executionArn"), "execution");
        call.require(arn.text());
        var started = executions.started(arn.text());
        if (started == null) {
            throw StatesErrors.noExecution(arn.text());
        }
        if (withData(input)) {
            keys.requireDecrypt(
                    started.revision().encryption(), started.machine().arn(), call);
        }
        var answer = new JsonAnswer()
                .put("stateMachineArn", started.machine().arn())
                .put("name", started.machine().name())
                .time("updateDate", started.revision().updated());
        revision(answer, started.revision(), withData(input));
        return answer.map();
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        return StatesErrors.PAGES.answer(
                input,
                "stateMachines",
                machines.all(),
                machine -> machine.arn(),
                machine -> new JsonAnswer()
                        .put("stateMachineArn", machine.arn())
                        .put("name", machine.name())
                        .put("type", machine.type().name())
                        .time("creationDate", machine.created())
                        .map());
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("stateMachineArn"), "stateMachine");
        call.require(arn.unqualified(), arn.keys());
        var machine = machines.find(arn.text());
        if (machine != null) {
            machine.delete();
            if (!executions.endNext(machine.arn())) {
                machines.remove(machine.arn());
            }
        }
        return Map.of();
    }

    private Map<String, @Nullable Object> validate(ApiInput input, ApiCall call) {
        call.require("*");
        var definition = input.require("definition");
        var asked = input.number("maxResults");
        var most = asked == null || asked.intValue() == 0 ? MOST_DIAGNOSTICS : asked.intValue();
        var warnings = "WARNING".equals(input.text("severity"));
        var parsed = Asl.parse("definition", definition, type(input));
        var findings = AwsWording.diagnostics(parsed.findings(), warnings);
        return new JsonAnswer()
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
        return new JsonAnswer()
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
