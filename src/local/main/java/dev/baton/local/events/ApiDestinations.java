package dev.baton.local.events;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.delivery.DeliveryAttempts.Attempt;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The API destinations of the embedded account, and the requests to them: no more a second than each allows.
///
/// See [API destinations](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html).
public final class ApiDestinations {
    private static final String RETRY_AFTER = "Retry-After";
    private static final Set<Integer> RETRIED = Set.of(401, 407, 409, 429);
    private static final Set<Integer> UNAUTHORIZED = Set.of(401, 407);

    private final Account account;
    private final Scheduler scheduler;
    private final Connections connections;
    private final Supplier<HttpClient> http;
    private final UnaryOperator<URI> reached;
    private final Executor threads;
    private final Map<String, ApiDestination> byName = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> nextFree = new ConcurrentHashMap<>();

    /// @param reached where a request to an address goes
    /// @param threads ask for access tokens, which may take a while
    public ApiDestinations(
            Account account,
            Scheduler scheduler,
            Connections connections,
            Supplier<HttpClient> http,
            UnaryOperator<URI> reached,
            Executor threads) {
        this.account = account;
        this.scheduler = scheduler;
        this.connections = connections;
        this.http = http;
        this.reached = reached;
        this.threads = threads;
    }

    /// AWS draws the id; here it follows from the name, as that of a connection does.
    String arn(String name) {
        var named = account.arn("events", "api-destination/" + name);
        return named + "/" + UUID.nameUUIDFromBytes(named.getBytes(StandardCharsets.UTF_8));
    }

    @Nullable
    ApiDestination named(String name) {
        return byName.get(name);
    }

    @Nullable
    ApiDestination find(String arn) {
        return byName.values().stream()
                .filter(destination -> destination.arn().equals(arn))
                .findFirst()
                .orElse(null);
    }

    Collection<ApiDestination> all() {
        return List.copyOf(byName.values());
    }

    void put(ApiDestination destination) {
        byName.put(destination.name(), destination);
    }

    void remove(ApiDestination destination) {
        byName.remove(destination.name());
        nextFree.remove(destination.arn());
    }

    /// Sends an event when it is the destination's turn. No thread waits for the turn or for the answer.
    ///
    /// @throws AwsError where the destination or its connection is gone
    void send(RuleTarget target, String input, Attempt attempt) {
        var destination = find(target.arn());
        if (destination == null) {
            throw new AwsError(404, "ResourceNotFoundException", "There is no API destination " + target.arn() + ".");
        }
        var turn = turn(destination);
        if (turn.isAfter(scheduler.now())) {
            scheduler.at(turn, () -> threads.execute(() -> call(destination, target, input, attempt)));
        } else {
            threads.execute(() -> call(destination, target, input, attempt));
        }
    }

    private Instant turn(ApiDestination destination) {
        var now = scheduler.now();
        var pause = Duration.ofNanos(1_000_000_000L / destination.perSecond());
        var after = nextFree.merge(
                destination.arn(), now.plus(pause), (free, first) -> free.isAfter(now) ? free.plus(pause) : first);
        return after.minus(pause);
    }

    private void call(ApiDestination destination, RuleTarget target, String input, Attempt attempt) {
        try {
            var connection = connections.find(destination.connectionArn());
            if (connection == null || !connection.authorized()) {
                throw new AwsError(
                        401,
                        "ConnectionNotAuthorized",
                        "The connection of " + destination.name() + " is not authorized.");
            }
            var request = ApiRequest.of(destination, connection, target, input)
                    .http(reached, connections.authorization(connection));
            http.get()
                    .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> ended(destination, connection, answer, failure, attempt));
        } catch (AwsError e) {
            attempt.failed(e);
        } catch (IOException | RuntimeException e) {
            attempt.failed(new AwsError(
                    503, "ApiDestinationUnreachable", destination.name() + " could not be called: " + e.getMessage()));
        }
    }

    private void ended(
            ApiDestination destination,
            Connection connection,
            @Nullable HttpResponse<String> answer,
            @Nullable Throwable failure,
            Attempt attempt) {
        if (answer == null) {
            attempt.failed(new AwsError(
                    503, "ApiDestinationUnreachable", destination.name() + " could not be called: " + failure));
            return;
        }
        var status = answer.statusCode();
        if (UNAUTHORIZED.contains(status)) {
            connections.refused(connection);
        }
        if (status / 100 == 2) {
            attempt.done();
        } else {
            var error = new AwsError(
                    status,
                    "ApiDestinationStatus" + status,
                    "The API destination " + destination.name() + " answered with status " + status + ".");
            attempt.failed(answer.headers()
                    .firstValue(RETRY_AFTER)
                    .map(seconds -> error.withHeader(RETRY_AFTER, seconds))
                    .orElse(error));
        }
    }

    /// The pause that the destination has asked for, or none.
    static Duration askedFor(AwsError error) {
        var seconds = error.headers().get(RETRY_AFTER);
        return seconds != null && seconds.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }

    /// Whether EventBridge tries again after this.
    static boolean isRetried(int status) {
        return status >= 500 || RETRIED.contains(status);
    }
}
