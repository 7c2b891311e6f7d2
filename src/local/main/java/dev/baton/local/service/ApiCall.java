package dev.baton.local.service;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.Problem;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call of an operation: asks leave for it.
///
/// @param rights the IAM actions that the operation may ask leave for, its own first
public record ApiCall(List<String> rights, AwsRequest request, Authorizer authorizer) {
    public Caller caller() {
        return request.caller();
    }

    /// The operation's own IAM action.
    public String right() {
        return rights.getFirst();
    }

    /// The condition keys that every request has.
    public RequestContext context() {
        return request.context();
    }

    /// The JSON object that the request brings; without members where it brings nothing.
    ///
    /// @param limit in bytes
    public ApiInput body(int limit) throws IOException {
        var bytes = request.bytes(limit);
        try {
            return new ApiInput(bytes.length == 0 ? Map.of() : Json.parseObject(bytes));
        } catch (JsonException e) {
            throw Problem.MALFORMED_BODY.error("The request's body is not a JSON object: " + e.getMessage());
        }
    }

    /// Asks leave for the operation.
    ///
    /// @param resource an ARN, or `*`
    /// @throws dev.baton.local.http.AccessDenied when the caller may not
    public void require(String resource) {
        require(resource, RequestContext.EMPTY);
    }

    /// @param keys beside those that every request has
    public void require(String resource, RequestContext keys) {
        require(right(), resource, keys);
    }

    /// Asks leave for one of the actions of the operation.
    public void require(String right, String resource, RequestContext keys) {
        require(right, resource, caller().account(), keys, null);
    }

    /// @param account that owns the resource
    /// @param policy of the resource, if it has one
    public void require(String right, String resource, String account, RequestContext keys, @Nullable Policy policy) {
        require(new AccessRequest(caller(), right, resource, account, keys.or(context()), policy));
    }

    /// Asks leave for one of the actions of the operation, all conditions given.
    public void require(AccessRequest access) {
        if (!rights.contains(access.action())) {
            throw new IllegalArgumentException(access.action() + " is none of the operation's rights: " + rights);
        }
        authorizer.require(access);
    }

    /// Asks whether the caller may hand a role to a service.
    ///
    /// @param service such as `ecs-tasks.amazonaws.com`
    public void passRole(String role, String service) {
        var passed =
                RequestContext.builder().put("iam:PassedToService", service).build();
        require("iam:PassRole", role, passed);
    }
}
