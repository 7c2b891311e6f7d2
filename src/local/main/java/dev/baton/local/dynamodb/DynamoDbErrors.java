package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.ItemErrors;
import dev.baton.local.http.AwsError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The errors of DynamoDB, in its words.
final class DynamoDbErrors {
    private DynamoDbErrors() {}

    static AwsError validation(String message) {
        return ItemErrors.validation(message);
    }

    static AwsError invalid(String what) {
        return ItemErrors.invalid(what);
    }

    /// What operations on items say.
    static AwsError noTable() {
        return new AwsError(400, "ResourceNotFoundException", "Requested resource not found");
    }

    /// What operations on tables say.
    static AwsError noTable(String name) {
        return new AwsError(
                400, "ResourceNotFoundException", "Requested resource not found: Table: " + name + " not found");
    }

    static AwsError noResource(String arn) {
        return new AwsError(
                400, "ResourceNotFoundException", "Requested resource not found: ResourcArn: " + arn + " not found");
    }

    static AwsError tableExists(String name) {
        return new AwsError(400, "ResourceInUseException", "Table already exists: " + name);
    }

    static AwsError noIndex(String name) {
        return validation("The table does not have the specified index: " + name);
    }

    static AwsError keyMismatch() {
        return validation("The provided key element does not match the schema");
    }

    /// @param item that the answer shows, if any
    static AwsError conditionFailed(@Nullable Map<String, Attribute> item) {
        var error = new AwsError(400, "ConditionalCheckFailedException", "The conditional request failed");
        return item == null ? error : error.with("Item", Attribute.json(item));
    }

    static AwsError tooLarge(boolean update) {
        return validation("Item size " + (update ? "to update " : "") + "has exceeded the maximum allowed size");
    }
}
