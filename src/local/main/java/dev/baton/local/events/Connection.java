package dev.baton.local.events;

import dev.baton.local.internal.StoredJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An API as EventBridge knows it: how to authorise, and what to add to each request.
///
/// @param arn with the name and an id
/// @param secretArn of the secret in which AWS keeps the parameters
/// @param authorization `BASIC`, `API_KEY` or `OAUTH_CLIENT_CREDENTIALS`
/// @param parameters the request's `AuthParameters`, secrets included
/// @param reason why it is not authorised
public record Connection(
        String name,
        String arn,
        String secretArn,
        String description,
        String authorization,
        Map<String, @Nullable Object> parameters,
        boolean authorized,
        @Nullable String reason,
        Instant createdAt,
        Instant modifiedAt) {

    /// Without the parameters, which have secrets.
    @Override
    public String toString() {
        return arn;
    }

    /// A name, a value, and whether the value is told to nobody. It prints as its name.
    public record Added(String name, String value, boolean secret) {
        @Override
        public String toString() {
            return name;
        }

        private static List<Added> of(Map<?, ?> parameters, String member) {
            var all = new ArrayList<Added>();
            if (parameters.get(member) instanceof List<?> list) {
                for (var each : list) {
                    if (each instanceof Map<?, ?> one) {
                        all.add(new Added(
                                String.valueOf(one.get("Key")),
                                String.valueOf(one.get("Value")),
                                Boolean.TRUE.equals(one.get("IsValueSecret"))));
                    }
                }
            }
            return all;
        }
    }

    Connection as(boolean isAuthorized, @Nullable String why, Instant now) {
        return new Connection(
                name, arn, secretArn, description, authorization, parameters, isAuthorized, why, createdAt, now);
    }

    String state() {
        return authorized ? "AUTHORIZED" : "DEAUTHORIZED";
    }

    Map<?, ?> object(String member) {
        return object(parameters, member);
    }

    static Map<?, ?> object(Map<?, ?> of, String member) {
        return of.get(member) instanceof Map<?, ?> map ? map : Map.of();
    }

    static String text(Map<?, ?> of, String member) {
        return of.get(member) instanceof String text ? text : "";
    }

    /// What is added to each request.
    public List<Added> headers() {
        return Added.of(object("InvocationHttpParameters"), "HeaderParameters");
    }

    public List<Added> query() {
        return Added.of(object("InvocationHttpParameters"), "QueryStringParameters");
    }

    public List<Added> body() {
        return Added.of(object("InvocationHttpParameters"), "BodyParameters");
    }

    static List<Added> added(Map<?, ?> parameters, String member) {
        return Added.of(parameters, member);
    }

    /// The parameters without what is secret.
    Map<String, @Nullable Object> told() {
        return told(parameters);
    }

    private static Map<String, @Nullable Object> told(Map<?, ?> given) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        given.forEach((name, value) -> {
            switch ((String) name) {
                case "Password", "ApiKeyValue", "ClientSecret" -> {}
                case "Value" -> {
                    if (!Boolean.TRUE.equals(given.get("IsValueSecret"))) {
                        told.put("Value", value);
                    }
                }
                default -> told.put((String) name, toldValue(value));
            }
        });
        return told;
    }

    private static @Nullable Object toldValue(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> told(map);
            case List<?> list -> list.stream().map(Connection::toldValue).toList();
            case null -> null;
            default -> value;
        };
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", name);
        json.put("arn", arn);
        json.put("secretArn", secretArn);
        json.put("description", description);
        json.put("authorization", authorization);
        json.put("parameters", parameters);
        json.put("authorized", authorized);
        json.put("reason", reason);
        json.put("createdAt", createdAt.toString());
        json.put("modifiedAt", modifiedAt.toString());
        return json;
    }

    static Connection of(StoredJson json) {
        return new Connection(
                json.text("name"),
                json.text("arn"),
                json.text("secretArn"),
                json.text("description"),
                json.text("authorization"),
                json.object("parameters").members(),
                json.flag("authorized"),
                json.textIf("reason"),
                json.time("createdAt"),
                json.time("modifiedAt"));
    }
}
