package dev.baton.local.events;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.PercentCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The access tokens of connections that authorise by OAuth client credentials: asked for once, and again when they are
/// not taken any more.
///
/// AWS does not say what its request looks like. This one is that of [RFC
/// 6749](https://www.rfc-editor.org/rfc/rfc6749#section-4.4): a form, with the client's id and secret in an
/// `Authorization` header.
final class AccessTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<HttpClient> http;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    AccessTokens(Supplier<HttpClient> http) {
        this.http = http;
    }

    /// @throws IOException with a sentence when there is none
    String of(Connection connection) throws IOException {
        var known = tokens.get(connection.arn());
        if (known != null) {
            return known;
        }
        var token = fetch(connection);
        tokens.put(connection.arn(), token);
        return token;
    }

    void forget(Connection connection) {
        tokens.remove(connection.arn());
    }

    private String fetch(Connection connection) throws IOException {
        var oauth = connection.object("OAuthParameters");
        var client = Connection.object(oauth, "ClientParameters");
        var more = Connection.object(oauth, "OAuthHttpParameters");
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        Connection.added(more, "BodyParameters").forEach(added -> form.put(added.name(), added.value()));
        var query = new LinkedHashMap<String, String>();
        Connection.added(more, "QueryStringParameters").forEach(added -> query.put(added.name(), added.value()));
        var endpoint = Connection.text(oauth, "AuthorizationEndpoint");
        var request = HttpRequest.newBuilder(
                        URI.create(query.isEmpty() ? endpoint : endpoint + "?" + PercentCode.form(query)))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        basic(Connection.text(client, "ClientID"), Connection.text(client, "ClientSecret")));
        Connection.added(more, "HeaderParameters").forEach(added -> request.setHeader(added.name(), added.value()));
        var method = Connection.text(oauth, "HttpMethod");
        request.method(
                method,
                method.equals("GET")
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(PercentCode.form(form)));
        try {
            var answer = http.get().send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 == 2
                    && Json.parseObject(answer.body()).get("access_token") instanceof String token) {
                return token;
            }
            throw new IOException(
                    "the authorization endpoint answered " + answer.statusCode() + " and no access token");
        } catch (JsonException e) {
            throw new IOException("the authorization endpoint answered no JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
