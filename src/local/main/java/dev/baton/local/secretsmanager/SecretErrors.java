package dev.baton.local.secretsmanager;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.Pagination;
import java.util.regex.Pattern;

/// The errors of Secrets Manager, in its words.
final class SecretErrors {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");

    private SecretErrors() {}

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw validation("Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
                    + " following: -/_+=.@!");
        }
    }

    static AwsError notFound() {
        return notFound("the specified secret.");
    }

    /// @param what such as `the specified secret value for staging label: AWSCURRENT`
    static AwsError notFound(String what) {
        return new AwsError(400, "ResourceNotFoundException", "Secrets Manager can't find " + what);
    }

    static AwsError exists(String message) {
        return new AwsError(400, "ResourceExistsException", message);
    }

    static AwsError tokenInUse(String token, StoredSecret secret) {
        return exists("You can't use ClientRequestToken " + token
                + " because that value is already in use for a version of secret " + secret.arn() + ".");
    }

    static AwsError request(String message) {
        return new AwsError(400, "InvalidRequestException", message);
    }

    static AwsError deleted() {
        return request("You can't perform this operation on the secret because it was marked for deletion.");
    }

    static AwsError parameter(String message) {
        return new AwsError(400, "InvalidParameterException", message);
    }

    static AwsError validation(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    static AwsError malformedPolicy(String message) {
        return new AwsError(400, "MalformedPolicyDocumentException", message);
    }

    static AwsError denied(String message) {
        return new AwsError(400, "AccessDeniedException", message);
    }

    static Pagination pages(int usual) {
        return new Pagination(
                "MaxResults",
                "NextToken",
                "NextToken",
                usual,
                () -> new AwsError(400, "InvalidNextTokenException", "The NextToken value is invalid."));
    }
}
