package dev.baton.local.iam;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Grants;
import dev.baton.local.identity.User;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import java.util.List;

/// Users and their access keys.
record UserActions(IamGate gate) {
    private static final int KEYS = 2;

    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.changing("CreateUser", this::create, "iam:CreateUser", "iam:TagUser"),
                ApiOperation.reading("GetUser", this::get),
                ApiOperation.changing("DeleteUser", this::delete),
                ApiOperation.reading("ListUsers", this::list),
                ApiOperation.changing("CreateAccessKey", this::createKey),
                ApiOperation.changing("DeleteAccessKey", this::deleteKey),
                ApiOperation.reading("ListAccessKeys", this::listKeys));
    }

    private void create(ApiInput input, ApiCall call, Xml result) {
        var name = input.require("UserName");
        var path = input.text("Path", "/");
        IamGate.notReserved(path);
        var tags = IamGate.tags(input);
        var boundary = input.text("PermissionsBoundary");
        var arn = gate.identities().account().globalArn("iam", "user" + path + name);
        gate.require(call, arn, IamGate.requestTags(IamGate.boundary(boundary), tags));
        if (!tags.isEmpty()) {
            gate.require(call, "iam:TagUser", arn, IamGate.requestTags(RequestContext.builder(), tags));
        }
        gate.boundaryExists(boundary);
        var user = new User(
                arn,
                gate.identities().ids().id("AIDA"),
                call.request().time(),
                Grants.NONE.withBoundary(boundary).withTags(tags));
        if (!gate.identities().add(user)) {
            throw IamErrors.exists("User", name);
        }
        result.open("User");
        write(user, true, result);
        result.close();
    }

    private void get(ApiInput input, ApiCall call, Xml result) {
        var user = find(input, call);
        result.open("User");
        write(user, true, result);
        result.close();
    }

    private void delete(ApiInput input, ApiCall call, Xml result) {
        input.require("UserName");
        var user = find(input, call);
        if (!user.grants().inline().isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must delete policies first.");
        }
        if (!user.grants().attached().isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must detach all policies first.");
        }
        if (!gate.identities().keys().of(user.arn()).isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must delete access keys first.");
        }
        gate.identities().removeUser(user.name());
    }

    private void list(ApiInput input, ApiCall call, Xml result) {
        var prefix = input.text("PathPrefix", "/");
        gate.require(call, "user" + prefix, RequestContext.EMPTY);
        var users = gate.identities().users().stream()
                .filter(user -> user.path().startsWith(prefix))
                .toList();
        MarkerPage.write(input, result, "Users", users, User::arn, user -> write(user, false, result));
    }

    private void createKey(ApiInput input, ApiCall call, Xml result) {
        var user = find(input, call);
        if (gate.identities().keys().of(user.arn()).size() >= KEYS) {
            throw IamErrors.quota("AccessKeysPerUser", KEYS);
        }
        var ids = gate.identities().ids();
        var owner = new Caller(new Principal.User(user.arn()), user.id(), null);
        var key = new AccessKey(ids.accessKeyId("AKIA"), ids.secret(), null, owner);
        gate.identities().keys().add(key, call.request().time());
        gate.identities().changed();
        result.open("AccessKey")
                .element("UserName", Grants.name(key.caller().arn()))
                .element("AccessKeyId", key.accessKeyId())
                .element("Status", "Active")
                .element("SecretAccessKey", key.secretAccessKey())
                .element("CreateDate", IamGate.date(call.request().time()))
                .close();
    }

    private void deleteKey(ApiInput input, ApiCall call, Xml result) {
        var user = find(input, call);
        var id = input.require("AccessKeyId");
        if (gate.identities().keys().of(user.arn()).stream()
                .noneMatch(key -> key.accessKeyId().equals(id))) {
            throw IamErrors.noSuchKey(id);
        }
        gate.identities().keys().remove(id);
        gate.identities().changed();
    }

    private void listKeys(ApiInput input, ApiCall call, Xml result) {
        var user = find(input, call);
        MarkerPage.write(
                input,
                result,
                "AccessKeyMetadata",
                gate.identities().keys().of(user.arn()),
                AccessKey::accessKeyId,
                key -> result.element("UserName", user.name())
                        .element("AccessKeyId", key.accessKeyId())
                        .element("Status", "Active")
                        .element(
                                "CreateDate",
                                IamGate.date(gate.identities().keys().created(key.accessKeyId()))));
    }

    /// Without a name it is the caller.
    private User find(ApiInput input, ApiCall call) {
        var named = input.text("UserName");
        if (named == null && !(call.caller().principal() instanceof Principal.User)) {
            throw IamErrors.validation("Must specify userName when calling with non-User credentials");
        }
        var name = named == null ? Grants.name(call.caller().arn()) : named;
        var user = gate.identities().user(name).orElse(null);
        gate.require(
                call,
                user == null ? "user/" + name : user.arn(),
                user == null ? RequestContext.EMPTY : IamGate.keys(user.grants()));
        if (user == null) {
            throw IamErrors.noSuch("user", name);
        }
        return user;
    }

    private static void write(User user, boolean whole, Xml result) {
        result.element("Path", user.path())
                .element("UserName", user.name())
                .element("UserId", user.id())
                .element("Arn", user.arn())
                .element("CreateDate", IamGate.date(user.created()));
        if (whole) {
            RoleActions.writeBoundary(user.grants().boundary(), result);
            IamGate.writeTags(user.grants().tags(), result);
        }
    }
}
