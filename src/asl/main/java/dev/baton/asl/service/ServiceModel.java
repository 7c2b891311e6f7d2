package dev.baton.asl.service;

import dev.baton.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The operations of one service, by the names that `arn:aws:states:::aws-sdk:SERVICE:OPERATION` gives them.
///
/// The models are data, written by `.ci/data/aws-services.py`, and read one by one when somebody asks for a service.
public final class ServiceModel {
    /// Names under which a service is called besides its own: its id with `Service` at the end, as AWS's list has some.
    private static final String LAST_WORD = "service";

    private static final Map<String, Optional<ServiceModel>> READ = new ConcurrentHashMap<>();

    private final Map<?, ?> operations;
    private final Map<?, ?> shapes;

    private ServiceModel(Map<String, @Nullable Object> json) {
        this.operations = (Map<?, ?>) Shape.present(json.get("operations"));
        this.shapes = (Map<?, ?>) Shape.present(json.get("shapes"));
    }

    /// An operation's input and output; null where it takes or answers nothing.
    public record Operation(@Nullable Shape input, @Nullable Shape output) {}

    /// @param service as the integration names it, such as `s3` or `cloudwatchlogs`
    /// @return nothing where AWS has no such service
    public static Optional<ServiceModel> of(String service) {
        return READ.computeIfAbsent(service, ServiceModel::read);
    }

    private static Optional<ServiceModel> read(String service) {
        if (!service.matches("[a-z0-9]+")) {
            return Optional.empty();
        }
        try (var data = ServiceModel.class.getResourceAsStream("models/" + service + ".json.gz")) {
            if (data == null) {
                return service.endsWith(LAST_WORD)
                        ? read(service.substring(0, service.length() - LAST_WORD.length()))
                        : Optional.empty();
            }
            return Optional.of(new ServiceModel(Json.parseObject(new GZIPInputStream(data).readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param operation in camelCase, such as `getObject`
    public Optional<Operation> operation(String operation) {
        return operations.get(operation) instanceof java.util.List<?> sides
                ? Optional.of(new Operation(shape(sides.get(0)), shape(sides.get(1))))
                : Optional.empty();
    }

    /// The names of all operations, in camelCase.
    public Set<String> operations() {
        return Set.copyOf(operations.keySet().stream().map(String::valueOf).toList());
    }

    private @Nullable Shape shape(@Nullable Object json) {
        return json == null ? null : Shape.of(json, shapes);
    }
}
