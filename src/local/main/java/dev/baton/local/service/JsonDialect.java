package dev.baton.local.service;

import java.util.function.UnaryOperator;

/// What the AWS JSON of a service has that others do not.
///
/// @param longest how many bytes a request has at most
/// @param errorType the `__type` of an error by its code, such as
///     `com.amazonaws.dynamodb.v20120810#ResourceInUseException`
/// @param checksummed whether answers have their CRC-32 in `x-amz-crc32`
/// @param invalid the code of what breaks a constraint of the API's model
public record JsonDialect(int longest, UnaryOperator<String> errorType, boolean checksummed, String invalid) {
    /// Above every payload that most services take.
    private static final int USUAL = 4 << 20;

    public static final JsonDialect PLAIN = new JsonDialect(USUAL, UnaryOperator.identity(), false);

    public JsonDialect(int longest, UnaryOperator<String> errorType, boolean checksummed) {
        this(longest, errorType, checksummed, "ValidationException");
    }

    /// The usual one of a service that has another code for what breaks a constraint.
    public static JsonDialect ofInvalid(String code) {
        return new JsonDialect(USUAL, UnaryOperator.identity(), false, code);
    }
}
