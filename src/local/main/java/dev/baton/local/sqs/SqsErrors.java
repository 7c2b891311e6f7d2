package dev.baton.local.sqs;

import dev.baton.local.http.AwsError;

/// The errors of SQS. Each has a second name, that of the older protocol, which SDKs read from a header.
///
/// See [AWS query-compatible](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html).
final class SqsErrors {
    private static final String OLD = "AWS.SimpleQueueService.";

    private SqsErrors() {}

    private static AwsError error(String code, String query, String message) {
        return new AwsError(400, code, message).withHeader("x-amzn-query-error", query + ";Sender");
    }

    private static AwsError error(String code, String message) {
        return error(code, code, message);
    }

    /// The name of an error by which the entry of a batch tells it.
    static String code(AwsError error) {
        var header = error.headers().getOrDefault("x-amzn-query-error", error.code());
        return header.replaceFirst(";.*", "");
    }

    static AwsError noQueue() {
        return error("QueueDoesNotExist", OLD + "NonExistentQueue", "The specified queue does not exist.");
    }

    static AwsError nameTaken(String attribute) {
        return error(
                "QueueNameExists",
                "QueueAlreadyExists",
                "A queue already exists with the same name and a different value for attribute " + attribute);
    }

    static AwsError invalidAddress(String url) {
        return error("InvalidAddress", "The address " + url + " is not valid for this endpoint.");
    }

    static AwsError missing(String parameter) {
        return error("MissingParameter", "The request must contain the parameter " + parameter + ".");
    }

    static AwsError invalidParameter(String message) {
        return error("InvalidParameterValue", message);
    }

    static AwsError outOfRange(Object value, String parameter, String reason) {
        return invalidParameter("Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
    }

    static AwsError unknownAttribute(String name) {
        return error("InvalidAttributeName", "Unknown Attribute " + name + ".");
    }

    static AwsError invalidAttribute(String name) {
        return error("InvalidAttributeValue", "Invalid value for the parameter " + name + ".");
    }

    static AwsError invalidAttribute(String value, String name, String reason) {
        return error(
                "InvalidAttributeValue",
                "Value " + value + " for parameter " + name + " is invalid. Reason: " + reason);
    }

    static AwsError notHonoured(String what) {
        return new AwsError(501, "NotImplemented", "The embedded AWS has no " + what + " of queues.");
    }

    static AwsError invalidContents() {
        return error(
                "InvalidMessageContents",
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to"
                        + " #xFFFD | #x10000 to #x10FFFF");
    }

    static AwsError tooLong(int limit) {
        return invalidParameter(
                "One or more parameters are invalid. Reason: Message must be shorter than " + limit + " bytes.");
    }

    static AwsError invalidHandle(String handle) {
        return error(
                "ReceiptHandleIsInvalid", "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    }

    static AwsError expiredHandle(String handle) {
        return outOfRange(handle, "ReceiptHandle", "The receipt handle has expired.");
    }

    static AwsError notInFlight(String handle) {
        return error(
                "MessageNotInflight",
                OLD + "MessageNotInflight",
                "Value " + handle + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not"
                        + " available for visibility timeout change.");
    }

    static AwsError overLimit(String message) {
        return error("OverLimit", message);
    }

    static AwsError emptyBatch(String entry) {
        return error(
                "EmptyBatchRequest",
                OLD + "EmptyBatchRequest",
                "There should be at least one " + entry + " in the request.");
    }

    static AwsError tooManyEntries(int count) {
        return error(
                "TooManyEntriesInBatchRequest",
                OLD + "TooManyEntriesInBatchRequest",
                "Maximum number of entries per request are 10. You have sent " + count + ".");
    }

    static AwsError idsNotDistinct(String id) {
        return error("BatchEntryIdsNotDistinct", OLD + "BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
    }

    static AwsError invalidEntryId() {
        return error(
                "InvalidBatchEntryId",
                OLD + "InvalidBatchEntryId",
                "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most"
                        + " 80 letters long.");
    }

    static AwsError batchTooLong(int length, int limit) {
        return error(
                "BatchRequestTooLong",
                OLD + "BatchRequestTooLong",
                "Batch requests cannot be longer than " + limit + " bytes. You have sent " + length + " bytes.");
    }

    static AwsError unsupported(String message) {
        return error("UnsupportedOperation", OLD + "UnsupportedOperation", message);
    }

    static AwsError notFound(String message) {
        return error("ResourceNotFoundException", "ResourceNotFoundException", message);
    }

    static AwsError invalidToken() {
        return invalidParameter("Invalid or expired next token.");
    }
}
