package dev.baton.local.ssm;

import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Automation: runbooks that somebody registered are run in this process, once a role is found that they may act with.
///
/// See
/// [StartAutomationExecution](https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html).
final class AutomationActions {
    private static final String SERVICE = "ssm.amazonaws.com";
    private static final String ROLE = "AutomationAssumeRole";

    private final Account account;
    private final RoleSessions sessions;
    private final InstantSource clock;
    private final Map<String, Runbook> runbooks = new ConcurrentHashMap<>();
    private final Map<String, Automation> automations = new ConcurrentHashMap<>();
    private final Map<String, Automation> byToken = new ConcurrentHashMap<>();

    AutomationActions(Account account, RoleSessions sessions, InstantSource clock) {
        this.account = account;
        this.sessions = sessions;
        this.clock = clock;
    }

    void put(String document, Runbook runbook) {
        runbooks.put(document, runbook);
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("GetAutomationExecution", this::get),
                ApiOperation.reading(
                        "StartAutomationExecution", this::start, "ssm:StartAutomationExecution", "iam:PassRole"),
                ApiOperation.reading("StopAutomationExecution", this::stop));
    }

    private synchronized Map<String, @Nullable Object> start(ApiInput input, ApiCall call) {
        var document = input.require("DocumentName");
        var version = input.text("DocumentVersion");
        var definition = account.arn(
                "ssm", "automation-definition/" + document + ":" + (version == null ? "$DEFAULT" : version));
        call.require(definition);
        var runbook = runbooks.get(document);
        if (runbook == null) {
            throw SsmErrors.noRunbook(document);
        }
        var parameters = lists(input.object("Parameters"));
        var role = parameters.getOrDefault(ROLE, List.of()).stream().findFirst().orElse(null);
        if (role != null) {
            call.passRole(role, SERVICE);
        }
        var token = input.text("ClientToken");
        var before = token == null ? null : byToken.get(token);
        if (before != null && !before.isSame(document, parameters)) {
            throw new AwsError(
                    400, "IdempotentParameterMismatch", "The token was used for an automation with other parameters.");
        }
        var automation = before != null ? before : begin(document, runbook, parameters, role, call);
        if (token != null) {
            byToken.put(token, automation);
        }
        return Map.of("AutomationExecutionId", automation.id());
    }

    /// `{"name": ["value", …]}`.
    private static Map<String, List<String>> lists(ApiInput object) {
        var lists = new LinkedHashMap<String, List<String>>();
        object.members()
                .forEach((name, values) -> lists.put(
                        String.valueOf(name),
                        values instanceof List<?>
                                ? object.texts(String.valueOf(name))
                                : List.of(String.valueOf(values))));
        return lists;
    }

    private Automation begin(
            String document,
            Runbook runbook,
            Map<String, List<String>> parameters,
            @Nullable String role,
            ApiCall call) {
        var automation = new Automation(
                UUID.randomUUID().toString(), document, call.caller().arn(), parameters, clock.instant());
        automations.put(automation.id(), automation);
        automation.on(Thread.ofVirtual()
                .name("automation-" + document)
                .start(() -> run(automation, runbook, parameters, role)));
        return automation;
    }

    private void run(
            Automation automation, Runbook runbook, Map<String, List<String>> parameters, @Nullable String role) {
        try {
            if (role != null) {
                sessions.assumeAsService(SERVICE, role, "Automation-" + automation.id(), RequestContext.EMPTY);
            }
            automation.end("Success", null, runbook.run(parameters), clock.instant());
        } catch (AccessDenied e) {
            automation.end(
                    "Failed", "The role " + role + " cannot be assumed: " + e.getMessage(), Map.of(), clock.instant());
        } catch (Exception e) {
            automation.end("Failed", String.valueOf(e.getMessage()), Map.of(), clock.instant());
        }
    }

    private Map<String, @Nullable Object> get(ApiInput input, ApiCall call) {
        return Map.of("AutomationExecution", automation(input, call).toJson());
    }

    private Map<String, @Nullable Object> stop(ApiInput input, ApiCall call) {
        automation(input, call).cancel(clock.instant());
        return Map.of();
    }

    private Automation automation(ApiInput input, ApiCall call) {
        var id = input.require("AutomationExecutionId");
        call.require(account.arn("ssm", "automation-execution/" + id));
        var automation = automations.get(id);
        if (automation == null) {
            throw SsmErrors.noAutomation(id);
        }
        return automation;
    }

    void close() {
        automations.values().forEach(automation -> automation.cancel(clock.instant()));
    }
}
