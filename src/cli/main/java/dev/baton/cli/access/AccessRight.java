package dev.baton.cli.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The least that a statement says: one action on one resource for one principal, allowed or denied within limits.
///
/// @param statement its name, or its number, for people
/// @param principal `AWS arn:…`; `*` in policies that name none
record AccessRight(
        boolean allows,
        String statement,
        ElementSelection principal,
        ElementSelection action,
        ElementSelection resource,
        List<ConditionLimit> limits) {
    private static final int MOST_SPLIT = 256;
    /// What a policy does not speak of: a trust policy of resources, an identity's of principals.
    private static final Wildcard UNSAID = new Wildcard("", Wildcard.of("*").parts());

    AccessRight {
        limits = List.copyOf(limits);
    }

    /// The rights that a policy gives and takes.
    static List<AccessRight> of(Map<String, ?> policy) {
        var rights = new ArrayList<AccessRight>();
        var number = 0;
        for (var element : list(policy.get("Statement"))) {
            number++;
            if (element instanceof Map<?, ?> statement) {
                var name = statement.get("Sid") instanceof String sid ? sid : "number " + number;
                var limits = limits(statement.get("Condition"));
                for (var principal : principals(statement)) {
                    for (var action : selections(statement, "Action", true)) {
                        for (var resource : selections(statement, "Resource", false)) {
                            rights.add(new AccessRight(
                                    "Allow".equals(statement.get("Effect")),
                                    name,
                                    principal,
                                    action,
                                    resource,
                                    limits));
                        }
                    }
                }
            }
        }
        return rights;
    }

    /// Whether the others together say all that this says. Only what one of them says alone is found, for each value of
    /// each condition by itself: where several would have to be put together it counts as not said.
    boolean isSaidBy(Collection<AccessRight> others) {
        var alike = others.stream()
                .filter(other -> other.allows == allows
                        && other.principal.covers(principal)
                        && other.action.covers(action)
                        && other.resource.covers(resource))
                .toList();
        return alike.stream().anyMatch(other -> other.lets(limits))
                || split(limits).stream().allMatch(one -> alike.stream().anyMatch(other -> other.lets(one)));
    }

    /// Whether both may be about one resource.
    boolean mayMeet(AccessRight other) {
        return !(resource instanceof ElementSelection.Just(var mine))
                || !(other.resource instanceof ElementSelection.Just(var theirs))
                || mine.mayMeet(theirs);
    }

    /// Whether a denial takes away all of this.
    boolean isTakenBy(Collection<AccessRight> denials) {
        return denials.stream()
                .anyMatch(denial -> !denial.allows
                        && denial.principal.covers(principal)
                        && denial.action.covers(action)
                        && denial.resource.covers(resource)
                        && denial.lets(limits));
    }

    private boolean lets(List<ConditionLimit> narrower) {
        return limits.stream().allMatch(limit -> narrower.stream().anyMatch(one -> one.implies(limit)));
    }

    private static List<List<ConditionLimit>> split(List<ConditionLimit> limits) {
        List<List<ConditionLimit>> all = List.of(List.of());
        for (var limit : limits) {
            var more = new ArrayList<List<ConditionLimit>>();
            for (var before : all) {
                for (var single : limit.single()) {
                    var one = new ArrayList<>(before);
                    one.add(single);
                    more.add(one);
                }
            }
            if (more.size() > MOST_SPLIT) {
                return List.of(limits);
            }
            all = more;
        }
        return all;
    }

    private static List<ConditionLimit> limits(@Nullable Object condition) {
        var limits = new ArrayList<ConditionLimit>();
        if (condition instanceof Map<?, ?> operators) {
            operators.forEach((operator, keys) -> {
                if (keys instanceof Map<?, ?> map) {
                    map.forEach((key, values) -> limits.add(
                            new ConditionLimit(String.valueOf(operator), String.valueOf(key), texts(values))));
                }
            });
        }
        return limits;
    }

    private static List<ElementSelection> principals(Map<?, ?> statement) {
        if (statement.get("NotPrincipal") != null) {
            return List.of(new ElementSelection.AllBut(names(statement.get("NotPrincipal"))));
        }
        if (statement.get("Principal") == null) {
            return List.of(new ElementSelection.Just(UNSAID));
        }
        return names(statement.get("Principal")).stream()
                .<ElementSelection>map(ElementSelection.Just::new)
                .toList();
    }

    /// Principals have no wildcards but `*`, which is everybody.
    private static List<Wildcard> names(@Nullable Object principal) {
        var names = new ArrayList<Wildcard>();
        if (principal instanceof Map<?, ?> byType) {
            byType.forEach((type, values) -> texts(values)
                    .forEach(value -> names.add(
                            type.equals("AWS") && value.equals("*")
                                    ? Wildcard.of("*")
                                    : Wildcard.literal(type + " " + value))));
        } else {
            texts(principal).forEach(text -> names.add(text.equals("*") ? Wildcard.of("*") : Wildcard.literal(text)));
        }
        return names;
    }

    private static List<ElementSelection> selections(Map<?, ?> statement, String element, boolean folded) {
        var not = statement.get("Not" + element);
        if (not != null) {
            return List.of(new ElementSelection.AllBut(
                    texts(not).stream().map(text -> wildcard(text, folded)).toList()));
        }
        var given = statement.get(element);
        return given == null
                ? List.of(new ElementSelection.Just(UNSAID))
                : texts(given).stream()
                        .<ElementSelection>map(text -> new ElementSelection.Just(wildcard(text, folded)))
                        .toList();
    }

    private static Wildcard wildcard(String text, boolean folded) {
        return folded ? Wildcard.folded(text) : Wildcard.of(text);
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static TreeSet<String> texts(@Nullable Object value) {
        return list(value).stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /// Whether it is about every resource.
    boolean isAnywhere() {
        return resource instanceof ElementSelection.Just(var pattern) && pattern.isEverything();
    }

    /// On what and for whom, as far as its policy says.
    String about() {
        var on = isUnsaid(resource) ? "" : "on " + resource;
        var whom = isUnsaid(principal) ? "" : "for " + principal;
        return (on + " " + whom).strip();
    }

    private static boolean isUnsaid(ElementSelection selection) {
        return selection instanceof ElementSelection.Just(var pattern) && pattern.equals(UNSAID);
    }

    /// On one line, the same for the same right however its statement is called: an accept line has it.
    @Override
    public String toString() {
        var about = about();
        var text = new StringBuilder(allows ? "allow " : "deny ")
                .append(action)
                .append(about.isEmpty() ? "" : " " + about);
        if (!limits.isEmpty()) {
            text.append(" when ")
                    .append(limits.stream()
                            .map(ConditionLimit::toString)
                            .sorted()
                            .collect(Collectors.joining("; ")));
        }
        return text.toString();
    }
}
