package dev.baton.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.http.Signing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Requests to CloudWatch Logs, signed by the SDK's signer: of the SDK's version that everything else is tested with,
/// there is no client of it.
public final class LogsWire {
    private final EmbeddedAws aws;
    private final AccessKey caller;

    public LogsWire(EmbeddedAws aws, AccessKey caller) {
        this.aws = aws;
        this.caller = caller;
    }

    public LogsWire(EmbeddedAws aws) {
        this(aws, aws.administrator());
    }

    public Map<String, Object> call(String operation, Map<String, ?> input) {
        var answer = send(operation, input);
        assertThat(answer).as(operation).doesNotContainKey("__type");
        return answer;
    }

    /// `Code: message` of what is refused.
    String refused(String operation, Map<String, ?> input) {
        var answer = send(operation, input);
        return answer.get("__type") + ": " + answer.getOrDefault("message", answer.get("Message"));
    }

    private Map<String, Object> send(String operation, Map<String, ?> input) {
        try {
            var text = new Signing(aws.endpoint(), caller, "logs")
                    .at(aws.foundation().clock().instant())
                    .send("POST", "/", Map.of("X-Amz-Target", "Logs_20140328." + operation), Json.print(input))
                    .text();
            return text.isEmpty() ? Map.of() : Json.parseObject(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The messages of an answer.
    public static List<String> messages(Map<String, Object> answer) {
        return ((List<?>) answer.get("events"))
                .stream()
                        .map(event -> (String) ((Map<?, ?>) event).get("message"))
                        .toList();
    }
}
