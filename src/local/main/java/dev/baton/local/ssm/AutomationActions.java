package dev.baton.local.ssm;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.AccessDenied;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.sts.RoleSessions;
import java.time.InstantSource;
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
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Account account;
    private final Authorizer authorizer;
    private final RoleSessions sessions;
    private final InstantSource clock;
    private final Map<String, Runbook> runbooks = new ConcurrentHashMap<>();
    private final Map<String, Automation> automations = new ConcurrentHashMap<>();
    private final Map<String, Automation> byToken = new ConcurrentHashMap<>();

    AutomationActions(Account account, Authorizer authorizer, RoleSessions sessions, InstantSource clock) {
        this.account = account;
        this.authorizer = authorizer;
        this.sessions = sessions;
        this.clock = clock;
    }

    void put(String document, Runbook runbook) {
        runbooks.put(document, runbook);
    }

    Map<String, JsonAction> all() {
        return Map.of(
                "GetAutomationExecution", (input, request) -> get(new SsmInput(input), request),
                "StartAutomationExecution", (input, request) -> start(new SsmInput(input), request),
                "StopAutomationExecution", (input, request) -> stop(new SsmInput(input), request));
    }

    private synchronized Map<String, @Nullable Object> start(SsmInput input, AwsRequest request) {
        var document = input.require("DocumentName");
        var version = input.text("DocumentVersion");
        var definition = account.arn(
                "ssm", "automation-definition/" + document + ":" + (version == null ? "$DEFAULT" : version));
        authorizer.require(request.caller(), "ssm:StartAutomationExecution", definition, request.context());
        var runbook = runbooks.get(document);
        if (runbook == null) {
            throw SsmErrors.noRunbook(document);
        }
        var parameters = input.lists("Parameters");
        var role = parameters.getOrDefault(ROLE, List.of()).stream().findFirst().orElse(null);
        if (role != null) {
            var passed =
                    RequestContext.builder().put("iam:PassedToService", SERVICE).build();
            authorizer.require(request.caller(), "iam:PassRole", role, passed.or(request.context()));
        }
        var token = input.text("ClientToken");
        if (token != null && !token.matches(UUID_FORM)) {
            throw SsmErrors.validation("1 validation error detected: Value '" + token
                    + "' at 'clientToken' failed to satisfy constraint: Member must be a UUID");
        }
        var before = token == null ? null : byToken.get(token);
        if (before != null && !before.isSame(document, parameters)) {
            throw new AwsError(
                    400, "IdempotentParameterMismatch", "The token was used for an automation with other parameters.");
        }
        var automation = before != null ? before : begin(document, runbook, parameters, role, request);
        if (token != null) {
            byToken.put(token, automation);
        }
        return Map.of("AutomationExecutionId", automation.id());
    }

    private Automation begin(
            String document,
            Runbook runbook,
            Map<String, List<String>> parameters,
            @Nullable String role,
            AwsRequest request) {
        var automation = new Automation(
                UUID.randomUUID().toString(), document, request.caller().arn(), parameters, clock.instant());
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

    private Map<String, @Nullable Object> get(SsmInput input, AwsRequest request) {
        return Map.of(
                "AutomationExecution",
                automation("GetAutomationExecution", input, request).toJson());
    }

    private Map<String, @Nullable Object> stop(SsmInput input, AwsRequest request) {
        automation("StopAutomationExecution", input, request).cancel(clock.instant());
        return Map.of();
    }

    private Automation automation(String action, SsmInput input, AwsRequest request) {
        var id = input.require("AutomationExecutionId");
        authorizer.require(
                request.caller(), "ssm:" + action, account.arn("ssm", "automation-execution/" + id), request.context());
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
