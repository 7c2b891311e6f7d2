package dev.baton.local.iam.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The decision on a request: whether it may pass, and why. What it says is put into words only when somebody asks.
public final class Decision {
    private final Outcome outcome;
    private final PolicyLayer layer;
    private final Request request;
    private final @Nullable Policy policy;
    private final @Nullable Statement statement;
    private final List<Policy> considered;
    private final @Nullable String remark;

    /// The outcomes of a decision.
    public enum Outcome {
        ALLOW,
        EXPLICIT_DENY,
        IMPLICIT_DENY
    }

    Decision(
            Outcome outcome,
            PolicyLayer layer,
            Request request,
            @Nullable Policy policy,
            @Nullable Statement statement,
            List<Policy> considered,
            @Nullable String remark) {
        this.outcome = outcome;
        this.layer = layer;
        this.request = request;
        this.policy = policy;
        this.statement = statement;
        this.considered = considered;
        this.remark = remark;
    }

    /// A yes that nobody thought about.
    public static Decision unenforced(Request request) {
        return new Decision(Outcome.ALLOW, PolicyLayer.IDENTITY, request, null, null, List.of(), null);
    }

    public boolean allowed() {
        return outcome == Outcome.ALLOW;
    }

    public Outcome outcome() {
        return outcome;
    }

    /// Whose statement decided, or which lacked an allow.
    public PolicyLayer layer() {
        return layer;
    }

    public Request request() {
        return request;
    }

    /// What decided, such as `statement ReadInput of inline policy read of role Clean`, or null where nothing matched.
    public @Nullable String statement() {
        return statement == null ? null : statement + " of " + policy;
    }

    /// What AWS answers after `AccessDenied:`.
    ///
    /// See [Access denied error
    /// messages](https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
    public String message() {
        var resource = request.resource();
        // S3 puts the resource in quotes; actions on nothing in particular name none.
        var on = resource.equals("*")
                ? ""
                : " on resource: " + (request.action().startsWith("s3:") ? '"' + resource + '"' : resource);
        var start = "User: " + request.principal().arn() + " is not authorized to perform: " + request.action() + on;
        return outcome == Outcome.EXPLICIT_DENY
                ? start + " with an explicit deny in " + layer.withArticle()
                : start + " because no " + layer.words() + " allows the " + request.action() + " action";
    }

    /// For people: which statement decided, or which layer lacked an allow and what came nearest to one.
    public String explanation() {
        var what = request.action() + " on " + request.resource() + " for "
                + request.principal().arn();
        return switch (outcome) {
            case ALLOW ->
                what + " is allowed by " + Objects.requireNonNullElse(statement(), "the account itself") + " ("
                        + layer.words() + ")";
            case EXPLICIT_DENY -> what + " is denied by " + statement() + " (" + layer.words() + ")" + applied();
            case IMPLICIT_DENY ->
                what + " is denied: no " + layer.words() + " allows it" + nearest()
                        + (remark == null ? "" : "; " + remark);
        };
    }

    /// What made a deny apply, where that is not plain from its actions and resources.
    private String applied() {
        if (statement == null) {
            return "";
        }
        var because = new ArrayList<String>();
        for (var condition : statement.conditions()) {
            because.add(condition + " holds: " + request.actual(condition));
        }
        if (statement.notPrincipals() && statement.match(request) == PrincipalPattern.Match.NONE) {
            because.add("NotPrincipal excepts nobody who has a permissions boundary");
        }
        return because.isEmpty() ? "" : "; " + String.join(", ", because);
    }

    private String nearest() {
        var misses = new ArrayList<String>();
        for (var each : considered) {
            for (var candidate : each.allows()) {
                var miss = candidate.nearMiss(request);
                if (miss != null) {
                    misses.add(miss + " (" + each + ")");
                }
            }
        }
        if (!misses.isEmpty()) {
            return "; " + String.join("; ", misses);
        }
        return considered.isEmpty() ? "; there is none" : "; none of " + considered + " speaks of the action";
    }

    @Override
    public String toString() {
        return explanation();
    }
}
