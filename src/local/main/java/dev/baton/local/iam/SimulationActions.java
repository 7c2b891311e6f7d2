package dev.baton.local.iam;

import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.Decision;
import dev.baton.local.iam.policy.Evaluator;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.PolicySet;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.Request;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Grants;
import dev.baton.local.identity.ManagedPolicy;
import dev.baton.local.identity.Role;
import dev.baton.local.identity.User;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `SimulatePrincipalPolicy` and `SimulateCustomPolicy`, decided by the very evaluator that guards the endpoint.
record SimulationActions(IamGate gate) {
    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.reading("SimulatePrincipalPolicy", this::principal),
                ApiOperation.reading("SimulateCustomPolicy", this::custom));
    }

    private void principal(ApiInput input, ApiCall call, Xml result) {
        var arn = input.require("PolicySourceArn");
        gate.require(call, arn, RequestContext.EMPTY);
        var grants = gate.identities()
                .roleByArn(arn)
                .map(Role::grants)
                .or(() -> gate.identities().userByArn(arn).map(User::grants))
                .orElseThrow(() -> IamErrors.noSuch("role", Grants.name(arn)));
        var identity = new ArrayList<>(grants.inline().values());
        grants.attached()
                .forEach(each -> gate.identities()
                        .policy(each)
                        .map(ManagedPolicy::policy)
                        .ifPresent(identity::add));
        identity.addAll(policies(input, "PolicyInputList"));
        var boundary = policies(input, "PermissionsBoundaryPolicyInputList");
        if (boundary.isEmpty() && grants.boundary() != null) {
            gate.identities()
                    .policy(grants.boundary())
                    .map(ManagedPolicy::policy)
                    .ifPresent(boundary::add);
        }
        simulate(
                input,
                Principal.parse(Objects.requireNonNullElse(input.text("CallerArn"), arn)),
                identity,
                boundary,
                result);
    }

    private void custom(ApiInput input, ApiCall call, Xml result) {
        gate.require(call, "*", RequestContext.EMPTY);
        var caller = Objects.requireNonNullElse(
                input.text("CallerArn"), gate.identities().account().globalArn("iam", "user/simulated"));
        simulate(
                input,
                Principal.parse(caller),
                policies(input, "PolicyInputList"),
                policies(input, "PermissionsBoundaryPolicyInputList"),
                result);
    }

    private void simulate(
            ApiInput input, Principal principal, List<Policy> identity, List<Policy> boundary, Xml result) {
        var resourcePolicy = input.text("ResourcePolicy");
        var policies = new PolicySet(
                identity,
                boundary,
                List.of(),
                resourcePolicy == null ? null : gate.policy(PolicyKind.RESOURCE, "resource policy", resourcePolicy),
                List.of(),
                List.of(),
                List.of());
        var resources = input.texts("ResourceArns");
        var context = context(input);
        var owner = input.text("ResourceOwner", "");
        var account = owner.isEmpty()
                ? gate.identities().account().id()
                : owner.replaceFirst("^arn:[^:]*:iam::([0-9]{12}):.*", "$1");
        result.open("EvaluationResults");
        for (var action : input.texts("ActionNames")) {
            for (var resource : resources.isEmpty() ? List.of("*") : resources) {
                var decision = Evaluator.decide(Request.of(principal, action, resource, account, context), policies);
                write(action, resource, decision, result);
            }
        }
        result.close().element("IsTruncated", false);
    }

    private static void write(String action, String resource, Decision decision, Xml result) {
        result.open("member")
                .element("EvalActionName", action)
                .element("EvalResourceName", resource)
                .element(
                        "EvalDecision",
                        switch (decision.outcome()) {
                            case ALLOW -> "allowed";
                            case EXPLICIT_DENY -> "explicitDeny";
                            case IMPLICIT_DENY -> "implicitDeny";
                        })
                .open("MatchedStatements");
        matched(decision.statement(), result);
        result.close().open("MissingContextValues").close().close();
    }

    private static void matched(@Nullable String statement, Xml result) {
        if (statement != null) {
            result.open("member").element("SourcePolicyId", statement).close();
        }
    }

    private List<Policy> policies(ApiInput input, String list) {
        var found = new ArrayList<Policy>();
        for (var json : input.texts(list)) {
            found.add(gate.policy(PolicyKind.IDENTITY, list + "." + (found.size() + 1), json));
        }
        return found;
    }

    private static RequestContext context(ApiInput input) {
        var keys = RequestContext.builder();
        for (var entry : input.objects("ContextEntries")) {
            keys.put(entry.require("ContextKeyName"), entry.texts("ContextKeyValues"));
        }
        return keys.build();
    }
}
