package dev.baton.local.service;

import dev.baton.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The requests of a service as AWS's own model has them. `.ci/data/local-requests.py` writes the data.
final class RequestModel {
    private static final Map<String, RequestModel> READ = new ConcurrentHashMap<>();
    private static final RequestShape.Structure NOTHING = new RequestShape.Structure(Map.of(), List.of(), null);

    private final Map<?, ?> operations;
    private final Map<String, RequestShape> shapes = new LinkedHashMap<>();

    private RequestModel(ApiInput model) {
        operations = model.object("operations").members();
        model.object("shapes").members().forEach((name, shape) -> shapes.put((String) name, shape(ApiInput.of(shape))));
    }

    /// @param service as in a credential scope; one that there is no data of has no operations
    static RequestModel of(String service) {
        return READ.computeIfAbsent(service, RequestModel::read);
    }

    private static RequestModel read(String service) {
        try (var data = RequestModel.class.getResourceAsStream("requests/" + service + ".json")) {
            return new RequestModel(
                    data == null ? ApiInput.of(null) : new ApiInput(Json.parseObject(data.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String operation) {
        return operations.containsKey(operation);
    }

    /// What an operation takes; a structure without members where nothing is known of it.
    RequestShape.Structure input(String operation) {
        var name = operations.get(operation);
        return name == null ? NOTHING : (RequestShape.Structure) shape((String) name);
    }

    RequestShape shape(String name) {
        return Objects.requireNonNull(shapes.get(name), name);
    }

    /// The structure that a shape is, or is a list or map of; nothing for others.
    RequestShape.@Nullable Structure structure(String name) {
        return switch (shape(name)) {
            case RequestShape.Structure structure -> structure;
            case RequestShape.ListOf list -> structure(list.element());
            default -> null;
        };
    }

    private static RequestShape shape(ApiInput shape) {
        return switch (shape.require("type")) {
            case "string", "character" -> text(shape);
            case "integer", "long" -> new RequestShape.Numeric(bounds(shape), true);
            case "float", "double" -> new RequestShape.Numeric(bounds(shape), false);
            case "boolean" -> new RequestShape.Flag();
            case "list" -> new RequestShape.ListOf(bounds(shape), shape.require("member"));
            case "map" ->
                new RequestShape.MapOf(
                        bounds(shape),
                        shape.require("key"),
                        shape.require("value"),
                        shape.text("keyName", "key"),
                        shape.text("valueName", "value"));
            case "structure" -> structure(shape);
            case "blob" -> new RequestShape.Bytes(bounds(shape));
            default -> new RequestShape.Other();
        };
    }

    private static RequestShape.Text text(ApiInput shape) {
        var pattern = shape.text("pattern");
        return new RequestShape.Text(
                bounds(shape),
                pattern == null ? null : Pattern.compile(pattern, Pattern.DOTALL),
                shape.texts("enum"),
                shape.flag("sensitive"));
    }

    private static RequestShape.Bounds bounds(ApiInput shape) {
        return new RequestShape.Bounds(whole(shape.value("min")), whole(shape.value("max")));
    }

    private static @Nullable Long whole(@Nullable Object number) {
        return number instanceof Number bound ? (Long) bound.longValue() : null;
    }

    private static RequestShape.Structure structure(ApiInput shape) {
        var members = new LinkedHashMap<String, RequestShape.Member>();
        shape.object("members")
                .members()
                .forEach((name, member) -> members.put((String) name, member((String) name, member)));
        return new RequestShape.Structure(members, shape.texts("required"), shape.text("payload"));
    }

    private static RequestShape.Member member(String name, Object member) {
        if (member instanceof String shape) {
            return new RequestShape.Member(shape, RequestShape.Location.BODY, name);
        }
        var elsewhere = ApiInput.of(member);
        var location = switch (elsewhere.require("location")) {
            case "uri" -> RequestShape.Location.PATH;
            case "querystring" -> RequestShape.Location.QUERY;
            default -> RequestShape.Location.HEADER;
        };
        return new RequestShape.Member(elsewhere.require("shape"), location, elsewhere.require("locationName"));
    }
}
