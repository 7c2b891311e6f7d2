package dev.baton.local.iam;

import dev.baton.local.http.PercentCode;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Grants;
import dev.baton.local.identity.Role;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Making, reading, changing and removing roles.
record RoleActions(IamGate gate) {
    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.changing("CreateRole", this::create, "iam:CreateRole", "iam:TagRole"),
                ApiOperation.reading("GetRole", this::get),
                ApiOperation.changing("DeleteRole", this::delete),
                ApiOperation.reading("ListRoles", this::list),
                ApiOperation.changing("UpdateRole", (input, call, result) -> update(input, call)),
                ApiOperation.changing("UpdateRoleDescription", this::updateDescription),
                ApiOperation.changing("UpdateAssumeRolePolicy", this::updateTrust),
                ApiOperation.reading("ListInstanceProfilesForRole", this::listInstanceProfiles));
    }

    private void create(ApiInput input, ApiCall call, Xml result) {
        var name = input.require("RoleName");
        var path = input.text("Path", "/");
        var description = input.text("Description", "");
        Integer seconds = input.integer("MaxSessionDuration");
        IamGate.notReserved(path);
        var tags = IamGate.tags(input);
        var boundary = input.text("PermissionsBoundary");
        var arn = gate.identities().account().globalArn("iam", "role" + path + name);
        gate.require(call, arn, IamGate.requestTags(IamGate.boundary(boundary), tags));
        if (!tags.isEmpty()) {
            gate.require(call, "iam:TagRole", arn, IamGate.requestTags(RequestContext.builder(), tags));
        }
        var trust = gate.trust(name, input.require("AssumeRolePolicyDocument"));
        gate.boundaryExists(boundary);
        var role = new Role(
                arn,
                gate.identities().ids().id("AROA"),
                call.request().time(),
                description,
                Objects.requireNonNullElse(seconds, 3_600),
                trust,
                Grants.NONE.withBoundary(boundary).withTags(tags));
        if (!gate.identities().add(role)) {
            throw IamErrors.exists("Role", name);
        }
        result.open("Role");
        write(role, true, result);
        result.close();
    }

    private void get(ApiInput input, ApiCall call, Xml result) {
        var role = find(input, call);
        result.open("Role");
        write(role, true, result);
        result.close();
    }

    private void delete(ApiInput input, ApiCall call, Xml result) {
        var role = find(input, call);
        if (!role.grants().inline().isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must delete policies first.");
        }
        if (!role.grants().attached().isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must detach all policies first.");
        }
        gate.identities().removeRole(role.name());
    }

    private void list(ApiInput input, ApiCall call, Xml result) {
        var prefix = input.text("PathPrefix", "/");
        gate.require(call, "role" + prefix, RequestContext.EMPTY);
        var roles = gate.identities().roles().stream()
                .filter(role -> role.path().startsWith(prefix))
                .toList();
        MarkerPage.write(input, result, "Roles", roles, Role::arn, role -> write(role, false, result));
    }

    private void updateDescription(ApiInput input, ApiCall call, Xml result) {
        result.open("Role");
        write(update(input, call), true, result);
        result.close();
    }

    private Role update(ApiInput input, ApiCall call) {
        var description = input.text("Description");
        Integer seconds = input.integer("MaxSessionDuration");
        var role = find(input, call);
        var changed = role.withSettings(
                Objects.requireNonNullElse(description, role.description()),
                Objects.requireNonNullElse(seconds, role.maxSessionSeconds()));
        gate.identities().put(changed);
        return changed;
    }

    private void updateTrust(ApiInput input, ApiCall call, Xml result) {
        var role = find(input, call);
        gate.identities().put(role.withTrust(gate.trust(role.name(), input.require("PolicyDocument"))));
    }

    /// There are no instances here; clean-up scripts ask all the same.
    private void listInstanceProfiles(ApiInput input, ApiCall call, Xml result) {
        find(input, call);
        result.open("InstanceProfiles").close().element("IsTruncated", false);
    }

    private Role find(ApiInput input, ApiCall call) {
        var name = input.require("RoleName");
        var role = gate.identities().role(name).orElse(null);
        gate.require(
                call,
                role == null ? "role/" + name : role.arn(),
                role == null ? RequestContext.EMPTY : IamGate.keys(role.grants()));
        if (role == null) {
            throw IamErrors.noSuch("role", name);
        }
        return role;
    }

    static void write(Role role, boolean whole, Xml result) {
        result.element("Path", role.path())
                .element("RoleName", role.name())
                .element("RoleId", role.id())
                .element("Arn", role.arn())
                .element("CreateDate", IamGate.date(role.created()))
                .element("AssumeRolePolicyDocument", coded(role.trust().text()))
                .element("MaxSessionDuration", role.maxSessionSeconds());
        if (!role.description().isEmpty()) {
            result.element("Description", role.description());
        }
        if (whole) {
            writeBoundary(role.grants().boundary(), result);
            IamGate.writeTags(role.grants().tags(), result);
        }
    }

    static void writeBoundary(@Nullable String boundary, Xml result) {
        if (boundary != null) {
            result.open("PermissionsBoundary")
                    .element("PermissionsBoundaryType", "Policy")
                    .element("PermissionsBoundaryArn", boundary)
                    .close();
        }
    }

    /// IAM answers policies percent-coded.
    static String coded(String json) {
        var text = new StringBuilder(json.length() * 2);
        PercentCode.encode(json, false, text);
        return text.toString();
    }
}
