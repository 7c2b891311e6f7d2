package dev.baton.cli.deploy.read;

import dev.baton.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;

/// EventBridge Scheduler's requests about schedules of the group `default`, signed by hand: of the SDK's version that
/// everything else is done with, its own module is not to be had.
public final class SchedulerApi {
    private static final int NOT_FOUND = 404;
    private static final String GROUP = "default";

    private final URI address;
    private final SignedCalls calls;

    /// @param address where all services answer; AWS itself where absent
    SchedulerApi(SdkHttpClient http, @Nullable URI address, Region region, AwsCredentialsProvider credentials) {
        this.address = address == null ? SignedCalls.address("scheduler", region) : address;
        this.calls = new SignedCalls(http, "scheduler", "EventBridge Scheduler", region, credentials);
    }

    /// A schedule as it is there, if it is.
    public Optional<Map<String, @Nullable Object>> find(String name) {
        try {
            return Optional.of(send(SdkHttpMethod.GET, name, null));
        } catch (AwsServiceException e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Makes a schedule, or makes it what is given.
    public void put(String name, Map<String, @Nullable Object> schedule) {
        send(find(name).isPresent() ? SdkHttpMethod.PUT : SdkHttpMethod.POST, name, schedule);
    }

    /// Takes a schedule away, if it is there.
    public void delete(String name) {
        if (find(name).isPresent()) {
            send(SdkHttpMethod.DELETE, name, null);
        }
    }

    /// A schedule that is there.
    ///
    /// @param target the ARN of what it calls
    public record Listed(String name, String arn, String target) {}

    /// All schedules, by name.
    public List<Listed> all() {
        var all = new ArrayList<Listed>();
        var query = new LinkedHashMap<>(Map.of("ScheduleGroup", GROUP));
        while (true) {
            var page = send(SdkHttpMethod.GET, "/schedules", query, null);
            if (page.get("Schedules") instanceof List<?> schedules) {
                for (var each : schedules) {
                    if (each instanceof Map<?, ?> schedule && schedule.get("Target") instanceof Map<?, ?> target) {
                        all.add(new Listed(
                                String.valueOf(schedule.get("Name")),
                                String.valueOf(schedule.get("Arn")),
                                String.valueOf(target.get("Arn"))));
                    }
                }
            }
            if (!(page.get("NextToken") instanceof String next)) {
                return all;
            }
            query.put("NextToken", next);
        }
    }

    private Map<String, @Nullable Object> send(
            SdkHttpMethod method, String name, @Nullable Map<String, @Nullable Object> body) {
        return send(method, "/schedules/" + name, Map.of(), body);
    }

    private Map<String, @Nullable Object> send(
            SdkHttpMethod method,
            String path,
            Map<String, String> query,
            @Nullable Map<String, @Nullable Object> body) {
        var bytes = body == null ? new byte[0] : Json.bytes(body);
        var request = SdkHttpRequest.builder()
                .uri(address)
                .encodedPath(path)
                .method(method)
                .putHeader("Content-Type", "application/json");
        query.forEach(request::putRawQueryParameter);
        return calls.send(request, bytes);
    }
}
