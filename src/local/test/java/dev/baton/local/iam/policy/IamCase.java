package dev.baton.local.iam.policy;

import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request and the policies that decide it, as a JSON object writes them.
final class IamCase {
    private IamCase() {}

    /// Decides `{"request": {…}, "policies": {…}}`. The context is exactly what the case gives: an evaluator that
    /// adds keys of its own would answer another question.
    static Decision decide(Map<String, Object> request, Map<String, Object> policies) {
        return Evaluator.decide(request(request), policies(policies));
    }

    private static Request request(Map<String, Object> request) {
        var principal = principal(request.get("principal"));
        var action = (String) request.get("action");
        return new Request(
                principal,
                action,
                (String) request.get("resource"),
                (String)
                        Objects.requireNonNullElse(request.get("resourceAccount"), String.valueOf(principal.account())),
                request.get("context") == null ? RequestContext.EMPTY : context(map(request.get("context"))),
                action.toLowerCase(Locale.ROOT));
    }

    /// An ARN, a service's name, `{"service": …}`, `{"federated": …}`, or null for nobody.
    private static Principal principal(@Nullable Object principal) {
        return switch (principal) {
            case null -> new Principal.Anonymous();
            case Map<?, ?> typed
            when typed.get("service") instanceof String service -> new Principal.Service(service, null);
            case Map<?, ?> typed
            when typed.get("federated") instanceof String provider -> new Principal.Federated(provider);
            case Map<?, ?> typed when typed.get("aws") instanceof String arn -> Principal.parse(arn);
            case String text -> Principal.parse(text);
            default -> throw new IllegalArgumentException("expected a principal, but was " + principal);
        };
    }

    private static RequestContext context(Map<String, Object> keys) {
        var values = new TreeMap<String, List<String>>();
        keys.forEach((key, value) -> {
            if (value instanceof List<?> many) {
                values.put(key, many.stream().map(String::valueOf).toList());
            } else if (value != null) {
                values.put(key, List.of(String.valueOf(value)));
            }
        });
        return RequestContext.of(values);
    }

    private static PolicySet policies(Map<String, Object> policies) {
        var resource = list("resource", policies.get("resource"));
        return new PolicySet(
                list("identity", policies.get("identity")),
                list("boundary", policies.get("boundary")),
                list("session", policies.get("session")),
                resource.isEmpty() ? null : resource.getFirst(),
                levels("scp", policies.get("scp")),
                levels("rcp", policies.get("rcp")),
                list("endpoint", policies.get("endpoint")));
    }

    private static List<List<Policy>> levels(String name, @Nullable Object levels) {
        return levels == null
                ? List.of()
                : ((List<?>) levels)
                        .stream()
                                .map(level -> list(name, map(level).get("policies")))
                                .toList();
    }

    private static List<Policy> list(String name, @Nullable Object policies) {
        var found = new ArrayList<Policy>();
        for (var policy : policies == null ? List.of() : policies instanceof List<?> many ? many : List.of(policies)) {
            found.add(Policy.parse(name + " " + (found.size() + 1), Json.print(policy)));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) value;
    }
}
