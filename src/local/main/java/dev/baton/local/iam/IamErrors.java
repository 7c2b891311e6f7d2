package dev.baton.local.iam;

import dev.baton.local.http.AwsError;
import dev.baton.local.identity.ManagedPolicy;

/// The errors of IAM: code, status and AWS's sentence, each in one place.
final class IamErrors {

    private IamErrors() {}

    /// @param kind `role` or `user`
    static AwsError noSuch(String kind, String name) {
        return new AwsError(404, "NoSuchEntity", "The " + kind + " with name " + name + " cannot be found.");
    }

    static AwsError noSuchPolicy(String arn) {
        return new AwsError(404, "NoSuchEntity", "Policy " + arn + " was not found.");
    }

    static AwsError notAttachable(String arn) {
        return new AwsError(404, "NoSuchEntity", "Policy " + arn + " does not exist or is not attachable.");
    }

    static AwsError onlyServiceLinked() {
        return new AwsError(400, "PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.");
    }

    /// @param prefix such as `/aws-service-role/`
    static AwsError reservedPath(String prefix) {
        return invalid(
                prefix.equals("/aws-service-role/")
                        ? "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles"
                        : "Path prefix '" + prefix + "' is reserved for AWS");
    }

    static AwsError notAttached(String arn) {
        return new AwsError(404, "NoSuchEntity", "Policy " + arn + " was not found.");
    }

    static AwsError noSuchBoundary(String arn) {
        return new AwsError(404, "NoSuchEntity", "Scope ARN: " + arn + " does not exist or is not attachable.");
    }

    static AwsError noSuchVersion(String arn, String version) {
        return new AwsError(
                404, "NoSuchEntity", "Policy " + arn + " version " + version + " does not exist or is not attachable.");
    }

    static AwsError noSuchKey(String id) {
        return new AwsError(404, "NoSuchEntity", "The Access Key with id " + id + " cannot be found.");
    }

    static AwsError noSuchProvider(String arn) {
        return new AwsError(404, "NoSuchEntity", "OpenIDConnect Provider not found for arn " + arn);
    }

    /// @param kind `Role` or `User`
    static AwsError exists(String kind, String name) {
        return new AwsError(409, "EntityAlreadyExists", kind + " with name " + name + " already exists.");
    }

    static AwsError policyExists(String name) {
        return new AwsError(
                409,
                "EntityAlreadyExists",
                "A policy called " + name + " already exists. Duplicate names are not allowed.");
    }

    static AwsError providerExists(String url) {
        return new AwsError(409, "EntityAlreadyExists", "Provider with url " + url + " already exists.");
    }

    static AwsError malformed(String message) {
        return new AwsError(400, "MalformedPolicyDocument", message);
    }

    static AwsError invalid(String message) {
        return new AwsError(400, "InvalidInput", message);
    }

    static AwsError validation(String message) {
        return new AwsError(400, "ValidationError", message);
    }

    static AwsError conflict(String message) {
        return new AwsError(409, "DeleteConflict", message);
    }

    static AwsError quota(String quota, int limit) {
        return new AwsError(409, "LimitExceeded", "Cannot exceed quota for " + quota + ": " + limit);
    }

    static AwsError inlineSize(int limit, String kind, String name) {
        return new AwsError(
                409, "LimitExceeded", "Maximum policy size of " + limit + " bytes exceeded for " + kind + " " + name);
    }

    static AwsError versions() {
        return new AwsError(
                409,
                "LimitExceeded",
                "A managed policy can have up to " + ManagedPolicy.MAX_VERSIONS
                        + " versions. Before you create a new version, you must delete an existing version.");
    }
}
