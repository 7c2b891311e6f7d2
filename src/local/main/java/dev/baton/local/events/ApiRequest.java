package dev.baton.local.events;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.PercentCode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A request to an API destination. What the connection adds stands before what the target adds.
///
/// @param headers by name, in whatever case
/// @param body JSON text; null where the method has none
record ApiRequest(
        URI address,
        String method,
        Map<String, String> headers,
        Map<String, String> query,
        @Nullable String body) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    static ApiRequest of(ApiDestination destination, Connection connection, RuleTarget target, String input) {
        var given = target.httpParameters();
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("Range", "bytes=0-1048575");
        headers.putAll(given.map("HeaderParameters"));
        connection.headers().forEach(added -> headers.put(added.name(), added.value()));
        headers.put("User-Agent", "Amazon/EventBridge/ApiDestinations");
        var query = new LinkedHashMap<>(given.map("QueryStringParameters"));
        connection.query().forEach(added -> query.put(added.name(), added.value()));
        var body = WITHOUT_BODY.contains(destination.method()) ? null : body(input, connection.body());
        var address = filled(destination.endpoint(), given.texts("PathParameterValues"));
        return new ApiRequest(URI.create(address), destination.method(), headers, query, body);
    }

    /// Each `*` of a path is one of the values, in their order; one without a value is left out.
    private static String filled(String endpoint, List<String> values) {
        Iterator<String> next = values.iterator();
        var filled = new StringBuilder();
        for (var letter : endpoint.toCharArray()) {
            if (letter != '*') {
                filled.append(letter);
            } else if (next.hasNext()) {
                PercentCode.encode(next.next(), false, filled);
            }
        }
        return filled.toString();
    }

    /// The parameters of the connection go into the body where that is an object.
    private static String body(String input, List<Connection.Added> added) {
        if (added.isEmpty()) {
            return input;
        }
        try {
            var object = new LinkedHashMap<>(Json.parseObject(input));
            added.forEach(one -> object.put(one.name(), one.value()));
            return Json.print(object);
        } catch (JsonException e) {
            return input;
        }
    }

    /// @param reached where a request to an address goes
    HttpRequest http(UnaryOperator<URI> reached, List<Connection.Added> authorization) {
        var reach = reached.apply(address);
        var whole = query.isEmpty()
                ? reach
                : URI.create(reach + (reach.getRawQuery() == null ? "?" : "&") + PercentCode.form(query));
        var request = HttpRequest.newBuilder(whole)
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        authorization.forEach(added -> request.setHeader(added.name(), added.value()));
        return request.build();
    }
}
