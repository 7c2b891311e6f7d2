package dev.baton.compiler.reference;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.name.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A review of policies: actions, resources and condition keys that do not exist or do not go together, and rights that
/// are too wide to be derived.
///
/// IAM itself takes most of this without a word, and the right is then missing when it is needed.
public final class PolicyReview {
    private final ServiceReference reference;
    private final String place;
    private final List<Diagnostic> findings = new ArrayList<>();

    private PolicyReview(ServiceReference reference, String place) {
        this.reference = reference;
        this.place = place;
    }

    /// The findings about a policy of an identity or a resource.
    ///
    /// @param place what findings name, such as the role
    /// @param policy a JSON object, which may have `${…}`
    /// @param task whether it says what a task may do: then rights over identities are refused
    public static List<Diagnostic> of(String place, Map<String, @Nullable Object> policy, boolean task) {
        var review = new PolicyReview(ServiceReference.aws(), place);
        for (var statement : list(policy.get("Statement"))) {
            if (statement instanceof Map<?, ?> object) {
                review.statement(object, task);
            }
        }
        return review.findings;
    }

    private void statement(Map<?, ?> statement, boolean task) {
        var allows = "Allow".equals(statement.get("Effect"));
        for (var element : List.of("NotAction", "NotResource")) {
            if (allows && statement.containsKey(element)) {
                findings.add(CompilerFindings.allBut(place, name(statement), element));
            }
        }
        var actions = texts(statement.get("Action"));
        var resources = texts(statement.get("Resource"));
        if (allows) {
            actions.forEach(action -> allowed(action, task));
        }
        var known = new ArrayList<ServiceReference.Action>();
        for (var action : actions) {
            if (action.contains("*") || action.contains("?")) {
                // Refused where it allows; where it denies, the more the better.
                continue;
            }
            var found = reference.action(action);
            if (found == null) {
                findings.add(CompilerFindings.unknownAction(place, action, nearest(action)));
            } else {
                known.add(found);
            }
        }
        if (allows || !known.isEmpty()) {
            resources(known, resources, allows);
        }
        conditions(known, statement.get("Condition"));
    }

    private void allowed(String action, boolean task) {
        var folded = action.toLowerCase(Locale.ROOT);
        if (folded.contains("*") || folded.contains("?")) {
            findings.add(CompilerFindings.wildcard(place, action));
        } else if (task && (folded.startsWith("iam:") || folded.startsWith("sts:"))) {
            findings.add(CompilerFindings.identity(place, action));
        }
    }

    /// Each action has a resource to be allowed on, and each resource an action to be allowed.
    private void resources(List<ServiceReference.Action> actions, List<String> resources, boolean allows) {
        if (resources.isEmpty()) {
            return;
        }
        for (var action : actions) {
            var any = resources.contains("*");
            if (action.resources().isEmpty()) {
                if (!any) {
                    findings.add(CompilerFindings.noResource(place, action.name(), resources.getFirst()));
                }
            } else if (any) {
                if (allows) {
                    findings.add(CompilerFindings.everywhere(place, action.name(), types(action)));
                }
            } else if (resources.stream().noneMatch(resource -> fits(action, resource))) {
                findings.add(CompilerFindings.wrongResource(place, action.name(), resources.getFirst(), types(action)));
            }
        }
        for (var resource : resources) {
            if (!resource.equals("*")
                    && actions.stream().noneMatch(action -> fits(action, resource))
                    && actions.stream().anyMatch(action -> resources.stream().anyMatch(other -> fits(action, other)))) {
                findings.add(CompilerFindings.wrongResource(
                        place, actions.getFirst().name(), resource, types(actions.getFirst())));
            }
        }
    }

    private static boolean fits(ServiceReference.Action action, String resource) {
        return action.resources().stream().anyMatch(type -> type.meets(resource));
    }

    private static String types(ServiceReference.Action action) {
        return action.resources().stream().map(ArnTemplate::text).distinct().collect(Collectors.joining(" or "));
    }

    private void conditions(List<ServiceReference.Action> actions, @Nullable Object condition) {
        if (!(condition instanceof Map<?, ?> operators)) {
            return;
        }
        for (var keys : operators.values()) {
            if (!(keys instanceof Map<?, ?> map)) {
                continue;
            }
            for (var key : map.keySet()) {
                // The issuer of a token stands in the key itself.
                if (String.valueOf(key).startsWith("${")) {
                    continue;
                }
                for (var action : actions) {
                    if (!action.knows(String.valueOf(key))) {
                        findings.add(CompilerFindings.unknownKey(place, action.name(), String.valueOf(key)));
                    }
                }
            }
        }
    }

    /// What was probably meant: the action of the service that has most in common.
    private @Nullable String nearest(String action) {
        var colon = action.indexOf(':');
        var service = colon < 0 ? null : reference.service(action.substring(0, colon));
        if (service == null) {
            return null;
        }
        var wanted = action.substring(colon + 1).toLowerCase(Locale.ROOT);
        String best = null;
        var least = Math.max(3, wanted.length() / 2);
        for (var known : service.actions().entrySet()) {
            var distance = NearestName.distance(wanted, known.getKey());
            var name = known.getValue().name();
            if (distance < least || (distance == least && best != null && name.compareTo(best) < 0)) {
                best = name;
                least = distance;
            }
        }
        return best;
    }

    private static String name(Map<?, ?> statement) {
        return statement.get("Sid") instanceof String sid ? sid : "a statement";
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static List<String> texts(@Nullable Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }
}
