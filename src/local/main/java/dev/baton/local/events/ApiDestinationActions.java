package dev.baton.local.events;

import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The actions on API destinations.
///
/// See
/// [CreateApiDestination](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html).
record ApiDestinationActions(ApiDestinations destinations, Connections connections, InstantSource clock) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateApiDestination", this::create),
                ApiOperation.changing("DeleteApiDestination", this::delete),
                ApiOperation.reading("DescribeApiDestination", this::describe),
                ApiOperation.reading("ListApiDestinations", this::list),
                ApiOperation.changing("UpdateApiDestination", this::update));
    }

    private String name(ApiInput input, ApiCall call) {
        var name = input.require("Name");
        call.require(destinations.arn(name));
        return name;
    }

    private ApiDestination there(ApiInput input, ApiCall call) {
        var name = name(input, call);
        var destination = destinations.named(name);
        if (destination == null) {
            throw EventErrors.notFound("ApiDestination " + name + " does not exist.");
        }
        return destination;
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = name(input, call);
        if (destinations.named(name) != null) {
            throw EventErrors.exists("An api-destination '" + name + "' already exists.");
        }
        var now = clock.instant();
        var destination = new ApiDestination(
                name,
                destinations.arn(name),
                input.text("Description", ""),
                connection(input.require("ConnectionArn")),
                endpoint(input.require("InvocationEndpoint")),
                input.require("HttpMethod"),
                input.integer("InvocationRateLimitPerSecond", ApiDestination.USUAL_RATE),
                now,
                now);
        destinations.put(destination);
        return answer(destination);
    }

    private Map<String, @Nullable Object> update(ApiInput input, ApiCall call) {
        var before = there(input, call);
        var connection = input.text("ConnectionArn");
        var endpoint = input.text("InvocationEndpoint");
        var destination = new ApiDestination(
                before.name(),
                before.arn(),
                input.text("Description", before.description()),
                connection == null ? before.connectionArn() : connection(connection),
                endpoint == null ? before.endpoint() : endpoint(endpoint),
                input.text("HttpMethod", before.method()),
                input.integer("InvocationRateLimitPerSecond", before.perSecond()),
                before.createdAt(),
                clock.instant());
        destinations.put(destination);
        return answer(destination);
    }

    private String connection(String arn) {
        if (connections.find(arn) == null) {
            throw EventErrors.notFound("Connection '" + arn + "' does not exist.");
        }
        return arn;
    }

    /// HTTPS, or a server of this machine, where no certificate would tell anything.
    private static String endpoint(String text) {
        try {
            var address = URI.create(text.replace('*', '_'));
            var host = Objects.requireNonNullElse(address.getHost(), "");
            if (!host.isEmpty()
                    && ("https".equals(address.getScheme())
                            || ("http".equals(address.getScheme()) && LOOPBACK.contains(host)))) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // Told as every text that is not an address.
        }
        throw EventErrors.invalid("Parameter InvocationEndpoint is not valid. Reason: it must be an HTTPS endpoint.");
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        destinations.remove(there(input, call));
        return Map.of();
    }

    private Map<String, @Nullable Object> answer(ApiDestination destination) {
        var connection = connections.find(destination.connectionArn());
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ApiDestinationArn", destination.arn());
        answer.put("ApiDestinationState", connection != null && connection.authorized() ? "ACTIVE" : "INACTIVE");
        answer.put("CreationTime", JsonAnswer.seconds(destination.createdAt()));
        answer.put("LastModifiedTime", JsonAnswer.seconds(destination.modifiedAt()));
        return answer;
    }

    private Map<String, @Nullable Object> shown(ApiDestination destination) {
        var json = answer(destination);
        json.put("Name", destination.name());
        json.put("ConnectionArn", destination.connectionArn());
        json.put("InvocationEndpoint", destination.endpoint());
        json.put("HttpMethod", destination.method());
        json.put("InvocationRateLimitPerSecond", (long) destination.perSecond());
        return json;
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var destination = there(input, call);
        var json = shown(destination);
        json.put("Description", destination.description());
        return json;
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        var prefix = input.text("NamePrefix", "");
        var connection = input.text("ConnectionArn");
        var found = destinations.all().stream()
                .filter(destination -> destination.name().startsWith(prefix))
                .filter(destination ->
                        connection == null || destination.connectionArn().equals(connection))
                .toList();
        return EventErrors.page(input, "ApiDestinations", found, ApiDestination::name, this::shown);
    }
}
