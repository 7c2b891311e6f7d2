package dev.baton.local.iam;

import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.QueryAction;
import dev.baton.local.http.QueryInput;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Managed policies and their versions.
final class ManagedPolicyActions {
    private static final int SIZE = 6_144;
    private static final int TAGS = 50;

    private final IamGate gate;
    private final Identities identities;

    ManagedPolicyActions(IamGate gate) {
        this.gate = gate;
        this.identities = gate.identities();
    }

    Map<String, QueryAction> all() {
        return Map.ofEntries(
                Map.entry("CreatePolicy", this::create),
                Map.entry("GetPolicy", this::get),
                Map.entry("DeletePolicy", this::delete),
                Map.entry("ListPolicies", this::list),
                Map.entry("CreatePolicyVersion", this::createVersion),
                Map.entry("GetPolicyVersion", this::getVersion),
                Map.entry("DeletePolicyVersion", this::deleteVersion),
                Map.entry("ListPolicyVersions", this::listVersions),
                Map.entry("SetDefaultPolicyVersion", this::setDefault),
                Map.entry("ListEntitiesForPolicy", this::listEntities),
                Map.entry("TagPolicy", this::tag),
                Map.entry("UntagPolicy", this::untag),
                Map.entry("ListPolicyTags", this::listTags));
    }

    private void create(QueryInput input, AwsRequest request, Xml result) {
        var name = input.require("PolicyName");
        var path = Objects.requireNonNullElse(input.get("Path"), "/");
        new Constraints()
                .length("policyName", name, 1, 128)
                .pattern("policyName", name, Constraints.NAME)
                .length("path", path, 1, 512)
                .pattern("path", path, "/|/[\\u0021-\\u007E]+/")
                .check();
        IamGate.notReserved(path);
        var tags = IamGate.tags(input);
        var arn = identities.account().globalArn("iam", "policy" + path + name);
        gate.require(request, "CreatePolicy", arn, IamGate.requestTags(RequestContext.builder(), tags));
        if (!tags.isEmpty()) {
            gate.require(request, "TagPolicy", arn, IamGate.requestTags(RequestContext.builder(), tags));
        }
        var versions = new TreeMap<Integer, ManagedPolicy.Version>();
        versions.put(1, version(name, input, request));
        var policy = new ManagedPolicy(
                arn,
                identities.ids().id("ANPA"),
                request.time(),
                Objects.requireNonNullElse(input.get("Description"), ""),
                versions,
                1,
                1,
                new TreeMap<>(tags));
        if (!identities.add(policy)) {
            throw IamErrors.policyExists(name);
        }
        result.open("Policy");
        write(policy, result);
        result.close();
    }

    private ManagedPolicy.Version version(String name, QueryInput input, AwsRequest request) {
        var json = input.require("PolicyDocument");
        var policy = gate.policy(PolicyKind.MANAGED, "managed policy " + name, json);
        if (IamGate.size(json) > SIZE) {
            throw IamErrors.quota("PolicySize", SIZE);
        }
        return new ManagedPolicy.Version(policy, request.time());
    }

    private void get(QueryInput input, AwsRequest request, Xml result) {
        var policy = find(input, request, "GetPolicy");
        result.open("Policy");
        write(policy, result);
        result.close();
    }

    private void delete(QueryInput input, AwsRequest request, Xml result) {
        identities.atomically(() -> {
            var policy = own(find(input, request, "DeletePolicy"));
            if (attachments(policy.arn()) + boundaries(policy.arn()) > 0) {
                throw IamErrors.conflict("Cannot delete a policy attached to entities.");
            }
            if (policy.versions().size() > 1) {
                throw IamErrors.conflict(
                        "This policy has more than one version. Before you delete a policy, you must delete the policy's"
                                + " versions. The default version is deleted with the policy.");
            }
            identities.removePolicy(policy.arn());
            return null;
        });
    }

    private void list(QueryInput input, AwsRequest request, Xml result) {
        gate.require(
                request,
                "ListPolicies",
                "policy" + Objects.requireNonNullElse(input.get("PathPrefix"), "/"),
                RequestContext.EMPTY);
        var scope = Objects.requireNonNullElse(input.get("Scope"), "All");
        boolean onlyAttached = "true".equals(input.get("OnlyAttached"));
        var prefix = Objects.requireNonNullElse(input.get("PathPrefix"), "/");
        var found = new ArrayList<ManagedPolicy>();
        if (!scope.equals("AWS")) {
            found.addAll(identities.policies());
        }
        if (!scope.equals("Local")) {
            found.addAll(identities.policiesOfAws());
        }
        var policies = found.stream()
                .filter(policy -> policy.path().startsWith(prefix))
                .filter(policy -> !onlyAttached || attachments(policy.arn()) > 0)
                .toList();
        MarkerPage.write(input, result, "Policies", policies, policy -> write(policy, result));
    }

    private void createVersion(QueryInput input, AwsRequest request, Xml result) {
        var changed = identities.atomically(() -> {
            var policy = own(find(input, request, "CreatePolicyVersion"));
            if (policy.versions().size() >= ManagedPolicy.MAX_VERSIONS) {
                throw IamErrors.versions();
            }
            boolean makeCurrent = "true".equals(input.get("SetAsDefault"));
            var next = policy.withVersion(version(policy.name(), input, request), makeCurrent);
            identities.put(next);
            return next;
        });
        result.open("PolicyVersion");
        writeVersion(changed, changed.latest(), false, result);
        result.close();
    }

    private void getVersion(QueryInput input, AwsRequest request, Xml result) {
        var policy = find(input, request, "GetPolicyVersion");
        result.open("PolicyVersion");
        writeVersion(policy, number(policy, input), true, result);
        result.close();
    }

    private void deleteVersion(QueryInput input, AwsRequest request, Xml result) {
        identities.atomically(() -> {
            var policy = own(find(input, request, "DeletePolicyVersion"));
            int number = number(policy, input);
            if (number == policy.current()) {
                throw IamErrors.conflict("Cannot delete the default version of a policy.");
            }
            identities.put(policy.withoutVersion(number));
            return null;
        });
    }

    private void setDefault(QueryInput input, AwsRequest request, Xml result) {
        identities.atomically(() -> {
            var policy = own(find(input, request, "SetDefaultPolicyVersion"));
            identities.put(policy.withCurrent(number(policy, input)));
            return null;
        });
    }

    private void listVersions(QueryInput input, AwsRequest request, Xml result) {
        var policy = find(input, request, "ListPolicyVersions");
        var newestFirst = List.copyOf(new TreeMap<>(policy.versions()).descendingKeySet());
        MarkerPage.write(input, result, "Versions", newestFirst, number -> writeVersion(policy, number, false, result));
    }

    private void listEntities(QueryInput input, AwsRequest request, Xml result) {
        var arn = find(input, request, "ListEntitiesForPolicy").arn();
        result.open("PolicyGroups").close().open("PolicyUsers");
        for (var user : identities.users()) {
            if (user.grants().attached().contains(arn)) {
                result.open("member")
                        .element("UserName", user.name())
                        .element("UserId", user.id())
                        .close();
            }
        }
        result.close().open("PolicyRoles");
        for (var role : identities.roles()) {
            if (role.grants().attached().contains(arn)) {
                result.open("member")
                        .element("RoleName", role.name())
                        .element("RoleId", role.id())
                        .close();
            }
        }
        result.close().element("IsTruncated", false);
    }

    private void tag(QueryInput input, AwsRequest request, Xml result) {
        var tags = IamGate.tags(input);
        identities.atomically(() -> {
            var policy = own(find(input, request, "TagPolicy", IamGate.requestTags(RequestContext.builder(), tags)));
            var all = new TreeMap<>(policy.tags());
            all.putAll(tags);
            if (all.size() > TAGS) {
                throw IamErrors.quota("TagsPerPolicy", TAGS);
            }
            identities.put(policy.withTags(all));
            return null;
        });
    }

    private void untag(QueryInput input, AwsRequest request, Xml result) {
        var keys = input.strings("TagKeys");
        identities.atomically(() -> {
            var context = RequestContext.builder().put("aws:TagKeys", keys).build();
            var policy = own(find(input, request, "UntagPolicy", context));
            var left = new TreeMap<>(policy.tags());
            keys.forEach(left::remove);
            identities.put(policy.withTags(left));
            return null;
        });
    }

    private void listTags(QueryInput input, AwsRequest request, Xml result) {
        var policy = find(input, request, "ListPolicyTags");
        MarkerPage.write(
                input,
                result,
                "Tags",
                List.copyOf(policy.tags().entrySet()),
                tag -> result.element("Key", tag.getKey()).element("Value", tag.getValue()));
    }

    private ManagedPolicy find(QueryInput input, AwsRequest request, String action) {
        return find(input, request, action, RequestContext.EMPTY);
    }

    /// @param keys beside those of the policy
    private ManagedPolicy find(QueryInput input, AwsRequest request, String action, RequestContext keys) {
        var arn = input.require("PolicyArn");
        new Constraints().length("policyArn", arn, 20, 2_048).check();
        var found = identities.policy(arn);
        var tags = RequestContext.builder();
        found.ifPresent(policy -> tags.tags("aws:ResourceTag", policy.tags()).tags("iam:ResourceTag", policy.tags()));
        gate.require(request, action, arn, keys.or(tags.build()));
        return found.orElseThrow(() -> IamErrors.noSuchPolicy(arn));
    }

    private static ManagedPolicy own(ManagedPolicy policy) {
        if (policy.isOfAws()) {
            throw IamErrors.notAttachable(policy.arn());
        }
        return policy;
    }

    private static int number(ManagedPolicy policy, QueryInput input) {
        var version = input.require("VersionId");
        new Constraints()
                .pattern("versionId", version, "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?")
                .check();
        if (!version.matches("v[0-9]{1,6}") || !policy.versions().containsKey(Integer.parseInt(version.substring(1)))) {
            throw IamErrors.noSuchVersion(policy.arn(), version);
        }
        return Integer.parseInt(version.substring(1));
    }

    private long attachments(String arn) {
        return identities.roles().stream()
                        .filter(role -> role.grants().attached().contains(arn))
                        .count()
                + identities.users().stream()
                        .filter(user -> user.grants().attached().contains(arn))
                        .count();
    }

    private long boundaries(String arn) {
        return identities.roles().stream()
                        .filter(role -> arn.equals(role.grants().boundary()))
                        .count()
                + identities.users().stream()
                        .filter(user -> arn.equals(user.grants().boundary()))
                        .count();
    }

    private void write(ManagedPolicy policy, Xml result) {
        result.element("PolicyName", policy.name())
                .element("PolicyId", policy.id())
                .element("Arn", policy.arn())
                .element("Path", policy.path())
                .element("DefaultVersionId", "v" + policy.current())
                .element("AttachmentCount", attachments(policy.arn()))
                .element("PermissionsBoundaryUsageCount", boundaries(policy.arn()))
                .element("IsAttachable", policy.isAttachable())
                .element("CreateDate", IamGate.date(policy.created()))
                .element("UpdateDate", IamGate.date(policy.version().created()));
        if (!policy.description().isEmpty()) {
            result.element("Description", policy.description());
        }
        IamGate.writeTags(policy.tags(), result);
    }

    private static void writeVersion(ManagedPolicy policy, int number, boolean document, Xml result) {
        var version = Objects.requireNonNull(policy.versions().get(number));
        if (document) {
            result.element("Document", RoleActions.coded(version.policy().text()));
        }
        result.element("VersionId", "v" + number)
                .element("IsDefaultVersion", number == policy.current())
                .element("CreateDate", IamGate.date(version.created()));
    }
}
