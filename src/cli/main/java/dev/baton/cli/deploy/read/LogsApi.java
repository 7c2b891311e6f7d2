package dev.baton.cli.deploy.read;

import dev.baton.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;

/// CloudWatch Logs's requests that read logs.
public final class LogsApi {
    /// So many streams one search may name.
    private static final int MOST_STREAMS = 100;

    private static final int MOST_TRIES = 6;

    private final URI address;
    private final SignedCalls calls;

    /// @param address where all services answer; AWS itself where absent
    LogsApi(SdkHttpClient http, @Nullable URI address, Region region, AwsCredentialsProvider credentials) {
        this.address = address == null ? SignedCalls.address("logs", region) : address;
        this.calls = new SignedCalls(http, "logs", "CloudWatch Logs", region, credentials);
    }

    /// An event of a log.
    ///
    /// @param id which no other event has
    /// @param timestamp milliseconds since 1970
    public record Event(String stream, String id, long timestamp, String message) {}

    /// The names of the groups that begin so.
    public List<String> groups(String prefix) {
        var names = new ArrayList<String>();
        var input = new LinkedHashMap<String, @Nullable Object>(Map.of("logGroupNamePrefix", prefix));
        pages("DescribeLogGroups", input, page -> {
            for (var each : (List<?>) page.getOrDefault("logGroups", List.of())) {
                if (each instanceof Map<?, ?> group) {
                    names.add(String.valueOf(group.get("logGroupName")));
                }
            }
        });
        return names;
    }

    /// Searches a group. One that is gone has no events.
    ///
    /// @param streams where to look; in all of them where it is empty
    /// @param start milliseconds since 1970
    /// @param end milliseconds since 1970; null for no end
    /// @param pattern empty for all events
    public void search(
            String group, List<String> streams, long start, @Nullable Long end, String pattern, Consumer<Event> found) {
        for (int i = 0; i == 0 || i < streams.size(); i += MOST_STREAMS) {
            var input = new LinkedHashMap<String, @Nullable Object>();
            input.put("logGroupName", group);
            if (!streams.isEmpty()) {
                input.put("logStreamNames", streams.subList(i, Math.min(streams.size(), i + MOST_STREAMS)));
            }
            input.put("startTime", start);
            if (end != null) {
                input.put("endTime", end);
            }
            if (!pattern.isEmpty()) {
                input.put("filterPattern", pattern);
            }
            try {
                pages("FilterLogEvents", input, page -> events(page, found));
            } catch (AwsServiceException e) {
                if (!"ResourceNotFoundException".equals(e.awsErrorDetails().errorCode())) {
                    throw e;
                }
            }
        }
    }

    private static void events(Map<String, @Nullable Object> page, Consumer<Event> found) {
        for (var each : (List<?>) page.getOrDefault("events", List.of())) {
            if (each instanceof Map<?, ?> event && event.get("timestamp") instanceof Number timestamp) {
                found.accept(new Event(
                        String.valueOf(event.get("logStreamName")),
                        String.valueOf(event.get("eventId")),
                        timestamp.longValue(),
                        String.valueOf(event.get("message"))));
            }
        }
    }

    private void pages(
            String operation, Map<String, @Nullable Object> input, Consumer<Map<String, @Nullable Object>> each) {
        do {
            var page = send(operation, input);
            each.accept(page);
            input.put("nextToken", page.get("nextToken"));
        } while (input.get("nextToken") != null);
    }

    private Map<String, @Nullable Object> send(String operation, Map<String, @Nullable Object> input) {
        var request = SdkHttpRequest.builder()
                .uri(address)
                .encodedPath("/")
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "Logs_20140328." + operation);
        for (int tries = 1; ; tries++) {
            try {
                return calls.send(request.copy(), Json.bytes(input));
            } catch (AwsServiceException e) {
                if (tries == MOST_TRIES
                        || !"ThrottlingException".equals(e.awsErrorDetails().errorCode())) {
                    throw e;
                }
                pause(tries);
            }
        }
    }

    /// Ten searches a second are for all callers of an account together.
    private static void pause(int tries) {
        try {
            Thread.sleep(200L << tries);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted while CloudWatch Logs asked to wait", e);
        }
    }
}
