package dev.baton.local.iam;

import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.PolicyKind;
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
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Managed policies and their versions.
record ManagedPolicyActions(IamGate gate) {
    private static final int SIZE = 6_144;
    private static final int TAGS = 50;

    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.changing("CreatePolicy", this::create, "iam:CreatePolicy", "iam:TagPolicy"),
                ApiOperation.reading("GetPolicy", this::get),
                ApiOperation.changing("DeletePolicy", this::delete),
                ApiOperation.reading("ListPolicies", this::list),
                ApiOperation.changing("CreatePolicyVersion", this::createVersion),
                ApiOperation.reading("GetPolicyVersion", this::getVersion),
                ApiOperation.changing("DeletePolicyVersion", this::deleteVersion),
                ApiOperation.reading("ListPolicyVersions", this::listVersions),
                ApiOperation.changing("SetDefaultPolicyVersion", this::setDefault),
                ApiOperation.reading("ListEntitiesForPolicy", this::listEntities),
                ApiOperation.changing("TagPolicy", this::tag),
                ApiOperation.changing("UntagPolicy", this::untag),
                ApiOperation.reading("ListPolicyTags", this::listTags));
    }

    private void create(ApiInput input, ApiCall call, Xml result) {
        var name = input.require("PolicyName");
        var path = input.text("Path", "/");
        IamGate.notReserved(path);
        var tags = IamGate.tags(input);
        var arn = gate.identities().account().globalArn("iam", "policy" + path + name);
        gate.require(call, arn, IamGate.requestTags(RequestContext.builder(), tags));
        if (!tags.isEmpty()) {
            gate.require(call, "iam:TagPolicy", arn, IamGate.requestTags(RequestContext.builder(), tags));
        }
        var versions = new TreeMap<Integer, ManagedPolicy.Version>();
        versions.put(1, version(name, input, call));
        var policy = new ManagedPolicy(
                arn,
                gate.identities().ids().id("ANPA"),
                call.request().time(),
                input.text("Description", ""),
                versions,
                1,
                1,
                new TreeMap<>(tags));
        if (!gate.identities().add(policy)) {
            throw IamErrors.policyExists(name);
        }
        result.open("Policy");
        write(policy, result);
        result.close();
    }

    private ManagedPolicy.Version version(String name, ApiInput input, ApiCall call) {
        var json = input.require("PolicyDocument");
        var policy = gate.policy(PolicyKind.MANAGED, "managed policy " + name, json);
        if (IamGate.size(json) > SIZE) {
            throw IamErrors.quota("PolicySize", SIZE);
        }
        return new ManagedPolicy.Version(policy, call.request().time());
    }

    private void get(ApiInput input, ApiCall call, Xml result) {
        var policy = find(input, call);
        result.open("Policy");
        write(policy, result);
        result.close();
    }

    private void delete(ApiInput input, ApiCall call, Xml result) {
        var policy = own(find(input, call));
        if (attachments(policy.arn()) + boundaries(policy.arn()) > 0) {
            throw IamErrors.conflict("Cannot delete a policy attached to entities.");
        }
        if (policy.versions().size() > 1) {
            throw IamErrors.conflict(
                    "This policy has more than one version. Before you delete a policy, you must delete the policy's"
                            + " versions. The default version is deleted with the policy.");
        }
        gate.identities().removePolicy(policy.arn());
    }

    private void list(ApiInput input, ApiCall call, Xml result) {
        gate.require(call, "policy" + input.text("PathPrefix", "/"), RequestContext.EMPTY);
        var scope = input.text("Scope", "All");
        boolean onlyAttached = input.flag("OnlyAttached");
        var prefix = input.text("PathPrefix", "/");
        var found = new ArrayList<ManagedPolicy>();
        if (!scope.equals("AWS")) {
            found.addAll(gate.identities().policies());
        }
        if (!scope.equals("Local")) {
            found.addAll(gate.identities().policiesOfAws());
        }
        var policies = found.stream()
                .filter(policy -> policy.path().startsWith(prefix))
                .filter(policy -> !onlyAttached || attachments(policy.arn()) > 0)
                .toList();
        MarkerPage.write(input, result, "Policies", policies, ManagedPolicy::arn, policy -> write(policy, result));
    }

    private void createVersion(ApiInput input, ApiCall call, Xml result) {
        var policy = own(find(input, call));
        if (policy.versions().size() >= ManagedPolicy.MAX_VERSIONS) {
            throw IamErrors.versions();
        }
        boolean makeCurrent = input.flag("SetAsDefault");
        var changed = policy.withVersion(version(policy.name(), input, call), makeCurrent);
        gate.identities().put(changed);
        result.open("PolicyVersion");
        writeVersion(changed, changed.latest(), false, result);
        result.close();
    }

    private void getVersion(ApiInput input, ApiCall call, Xml result) {
        var policy = find(input, call);
        result.open("PolicyVersion");
        writeVersion(policy, number(policy, input), true, result);
        result.close();
    }

    private void deleteVersion(ApiInput input, ApiCall call, Xml result) {
        var policy = own(find(input, call));
        int number = number(policy, input);
        if (number == policy.current()) {
            throw IamErrors.conflict("Cannot delete the default version of a policy.");
        }
        gate.identities().put(policy.withoutVersion(number));
    }

    private void setDefault(ApiInput input, ApiCall call, Xml result) {
        var policy = own(find(input, call));
        gate.identities().put(policy.withCurrent(number(policy, input)));
    }

    private void listVersions(ApiInput input, ApiCall call, Xml result) {
        var policy = find(input, call);
        var newestFirst = List.copyOf(new TreeMap<>(policy.versions()).descendingKeySet());
        MarkerPage.write(
                input,
                result,
                "Versions",
                newestFirst,
                String::valueOf,
                number -> writeVersion(policy, number, false, result));
    }

    private void listEntities(ApiInput input, ApiCall call, Xml result) {
        var arn = find(input, call).arn();
        result.open("PolicyGroups").close().open("PolicyUsers");
        for (var user : gate.identities().users()) {
            if (user.grants().attached().contains(arn)) {
                result.open("member")
                        .element("UserName", user.name())
                        .element("UserId", user.id())
                        .close();
            }
        }
        result.close().open("PolicyRoles");
        for (var role : gate.identities().roles()) {
            if (role.grants().attached().contains(arn)) {
                result.open("member")
                        .element("RoleName", role.name())
                        .element("RoleId", role.id())
                        .close();
            }
        }
        result.close().element("IsTruncated", false);
    }

    private void tag(ApiInput input, ApiCall call, Xml result) {
        var tags = IamGate.tags(input);
        var policy = own(find(input, call, IamGate.requestTags(RequestContext.builder(), tags)));
        var all = new TreeMap<>(policy.tags());
        all.putAll(tags);
        if (all.size() > TAGS) {
            throw IamErrors.quota("TagsPerPolicy", TAGS);
        }
        gate.identities().put(policy.withTags(all));
    }

    private void untag(ApiInput input, ApiCall call, Xml result) {
        var keys = input.texts("TagKeys");
        var context = RequestContext.builder().put("aws:TagKeys", keys).build();
        var policy = own(find(input, call, context));
        var left = new TreeMap<>(policy.tags());
        keys.forEach(left::remove);
        gate.identities().put(policy.withTags(left));
    }

    private void listTags(ApiInput input, ApiCall call, Xml result) {
        MarkerPage.writeTags(input, result, find(input, call).tags());
    }

    private ManagedPolicy find(ApiInput input, ApiCall call) {
        return find(input, call, RequestContext.EMPTY);
    }

    /// @param keys beside those of the policy
    private ManagedPolicy find(ApiInput input, ApiCall call, RequestContext keys) {
        var arn = input.require("PolicyArn");
        var found = gate.identities().policy(arn);
        var tags = RequestContext.builder();
        found.ifPresent(policy -> tags.tags("aws:ResourceTag", policy.tags()).tags("iam:ResourceTag", policy.tags()));
        gate.require(call, arn, keys.or(tags.build()));
        return found.orElseThrow(() -> IamErrors.noSuchPolicy(arn));
    }

    private static ManagedPolicy own(ManagedPolicy policy) {
        if (policy.isOfAws()) {
            throw IamErrors.notAttachable(policy.arn());
        }
        return policy;
    }

    private static int number(ManagedPolicy policy, ApiInput input) {
        var version = input.require("VersionId");
        if (!version.matches("v[0-9]{1,6}") || !policy.versions().containsKey(Integer.parseInt(version.substring(1)))) {
            throw IamErrors.noSuchVersion(policy.arn(), version);
        }
        return Integer.parseInt(version.substring(1));
    }

    private long attachments(String arn) {
        return holders(grants -> grants.attached().contains(arn));
    }

    private long boundaries(String arn) {
        return holders(grants -> arn.equals(grants.boundary()));
    }

    private long holders(Predicate<Grants> those) {
        var roles = gate.identities().roles().stream().map(Role::grants);
        var users = gate.identities().users().stream().map(User::grants);
        return Stream.concat(roles, users).filter(those).count();
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
