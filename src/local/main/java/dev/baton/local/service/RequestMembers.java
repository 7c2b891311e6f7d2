package dev.baton.local.service;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The members of a service's inputs that are honoured. What else AWS's model has is refused rather than passed over;
/// what the model does not know is ignored, as AWS ignores it.
///
/// The table is `members/SERVICE.txt`, a line for each operation: the members that are honoured, `NAME=VALUE` those
/// that are so with one value alone, and `~NAME` those that are accepted and have no effect. A member is honoured with
/// all that is in it, unless the line has `NAME.MEMBER`: then only what is listed so.
public final class RequestMembers {
    private static final Map<String, RequestMembers> READ = new ConcurrentHashMap<>();

    private final RequestModel model;
    private final Map<String, Operation> operations;

    /// @param only the values of those that are honoured with one alone
    /// @param within those that are looked into
    private record Operation(Set<String> honoured, Set<String> without, Map<String, String> only, Set<String> within) {}

    private RequestMembers(RequestModel model, Map<String, Operation> operations) {
        this.model = model;
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
        return new RequestMembers(RequestModel.of(service), operations);
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
        var within = new TreeSet<String>();
        for (var word : words) {
            var path = word.substring(
                    word.startsWith("~") ? 1 : 0, word.contains("=") ? word.indexOf('=') : word.length());
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                within.add(path.substring(0, dot));
            }
        }
        return new Operation(honoured, without, only, within);
    }

    /// The operations of the table.
    public Set<String> operations() {
        return Set.copyOf(operations.keySet());
    }

    /// The members that an operation honours, and those within the ones that are looked into.
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

    /// All members that AWS's own operation has, and those within the ones that are looked into, as `Code.ZipFile`.
    ///
    /// @param operation such as `PutRule`
    public Set<String> known(String operation) {
        var known = new TreeSet<String>();
        var table = operations.get(operation);
        add(known, "", model.input(operation), table == null ? Set.of() : table.within());
        return known;
    }

    private void add(Set<String> known, String prefix, RequestShape.Structure shape, Set<String> within) {
        shape.members().forEach((name, member) -> {
            var path = prefix + capital(name);
            known.add(path);
            if (within.contains(path) && model.structure(member.shape()) instanceof RequestShape.Structure inner) {
                add(known, path + ".", inner, within);
            }
        });
    }

    /// All that is within the members that an operation honours with all that is in them.
    public Set<String> taken(String operation) {
        var table = Objects.requireNonNull(operations.get(operation));
        var taken = new TreeSet<String>();
        take(taken, table, "", model.input(operation));
        return taken;
    }

    private void take(Set<String> taken, Operation table, String prefix, RequestShape.Structure shape) {
        shape.members().forEach((name, member) -> {
            var path = prefix + capital(name);
            var inner = model.structure(member.shape());
            if (table.within().contains(path)) {
                take(taken, table, path + ".", Objects.requireNonNull(inner));
            } else if (inner != null && table.honoured().contains(path)) {
                takeAll(taken, path + ".", inner, Set.of());
            }
        });
    }

    /// @param around the structures that it is in: one may hold others of its own kind
    private void takeAll(
            Set<String> taken, String prefix, RequestShape.Structure shape, Set<RequestShape.Structure> around) {
        var within = new HashSet<>(around);
        within.add(shape);
        shape.members().forEach((name, member) -> {
            var inner = model.structure(member.shape());
            if (taken.add(prefix + capital(name)) && inner != null && !within.contains(inner)) {
                takeAll(taken, prefix + capital(name) + ".", inner, within);
            }
        });
    }

    private static String capital(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /// @param members the input; their names may begin with a small letter
    /// @throws AwsError `NotImplemented` where one would be passed over
    public void check(String operation, Map<String, ? extends @Nullable Object> members) {
        var table = operations.get(operation);
        if (table != null) {
            check(operation, table, "", members);
        }
    }

    private void check(String operation, Operation table, String prefix, Map<?, ?> members) {
        members.forEach((given, value) -> {
            var name = prefix + capital(String.valueOf(given));
            if (table.without().contains(name) || isNothing(value)) {
                return;
            }
            var only = table.only().get(name);
            if (table.within().contains(name)) {
                look(operation, table, name + ".", value);
            } else if (only != null) {
                if (!only.equals(value instanceof String text ? text : Json.print(value))) {
                    throw refused(operation, name + " " + value + ", but " + only);
                }
            } else if (!table.honoured().contains(name)
                    && known(operation).stream().anyMatch(name::equalsIgnoreCase)) {
                throw refused(operation, name);
            }
        });
    }

    private void look(String operation, Operation table, String prefix, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> check(operation, table, prefix, map);
            case List<?> list -> list.forEach(each -> look(operation, table, prefix, each));
            case null, default -> {}
        }
    }

    /// Empty lists and the like are how SDKs and templates say that they want nothing.
    private static boolean isNothing(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean yes -> !yes;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.values().stream().allMatch(RequestMembers::isNothing);
            default -> false;
        };
    }

    private AwsError refused(String operation, String what) {
        return new AwsError(
                501, "NotImplemented", "The embedded AWS does not honour " + what + " of " + operation + ".");
    }
}
