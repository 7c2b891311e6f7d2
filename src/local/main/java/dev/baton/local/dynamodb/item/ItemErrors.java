package dev.baton.local.dynamodb.item;

import dev.baton.local.http.AwsError;

/// The refusals of values that no item can have, in DynamoDB's words.
public final class ItemErrors {
    private ItemErrors() {}

    public static AwsError validation(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    /// What is wrong with a value of the request itself.
    public static AwsError invalid(String what) {
        return validation("One or more parameter values were invalid: " + what);
    }
}
