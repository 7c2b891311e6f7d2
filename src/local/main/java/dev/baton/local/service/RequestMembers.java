package dev.baton.local.service;

import dev.baton.asl.service.ServiceModel;
import dev.baton.asl.service.Shape;
import dev.baton.local.http.AwsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What of the inputs of a service's operations is honoured. What else AWS's model has is refused rather than passed
/// over; what the model does not know is ignored, as AWS ignores it.
///
/// The table is `members/SERVICE.txt`, a line for each operation: the members that are honoured, `NAME=VALUE` those
/// that are so with one value alone, and `~NAME` those that are accepted and have no effect.
public final class RequestMembers {
    /// Services under other names than their model.
    private static final Map<String, String> MODELS =
            Map.of("states", "sfn", "events", "eventbridge", "logs", "cloudwatchlogs");

    private static final Map<String, RequestMembers> READ = new ConcurrentHashMap<>();

    private final String service;
    private final Map<String, Operation> operations;

    /// @param only the values of those that are honoured with one alone
    private record Operation(Set<String> honoured, Set<String> without, Map<String, String> only) {}

    private RequestMembers(String service, Map<String, Operation> operations) {
        this.service = service;
        this.operations = operations;
    }

    /// @param service as in a credential scope; one without a table checks nothing
    public static RequestMembers of(String service) {
        return READ.computeIfAbsent(service, RequestMembers::read);
    }

    private static RequestMembers read(String service) {
        var operations = new TreeMap<String, Operation>();
        try (var table = RequestMembers.class.getResourceAsStream("members/" + service + ".txt")) {
            if (table != null) {
                new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                    var words = line.split(" ");
                    operations.put(words[0], operation(List.of(words).subList(1, words.length)));
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RequestMembers(service, operations);
    }

    private static Operation operation(List<String> words) {
        var honoured = new TreeSet<String>();
        var without = new TreeSet<String>();
        var only = new TreeMap<String, String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            if (word.startsWith("~")) {
                without.add(word.substring(1));
            } else if (equals < 0) {
                honoured.add(word);
            } else {
                only.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return new Operation(honoured, without, only);
    }

    /// The operations of the table.
    public Set<String> operations() {
        return Set.copyOf(operations.keySet());
    }

    /// The members that an operation honours.
    public Set<String> honoured(String operation) {
        return Objects.requireNonNull(operations.get(operation)).honoured();
    }

    /// The members that an operation honours with one value alone, and refuses with others.
    public Map<String, String> fixed(String operation) {
        return Objects.requireNonNull(operations.get(operation)).only();
    }

    /// The members that an operation accepts and that have no effect.
    public Set<String> withoutEffect(String operation) {
        return Objects.requireNonNull(operations.get(operation)).without();
    }

    /// All members that AWS's own operation has.
    ///
    /// @param operation such as `PutRule`
    public Set<String> known(String operation) {
        var name = Character.toLowerCase(operation.charAt(0)) + operation.substring(1);
        return ServiceModel.of(MODELS.getOrDefault(service, service))
                .flatMap(model -> model.operation(name))
                .map(ServiceModel.Operation::input)
                .map(input -> input instanceof Shape.Structure structure ? structure.members() : Set.<String>of())
                .orElse(Set.of());
    }

    /// @param members the input; their names may begin with a small letter
    /// @throws AwsError `NotImplemented` where one would be passed over
    public void check(String operation, Map<String, ? extends @Nullable Object> members) {
        var known = operations.get(operation);
        if (known == null) {
            return;
        }
        members.forEach((given, value) -> {
            var name = given.isEmpty() ? given : Character.toUpperCase(given.charAt(0)) + given.substring(1);
            if (known.honoured().contains(name) || known.without().contains(name) || isNothing(value)) {
                return;
            }
            var only = known.only().get(name);
            if (only != null) {
                if (!only.equals(value)) {
                    throw refused(operation, name + " " + value + ", but " + only);
                }
            } else if (known(operation).stream().anyMatch(name::equalsIgnoreCase)) {
                throw refused(operation, name);
            }
        });
    }

    /// Empty lists and the like are how SDKs and templates say that they want nothing.
    private static boolean isNothing(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean yes -> !yes;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private AwsError refused(String operation, String what) {
        return new AwsError(
                501, "NotImplemented", "The embedded AWS does not honour " + what + " of " + operation + ".");
    }
}
