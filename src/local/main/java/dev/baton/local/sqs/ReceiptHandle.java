package dev.baton.local.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The handle of one receipt of a message.
///
/// @param queue the number of the queue
/// @param receipt how often the message was received by then
record ReceiptHandle(long queue, String messageId, int receipt) {

    String text() {
        var text = queue + " " + messageId + " " + receipt;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws dev.baton.local.http.AwsError `ReceiptHandleIsInvalid`
    static ReceiptHandle parse(String text) {
        try {
            var parts = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
            if (parts.length == 3) {
                return new ReceiptHandle(Long.parseLong(parts[0]), parts[1], Integer.parseInt(parts[2]));
            }
        } catch (IllegalArgumentException e) {
            // no handle of ours
        }
        throw SqsErrors.invalidHandle(text);
    }
}
