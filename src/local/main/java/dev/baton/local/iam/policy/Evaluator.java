package dev.baton.local.iam.policy;

import dev.baton.local.iam.policy.PrincipalPattern.Match;
import dev.baton.name.Arn;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides a request by IAM's evaluation logic.
///
/// An explicit deny anywhere ends it. Then every layer has to allow: control policies, the endpoint's policy, and
/// either the resource's policy or the principal's own policies within their boundary and session. Within one account
/// a resource policy that names the user or session itself needs none of those; one that names the role still needs
/// boundary and session; one that names the account leaves it to the principal's policies. Across accounts, and for
/// roles and KMS keys within one, the resource's policy has to name the principal in one of these ways.
///
/// Control policies do not bind service-linked roles; a bucket's own policy cannot lock out the root user of its
/// account.
///
/// See [Policy evaluation
/// logic](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
public final class Evaluator {
    /// The services whose resources obey resource control policies.
    private static final Set<String> RESOURCE_CONTROLLED = Set.of(
            "s3",
            "sts",
            "kms",
            "sqs",
            "secretsmanager",
            "cognito-idp",
            "cognito-identity",
            "logs",
            "dynamodb",
            "ecr",
            "aoss");

    /// What the root user of a bucket's account may do whatever the bucket's policy denies, so that nobody locks
    /// himself out. See
    /// [DeleteBucketPolicy](https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html).
    private static final Set<String> KEPT_FOR_ROOT =
            Set.of("s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy");

    private final Request request;
    private final PolicySet policies;
    private final PolicyLayer resourceLayer;

    private Evaluator(Request request, PolicySet policies) {
        this.request = request;
        this.policies = policies;
        this.resourceLayer = isRole() ? PolicyLayer.TRUST : PolicyLayer.RESOURCE;
    }

    public static Decision decide(Request request, PolicySet policies) {
        return new Evaluator(request, policies).decide();
    }

    private Decision decide() {
        var denied = explicitDeny();
        if (denied != null) {
            return denied;
        }
        for (var level : resourceControl()) {
            if (!unlimited(level) && allowing(level) == null) {
                return lacking(PolicyLayer.RESOURCE_CONTROL, level, null);
            }
        }
        for (var level : serviceControl()) {
            if (allowing(level) == null) {
                return lacking(PolicyLayer.SERVICE_CONTROL, level, "each level from the root down has to allow it");
            }
        }
        if (!policies.endpoint().isEmpty() && policies.endpoint().stream().noneMatch(this::passes)) {
            return lacking(PolicyLayer.ENDPOINT, policies.endpoint(), null);
        }
        var grant = policies.resource() == null ? Grant.NONE : grant(policies.resource());
        return switch (request.principal()) {
            case Principal.Service service -> byResource(grant);
            case Principal.Federated federated -> byResource(grant);
            case Principal.Anonymous anonymous -> byResource(grant);
            case Principal.Root root -> byAccount(grant);
            case Principal.User user -> byAccount(grant);
            case Principal.Role role -> byAccount(grant);
            case Principal.RoleSession session -> byAccount(grant);
            case Principal.FederatedUser user -> byAccount(grant);
        };
    }

    /// For those who have no policies of their own here.
    private Decision byResource(Grant grant) {
        return grant.match() == Match.DIRECT ? allowed(resourceLayer, grant) : lacking(resourceLayer, resource(), null);
    }

    private Decision byAccount(Grant grant) {
        boolean sameAccount =
                request.resourceAccount().equals(request.principal().account());
        if (grant.match() == Match.NONE && (!sameAccount || needsGrant())) {
            return lacking(
                    resourceLayer,
                    resource(),
                    sameAccount
                            ? "whatever other policies allow, this one has to name the principal or its account"
                            : "account " + request.principal().account() + " asks and account "
                                    + request.resourceAccount() + " owns the resource, so that both have to allow it");
        }
        if (sameAccount && grant.match() == Match.DIRECT) {
            return allowed(resourceLayer, grant);
        }
        if (request.principal() instanceof Principal.FederatedUser
                && policies.session().isEmpty()) {
            return lacking(
                    PolicyLayer.SESSION, List.of(), "a federated user may do only what its session policies pass on");
        }
        boolean granted = sameAccount && grant.match() == Match.ROLE;
        boolean root = request.principal() instanceof Principal.Root;
        var identity = granted || root ? null : allowing(policies.identity());
        if (!granted && !root && identity == null) {
            return lacking(PolicyLayer.IDENTITY, policies.identity(), halfway(grant, sameAccount));
        }
        var named = granted
                ? grant + " names the role, so that its boundary and session policies still have to allow it"
                : identity == null ? null : identity + " allows it, but so has every limit to";
        if (!policies.boundary().isEmpty() && allowing(policies.boundary()) == null) {
            return lacking(PolicyLayer.BOUNDARY, policies.boundary(), named);
        }
        if (!policies.session().isEmpty() && allowing(policies.session()) == null) {
            return lacking(PolicyLayer.SESSION, policies.session(), named);
        }
        return identity == null
                ? allowed(grant.match() == Match.NONE ? PolicyLayer.IDENTITY : resourceLayer, grant)
                : allowed(PolicyLayer.IDENTITY, identity);
    }

    /// What the resource's policy has granted already where the principal's own policies are needed, too.
    private static @Nullable String halfway(Grant grant, boolean sameAccount) {
        if (grant.match() == Match.NONE) {
            return null;
        }
        return grant
                + (sameAccount
                        ? " names the account, which leaves it to the account's own policies"
                        : " allows it, but the resource is another account's, so that both have to");
    }

    /// Roles and KMS keys belong to nobody who is not named, not even to their account's administrators.
    private boolean needsGrant() {
        return isRole() || (request.foldedAction().startsWith("kms:") && part(request.resource(), "kms", "key/"));
    }

    private boolean isRole() {
        return request.foldedAction().startsWith("sts:") && part(request.resource(), "iam", "role/");
    }

    private static boolean part(String resource, String service, String start) {
        var arn = Arn.find(resource);
        return arn != null && arn.service().equals(service) && arn.resource().startsWith(start);
    }

    private @Nullable Decision explicitDeny() {
        for (var level : serviceControl()) {
            var found = denying(PolicyLayer.SERVICE_CONTROL, level);
            if (found != null) {
                return found;
            }
        }
        for (var level : resourceControl()) {
            var found = denying(PolicyLayer.RESOURCE_CONTROL, level);
            if (found != null) {
                return found;
            }
        }
        var found = denying(PolicyLayer.ENDPOINT, policies.endpoint());
        if (found == null) {
            found = keptForRoot() ? null : denying(resourceLayer, resource());
        }
        if (found == null) {
            found = denying(PolicyLayer.BOUNDARY, policies.boundary());
        }
        if (found == null) {
            found = denying(PolicyLayer.SESSION, policies.session());
        }
        return found == null ? denying(PolicyLayer.IDENTITY, policies.identity()) : found;
    }

    private @Nullable Decision denying(PolicyLayer layer, List<Policy> among) {
        for (var policy : among) {
            for (var statement : policy.denies()) {
                if (meant(statement) && statement.covers(request)) {
                    return new Decision(Decision.Outcome.EXPLICIT_DENY, layer, request, policy, statement, among, null);
                }
            }
        }
        return null;
    }

    private @Nullable Grant allowing(List<Policy> among) {
        for (var policy : among) {
            var statement = policy.allow(request);
            if (statement != null) {
                return new Grant(Match.DIRECT, policy, statement);
            }
        }
        return null;
    }

    /// An endpoint's policy need not name principals.
    private boolean passes(Policy endpoint) {
        for (var statement : endpoint.allows()) {
            if (meant(statement) && statement.covers(request)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a statement is about the principal. With a permissions boundary nobody is excepted from a deny by
    /// `NotPrincipal`. See [Permissions
    /// boundaries](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
    private boolean meant(Statement statement) {
        return statement.principals() == null
                || statement.match(request) != Match.NONE
                || (!statement.allows()
                        && statement.notPrincipals()
                        && !policies.boundary().isEmpty());
    }

    private boolean keptForRoot() {
        return request.principal() instanceof Principal.Root
                && request.resourceAccount().equals(request.principal().account())
                && KEPT_FOR_ROOT.contains(request.foldedAction());
    }

    /// The closest that a policy with principals grants.
    private Grant grant(Policy policy) {
        var best = Grant.NONE;
        for (var statement : policy.allows()) {
            var match = statement.match(request);
            if (match.compareTo(best.match()) > 0 && statement.covers(request)) {
                best = new Grant(match, policy, statement);
            }
        }
        return best;
    }

    private record Grant(
            Match match, @Nullable Policy policy, @Nullable Statement statement) {
        static final Grant NONE = new Grant(Match.NONE, null, null);

        @Override
        public String toString() {
            return statement + " of " + policy;
        }
    }

    private Decision allowed(PolicyLayer layer, Grant grant) {
        return new Decision(Decision.Outcome.ALLOW, layer, request, grant.policy(), grant.statement(), List.of(), null);
    }

    private Decision lacking(PolicyLayer layer, List<Policy> among, @Nullable String remark) {
        return new Decision(Decision.Outcome.IMPLICIT_DENY, layer, request, null, null, among, remark);
    }

    private List<Policy> resource() {
        var policy = policies.resource();
        return policy == null ? List.of() : List.of(policy);
    }

    /// A service and somebody from outside belong to no account whose organization could bind them.
    private List<List<Policy>> serviceControl() {
        return request.principal().account() == null || isServiceLinked() ? List.of() : policies.serviceControl();
    }

    /// Whose role a service made for itself.
    private boolean isServiceLinked() {
        return switch (request.principal()) {
            case Principal.RoleSession session -> session.roleArn().contains(":role/aws-service-role/");
            case Principal.Role role -> role.arn().contains(":role/aws-service-role/");
            case Principal.Root root -> false;
            case Principal.User user -> false;
            case Principal.FederatedUser user -> false;
            case Principal.Federated federated -> false;
            case Principal.Service service -> false;
            case Principal.Anonymous anonymous -> false;
        };
    }

    /// Whether a level of resource control policies only denies. Customers' cannot allow, and AWS's own, which allows
    /// everything, cannot be detached: where it is not listed it is meant.
    ///
    /// See [RCP
    /// syntax](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html).
    private static boolean unlimited(List<Policy> level) {
        return level.stream().allMatch(policy -> policy.allows().isEmpty());
    }

    private List<List<Policy>> resourceControl() {
        int colon = request.foldedAction().indexOf(':');
        return colon > 0
                        && !isServiceLinked()
                        && RESOURCE_CONTROLLED.contains(request.foldedAction().substring(0, colon))
                ? policies.resourceControl()
                : List.of();
    }
}
