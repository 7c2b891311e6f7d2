package dev.baton.local.states.integration;

import dev.baton.json.Json;
import dev.baton.local.events.Connection;
import dev.baton.local.events.Connection.Added;
import dev.baton.local.http.PercentCode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The request that an HTTP task asks for.
///
/// @param endpoint without the query parameters that are added
/// @param connectionArn of the connection that authorises it
/// @param headers by name, in whatever case
/// @param query further parameters of the query
/// @param body as JSON values; null for none
/// @param form how the body is a form, null for JSON
record HttpArguments(
        URI endpoint,
        String method,
        String connectionArn,
        Map<String, String> headers,
        Map<String, String> query,
        @Nullable Object body,
        @Nullable FormBody form) {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /// What a definition may not set, by the guide to HTTP tasks.
    private static final Pattern FORBIDDEN = Pattern.compile(
            "a-im|accept-charset|accept-datetime|accept-encoding|authorization|cache-control|connection|content-encoding"
                    + "|content-md5|date|expect|forwarded|from|host|http2-settings|if-match|if-modified-since|if-none-match"
                    + "|if-range|if-unmodified-since|max-forwards|origin|pragma|proxy-authorization|referer|server|te"
                    + "|trailer|transfer-encoding|upgrade|via|warning|x-forwarded-.*|x-amz-.*|x-amzn-.*",
            Pattern.CASE_INSENSITIVE);

    static HttpArguments of(Map<String, @Nullable Object> parameters) throws TaskFailure {
        var endpoint = endpoint(text(parameters, "ApiEndpoint"));
        var method = text(parameters, "Method");
        if (!METHODS.contains(method)) {
            throw runtime("The value for the field 'Method' must be one of " + String.join(", ", METHODS.stream().sorted().toList())
                    + ", but was " + method);
        }
        var headers = pairs(parameters.get("Headers"));
        for (var header : headers.keySet()) {
            if (FORBIDDEN.matcher(header).matches()) {
                throw runtime("The header " + header + " cannot be set in the definition of an HTTP task");
            }
        }
        return new HttpArguments(
                endpoint,
                method,
                connectionArn(parameters),
                headers,
                pairs(parameters.get("QueryParameters")),
                parameters.get("RequestBody"),
                form(parameters.get("Transform")));
    }

    /// Plain HTTP leaves nobody's machine: it is for a server that a test has started.
    private static URI endpoint(String text) throws TaskFailure {
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw runtime("The value for the field 'ApiEndpoint' must be the URL of an HTTPS API, but was " + text);
    }

    private static String connectionArn(Map<String, @Nullable Object> parameters) throws TaskFailure {
        for (var member : List.of("Authentication", "InvocationConfig")) {
            if (parameters.get(member) instanceof Map<?, ?> map && map.get("ConnectionArn") instanceof String arn) {
                return arn;
            }
        }
        throw runtime("An HTTP task names the connection that authorises it: 'Authentication' or 'InvocationConfig' with a"
                + " 'ConnectionArn'");
    }

    private static @Nullable FormBody form(@Nullable Object transform) throws TaskFailure {
        if (!(transform instanceof Map<?, ?> map) || !"URL_ENCODED".equals(map.get("RequestBodyEncoding"))) {
            return null;
        }
        var format = map.get("RequestEncodingOptions") instanceof Map<?, ?> options
                ? String.valueOf(options.get("ArrayFormat"))
                : "INDICES";
        try {
            return FormBody.valueOf(format);
        } catch (IllegalArgumentException e) {
            throw runtime("The value for the field 'ArrayFormat' must be one of INDICES, REPEAT, COMMAS and BRACKETS, but was "
                    + format);
        }
    }

    private static String text(Map<String, @Nullable Object> parameters, String member) throws TaskFailure {
        if (parameters.get(member) instanceof String text) {
            return text;
        }
        throw runtime("The field '" + member + "' is required in an HTTP task and must be a string");
    }

    private static Map<String, String> pairs(@Nullable Object given) {
        var pairs = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        if (given instanceof Map<?, ?> map) {
            map.forEach((name, value) ->
                    pairs.put(String.valueOf(name), value instanceof String text ? text : value(value)));
        }
        return pairs;
    }

    private static String value(@Nullable Object value) {
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : Json.print(value);
    }

    static TaskFailure runtime(String message) {
        return new TaskFailure("States.Runtime", message + ".");
    }

    /// With what the connection adds: where both say something, the connection's word counts.
    HttpArguments with(Connection connection) throws TaskFailure {
        var allHeaders = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        allHeaders.putAll(headers);
        connection.headers().forEach(added -> allHeaders.put(added.name(), added.value()));
        var allQuery = new LinkedHashMap<>(query);
        connection.query().forEach(added -> allQuery.put(added.name(), added.value()));
        return new HttpArguments(
                endpoint, method, connectionArn, allHeaders, allQuery, merged(connection.body()), form);
    }

    private @Nullable Object merged(List<Added> added) throws TaskFailure {
        if (added.isEmpty()) {
            return body;
        }
        var all = new LinkedHashMap<String, @Nullable Object>();
        switch (body) {
            case null -> {}
            case Map<?, ?> map -> map.forEach((name, value) -> all.put((String) name, value));
            default -> throw runtime("A request body that is no object cannot be merged with that of the connection");
        }
        added.forEach(each -> all.put(each.name(), each.value()));
        return all;
    }

    /// Where it goes, with all parameters of the query.
    URI address(URI at) {
        if (query.isEmpty()) {
            return at;
        }
        var text = at.toString();
        return URI.create(text + (at.getRawQuery() == null ? "?" : "&") + PercentCode.form(query));
    }

    byte @Nullable [] content() {
        return switch (body) {
            case null -> null;
            case Map<?, ?> map when form != null -> form.of(map).getBytes(StandardCharsets.UTF_8);
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> Json.bytes(body);
        };
    }

    boolean says(String header) {
        return headers.keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(header));
    }
}
