package dev.baton.local.iam;

import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Grants;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/// Policies, boundary and tags of roles and of users: the same actions under two names.
///
/// @param kind whose grants they are
record GrantActions(IamGate gate, Kind kind) {
    private static final int ATTACHED = 10;

    /// The kinds of holders of grants.
    enum Kind {
        ROLE("Role", 10_240),
        USER("User", 2_048);

        private final String word;
        private final int inlineSize;

        Kind(String word, int inlineSize) {
            this.word = word;
            this.inlineSize = inlineSize;
        }

        String small() {
            return word.toLowerCase(Locale.ROOT);
        }
    }

    /// One role or user.
    private record Holder(String arn, Grants grants, Consumer<Grants> put) {}

    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.changing("Put" + kind.word + "Policy", this::putPolicy),
                ApiOperation.reading("Get" + kind.word + "Policy", this::getPolicy),
                ApiOperation.changing("Delete" + kind.word + "Policy", this::deletePolicy),
                ApiOperation.reading("List" + kind.word + "Policies", this::listPolicies),
                ApiOperation.changing("Attach" + kind.word + "Policy", this::attach),
                ApiOperation.changing("Detach" + kind.word + "Policy", this::detach),
                ApiOperation.reading("ListAttached" + kind.word + "Policies", this::listAttached),
                ApiOperation.changing("Put" + kind.word + "PermissionsBoundary", this::putBoundary),
                ApiOperation.changing("Delete" + kind.word + "PermissionsBoundary", this::deleteBoundary),
                ApiOperation.changing("Tag" + kind.word, this::tag),
                ApiOperation.changing("Untag" + kind.word, this::untag),
                ApiOperation.reading("List" + kind.word + "Tags", this::listTags));
    }

    private void putPolicy(ApiInput input, ApiCall call, Xml result) {
        var holder = find(input, call, RequestContext.EMPTY);
        var name = input.require("PolicyName");
        var json = input.require("PolicyDocument");
        var policy = gate.policy(
                PolicyKind.IDENTITY, "inline policy " + name + " of " + kind.small() + " " + name(input), json);
        int size = IamGate.size(json);
        for (var other : holder.grants().inline().entrySet()) {
            size += other.getKey().equals(name)
                    ? 0
                    : IamGate.size(other.getValue().text());
        }
        if (size > kind.inlineSize) {
            throw IamErrors.inlineSize(kind.inlineSize, kind.small(), name(input));
        }
        holder.put().accept(holder.grants().withInline(name, policy));
    }

    private void getPolicy(ApiInput input, ApiCall call, Xml result) {
        var holder = find(input, call, RequestContext.EMPTY);
        var name = input.require("PolicyName");
        var policy = holder.grants().inline().get(name);
        if (policy == null) {
            throw IamErrors.noSuch(kind.small() + " policy", name);
        }
        result.element(kind.word + "Name", name(input))
                .element("PolicyName", name)
                .element("PolicyDocument", RoleActions.coded(policy.text()));
    }

    private void deletePolicy(ApiInput input, ApiCall call, Xml result) {
        var holder = find(input, call, RequestContext.EMPTY);
        var name = input.require("PolicyName");
        if (!holder.grants().inline().containsKey(name)) {
            throw IamErrors.noSuch(kind.small() + " policy", name);
        }
        holder.put().accept(holder.grants().withoutInline(name));
    }

    private void listPolicies(ApiInput input, ApiCall call, Xml result) {
        var holder = find(input, call, RequestContext.EMPTY);
        MarkerPage.writeNames(
                input,
                result,
                "PolicyNames",
                List.copyOf(holder.grants().inline().keySet()));
    }

    private void attach(ApiInput input, ApiCall call, Xml result) {
        var arn = input.require("PolicyArn");
        var holder = find(
                input, call, RequestContext.builder().put("iam:PolicyARN", arn).build());
        var policy = gate.identities().policy(arn).orElseThrow(() -> IamErrors.notAttachable(arn));
        if (!policy.isAttachable()) {
            throw IamErrors.onlyServiceLinked();
        }
        var changed = holder.grants().withAttached(arn);
        if (changed.attached().size() > ATTACHED) {
            throw IamErrors.quota("PoliciesPer" + kind.word, ATTACHED);
        }
        holder.put().accept(changed);
    }

    private void detach(ApiInput input, ApiCall call, Xml result) {
        var arn = input.require("PolicyArn");
        var holder = find(
                input, call, RequestContext.builder().put("iam:PolicyARN", arn).build());
        if (!holder.grants().attached().contains(arn)) {
            throw IamErrors.notAttached(arn);
        }
        holder.put().accept(holder.grants().withoutAttached(arn));
    }

    private void listAttached(ApiInput input, ApiCall call, Xml result) {
        var holder = find(input, call, RequestContext.EMPTY);
        MarkerPage.write(
                input,
                result,
                "AttachedPolicies",
                List.copyOf(holder.grants().attached()),
                Function.identity(),
                arn -> result.element("PolicyName", Grants.name(arn)).element("PolicyArn", arn));
    }

    /// The condition key is the boundary that is asked for, not the one that is there.
    private void putBoundary(ApiInput input, ApiCall call, Xml result) {
        var arn = input.require("PermissionsBoundary");
        var holder = find(input, call, IamGate.boundary(arn).build());
        gate.boundaryExists(arn);
        holder.put().accept(holder.grants().withBoundary(arn));
    }

    private void deleteBoundary(ApiInput input, ApiCall call, Xml result) {
        var holder = find(input, call, RequestContext.EMPTY);
        if (holder.grants().boundary() == null) {
            throw IamErrors.noSuch(kind.small() + " permissions boundary", name(input));
        }
        holder.put().accept(holder.grants().withBoundary(null));
    }

    private void tag(ApiInput input, ApiCall call, Xml result) {
        var tags = IamGate.tags(input);
        var holder = find(input, call, IamGate.requestTags(RequestContext.builder(), tags));
        var changed = holder.grants().withTags(tags);
        if (changed.tags().size() > 50) {
            throw IamErrors.quota("TagsPer" + kind.word, 50);
        }
        holder.put().accept(changed);
    }

    private void untag(ApiInput input, ApiCall call, Xml result) {
        var keys = input.texts("TagKeys");
        var holder = find(
                input, call, RequestContext.builder().put("aws:TagKeys", keys).build());
        holder.put().accept(holder.grants().withoutTags(keys));
    }

    private void listTags(ApiInput input, ApiCall call, Xml result) {
        MarkerPage.writeTags(
                input, result, find(input, call, RequestContext.EMPTY).grants().tags());
    }

    private String name(ApiInput input) {
        return input.require(kind.word + "Name");
    }

    /// @param keys beside those of the role or user
    private Holder find(ApiInput input, ApiCall call, RequestContext keys) {
        var name = name(input);
        var identities = gate.identities();
        var holder = switch (kind) {
            case ROLE ->
                identities
                        .role(name)
                        .map(role ->
                                new Holder(role.arn(), role.grants(), grants -> identities.put(role.with(grants))));
            case USER ->
                identities
                        .user(name)
                        .map(user ->
                                new Holder(user.arn(), user.grants(), grants -> identities.put(user.with(grants))));
        };
        gate.require(
                call,
                holder.map(Holder::arn).orElse(kind.small() + "/" + name),
                holder.map(there -> keys.or(IamGate.keys(there.grants()))).orElse(keys));
        return holder.orElseThrow(() -> IamErrors.noSuch(kind.small(), name));
    }
}
