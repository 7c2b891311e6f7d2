package dev.baton.local.iam.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An IAM decision worked out from the documents as they are written, statement by statement, in the slowest way there
/// is. It shares no code with [Evaluator] and knows only the small world of [RandomPolicies].
///
/// Written from [Policy evaluation
/// logic](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html)
/// and the pages on the elements of a policy.
final class SecondOpinion {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Set<String> RESOURCE_CONTROLLED = Set.of("s3", "sts", "kms");

    private final Map<String, Object> request;
    private final Map<String, Object> policies;
    private final String who;
    private final @Nullable String account;

    private SecondOpinion(Map<String, Object> request, Map<String, Object> policies) {
        this.request = request;
        this.policies = policies;
        this.who = request.get("principal") instanceof Map<?, ?> typed
                ? (String) typed.get("service")
                : String.valueOf(request.get("principal"));
        this.account = who.startsWith("arn:") ? who.split(":")[4] : null;
    }

    /// @return `Allow`, `ExplicitDeny` or `ImplicitDeny`
    static String on(Map<String, Object> request, Map<String, Object> policies) {
        return new SecondOpinion(request, policies).decide();
    }

    private String decide() {
        boolean serviceLinked = who.contains("aws-service-role");
        var serviceControl = account == null || serviceLinked ? List.of() : list(policies.get("scp"));
        boolean controlled = RESOURCE_CONTROLLED.contains(text("action").split(":")[0]) && !serviceLinked;
        var resourceControl = controlled ? list(policies.get("rcp")) : List.of();

        var everywhere = new ArrayList<Object>();
        serviceControl.forEach(level -> everywhere.addAll(list(map(level).get("policies"))));
        resourceControl.forEach(level -> everywhere.addAll(list(map(level).get("policies"))));
        for (var layer : List.of("endpoint", "resource", "boundary", "session", "identity")) {
            everywhere.addAll(list(policies.get(layer)));
        }
        if (everywhere.stream().anyMatch(policy -> applies("Deny", policy))) {
            return "ExplicitDeny";
        }
        return allowed(serviceControl, resourceControl) ? "Allow" : "ImplicitDeny";
    }

    private boolean allowed(List<?> serviceControl, List<?> resourceControl) {
        for (var level : serviceControl) {
            if (!allows(map(level).get("policies"))) {
                return false;
            }
        }
        for (var level : resourceControl) {
            boolean onlyDenies = list(map(level).get("policies")).stream()
                    .flatMap(policy -> list(map(policy).get("Statement")).stream())
                    .noneMatch(statement -> map(statement).get("Effect").equals("Allow"));
            if (!onlyDenies && !allows(map(level).get("policies"))) {
                return false;
            }
        }
        if (!list(policies.get("endpoint")).isEmpty() && !allows(policies.get("endpoint"))) {
            return false;
        }
        boolean itself = grants("itself");
        boolean itsRole = grants("role");
        boolean itsAccount = grants("account");
        if (account == null) {
            return itself;
        }
        boolean same = account.equals(text("resourceAccount"));
        boolean closed = (text("action").startsWith("sts:") && text("resource").contains(":role/"))
                || (text("action").startsWith("kms:") && text("resource").contains(":key/"));
        if ((!same || closed) && !itself && !itsRole && !itsAccount) {
            return false;
        }
        if (same && itself) {
            return true;
        }
        boolean root = who.endsWith(":root");
        boolean federated = who.contains(":federated-user/");
        return (root || (same && itsRole && !federated) || allows(policies.get("identity")))
                && (list(policies.get("boundary")).isEmpty() || allows(policies.get("boundary")))
                && (list(policies.get("session")).isEmpty() ? !federated : allows(policies.get("session")));
    }

    /// Whether a statement of the resource's policy allows the request to the principal named in this way.
    private boolean grants(String how) {
        for (var policy : list(policies.get("resource"))) {
            for (var item : list(map(policy).get("Statement"))) {
                var statement = map(item);
                if (statement.get("Effect").equals("Allow")
                        && named(statement.get("Principal")).contains(how)
                        && fits(statement, map(policy))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean allows(@Nullable Object among) {
        return list(among).stream().anyMatch(policy -> applies("Allow", policy));
    }

    private boolean applies(String effect, Object policy) {
        return list(map(policy).get("Statement")).stream()
                .map(SecondOpinion::map)
                .anyMatch(statement -> statement.get("Effect").equals(effect)
                        && concerns(statement)
                        && fits(statement, map(policy)));
    }

    private boolean concerns(Map<String, Object> statement) {
        if (statement.containsKey("Principal")) {
            return !named(statement.get("Principal")).isEmpty();
        }
        if (statement.containsKey("NotPrincipal")) {
            var named = named(statement.get("NotPrincipal"));
            boolean excepted = named.contains("itself") || (named.contains("role") && who.contains(":role/"));
            return !excepted || !list(policies.get("boundary")).isEmpty();
        }
        return true;
    }

    /// The ways in which a principal element names the principal: `itself`, its `role`, its `account`.
    private List<String> named(@Nullable Object element) {
        if (element == null) {
            return List.of();
        }
        if (element.equals("*")) {
            return List.of("itself");
        }
        var ways = new ArrayList<String>();
        list(map(element).get("Service")).forEach(name -> {
            if (name.equals(who)) {
                ways.add("itself");
            }
        });
        for (var name : list(map(element).get("AWS"))) {
            var role = who.replaceAll("arn:aws:sts::([0-9]*):assumed-role/(.*)/[^/]*", "arn:aws:iam::$1:role/$2");
            if (name.equals("*") || (name.equals(who) && !who.contains(":role/"))) {
                ways.add("itself");
            } else if (name.equals(role)) {
                ways.add("role");
            } else if (name.equals(account) || name.equals("arn:aws:iam::" + account + ":root")) {
                ways.add(who.endsWith(":root") ? "itself" : "account");
            }
        }
        return ways;
    }

    private boolean fits(Map<String, Object> statement, Map<String, Object> policy) {
        boolean variables = "2012-10-17".equals(policy.get("Version"));
        boolean action = statement.containsKey("Action")
                ? any(statement.get("Action"), text("action"), false, this::likeAction)
                : !any(statement.get("NotAction"), text("action"), false, this::likeAction);
        boolean resource = statement.containsKey("Resource")
                ? any(statement.get("Resource"), text("resource"), variables, SecondOpinion::likeArn)
                : !statement.containsKey("NotResource")
                        || !any(statement.get("NotResource"), text("resource"), variables, SecondOpinion::likeArn);
        return action && resource && conditions(map(statement.getOrDefault("Condition", Map.of())), variables);
    }

    private boolean likeAction(String pattern, String text) {
        return like(pattern.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT));
    }

    private boolean any(
            @Nullable Object patterns, String text, boolean variables, BiPredicate<String, String> comparison) {
        for (var pattern : list(patterns)) {
            var known = variables ? resolved((String) pattern) : (String) pattern;
            if (known != null && comparison.test(known, text)) {
                return true;
            }
        }
        return false;
    }

    private boolean conditions(Map<String, Object> block, boolean variables) {
        return block.entrySet().stream().allMatch(operator -> map(operator.getValue()).entrySet().stream()
                .allMatch(key -> condition(operator.getKey(), key.getKey(), list(key.getValue()), variables)));
    }

    private boolean condition(String written, String key, List<?> wanted, boolean variables) {
        boolean forAll = written.startsWith("ForAllValues:");
        boolean forAny = written.startsWith("ForAnyValue:");
        boolean ifExists = written.endsWith("IfExists");
        var operator = written.replaceAll("^.*:|IfExists$", "");
        boolean not = operator.contains("Not");
        var context = map(request.get("context"));
        List<?> actual = context.containsKey(key) ? list(context.get(key)) : null;
        if (operator.equals("Null")) {
            return wanted.getFirst().equals(String.valueOf(actual == null || actual.isEmpty()));
        }
        if (actual == null || actual.isEmpty()) {
            return ifExists || (!forAny && (forAll || not));
        }
        // One value satisfies a negated operator when it is none of those wanted, another when it is one of them.
        BiPredicate<String, String> comparison = comparison(operator.replace("Not", ""));
        var satisfied = actual.stream()
                .map(value -> any(wanted, (String) value, variables, comparison) != not)
                .toList();
        return forAny ? satisfied.contains(true) : !satisfied.contains(false);
    }

    private static BiPredicate<String, String> comparison(String operator) {
        return switch (operator) {
            case "StringEquals" -> String::equals;
            case "StringEqualsIgnoreCase" -> String::equalsIgnoreCase;
            case "StringLike" -> SecondOpinion::like;
            case "ArnLike", "ArnEquals" -> SecondOpinion::likeArn;
            case "Bool" -> String::equalsIgnoreCase;
            case "NumericLessThan" -> (wanted, value) -> Integer.parseInt(value) < Integer.parseInt(wanted);
            case "NumericGreaterThanEquals" -> (wanted, value) -> Integer.parseInt(value) >= Integer.parseInt(wanted);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /// A text with its variables replaced, or null where one has no single value. A wildcard in a value is text, which
    /// is marked by a character that the small world does not have.
    private @Nullable String resolved(String text) {
        var variable = VARIABLE.matcher(text);
        var resolved = new StringBuilder();
        while (variable.find()) {
            var values = list(map(request.get("context")).get(variable.group(1)));
            if (values.size() != 1) {
                return null;
            }
            var value = ((String) values.getFirst()).replace("*", "\u0001");
            variable.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(resolved).toString();
    }

    private static boolean likeArn(String pattern, String text) {
        var wanted = pattern.split(":", 6);
        var parts = text.split(":", 6);
        if (pattern.equals("*") || wanted.length < 6 || parts.length < 6) {
            return like(pattern, text);
        }
        for (int i = 0; i < 6; i++) {
            if (!like(wanted[i], parts[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean like(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return like(pattern.substring(1), text) || (!text.isEmpty() && like(pattern, text.substring(1)));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0)
                        || (pattern.charAt(0) == '\u0001' && text.charAt(0) == '*'))
                && like(pattern.substring(1), text.substring(1));
    }

    private String text(String name) {
        return (String) request.get(name);
    }

    private static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : value instanceof List<?> many ? many : List.of(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
