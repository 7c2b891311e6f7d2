package dev.baton.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.iam.policy.Evaluator;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicySet;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.Request;
import dev.baton.local.iam.policy.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// What the evaluator allows after and not before, the comparison calls wider: never does access grow unseen.
class ComparisonSoundnessTest {
    private static final String ACCOUNT = "111122223333";
    private static final int POLICIES = 1_200;
    private static final int REQUESTS = 60;
    private static final List<String> ACTIONS = List.of("s3:Get", "s3:GetAll", "s3:Put", "sqs:Get");
    private static final List<String> ACTION_PATTERNS =
            List.of("*", "s3:*", "s3:Get*", "s3:Get", "S3:get", "*:Get", "s3:???", "s3:?et*", "sqs:Get", "s3:Put");
    private static final List<String> NAMES = List.of("a", "ab", "b", "a/b", "ab/c", "*");
    private static final List<String> NAME_PATTERNS =
            List.of("*", "a*", "a", "?", "a?", "*b", "a/*", "?*", "*?", "ab*", "${*}", "a${aws:username}", "*/*");
    private static final List<String> OPERATORS = List.of(
            "StringEquals",
            "StringLike",
            "StringNotEquals",
            "StringNotLike",
            "StringEqualsIfExists",
            "StringNotEqualsIfExists",
            "StringEqualsIgnoreCase",
            "Null",
            "ForAllValues:StringLike",
            "ForAnyValue:StringEquals",
            "NumericLessThan",
            "NumericGreaterThanEquals",
            "ArnLike",
            "ForAnyValue:StringNotLike");
    private static final List<String> KEYS = List.of("s3:prefix", "S3:Prefix", "aws:tag");
    private static final List<String> VALUES = List.of("a", "A", "ab", "a*", "*", "?", "1", "5", "10");

    private final long seed = Long.getLong("baton.seed", System.nanoTime());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @Test
    void access_never_grows_unseen() {
        var grown = 0;
        var quiet = 0;
        for (var i = 0; i < POLICIES; i++) {
            var before = policy();
            var after = random.nextInt(4) == 0 ? policy() : changed(before);
            var changes = AccessComparison.of(revision(before), revision(after));
            var wider = changes.stream().anyMatch(AccessComparison.Change::wider);
            quiet += wider ? 0 : 1;
            for (var j = 0; j < REQUESTS; j++) {
                var request = request();
                if (allows(after, request) && !allows(before, request)) {
                    grown++;
                    assertThat(wider)
                            .as(
                                    "seed %d: %s on %s%nbefore %s%nafter %s",
                                    seed, request.action(), request.resource(), Json.print(before), Json.print(after))
                            .isTrue();
                    break;
                }
            }
        }
        // Both kinds came up often enough to mean something.
        assertThat(grown).as("seed " + seed).isGreaterThan(POLICIES / 20);
        assertThat(quiet).as("seed " + seed).isGreaterThan(POLICIES / 20);
    }

    private static boolean allows(Map<String, Object> policy, Request request) {
        return Evaluator.decide(request, PolicySet.NONE.withIdentity(Policy.parse("p", Json.print(policy))))
                .allowed();
    }

    private static PolicyRevision revision(Map<String, Object> policy) {
        return new PolicyRevision("r", new TreeMap<>(Map.of("p", policy)), null);
    }

    private Map<String, Object> policy() {
        var statements = new ArrayList<Object>();
        for (var i = random.nextInt(1, 3); i > 0; i--) {
            statements.add(statement());
        }
        return Map.of("Version", "2012-10-17", "Statement", statements);
    }

    /// The same policy with its statements turned round, and some of one exchanged, dropped or added.
    private Map<String, Object> changed(Map<String, Object> policy) {
        var statements = new ArrayList<Object>(((List<?>) policy.get("Statement")).reversed());
        switch (random.nextInt(6)) {
            case 0 -> statements.remove(random.nextInt(statements.size()));
            case 1 -> statements.add(statement());
            case 2 -> {
                var at = random.nextInt(statements.size());
                var copy = new LinkedHashMap<String, Object>();
                ((Map<?, ?>) statements.get(at)).forEach((name, value) -> copy.put((String) name, value));
                if (random.nextBoolean()) {
                    copy.remove("Condition");
                } else if (copy.containsKey("Resource")) {
                    copy.put("Resource", resources());
                }
                statements.set(at, copy);
            }
            case 3, 4 -> {
                var at = random.nextInt(statements.size());
                var copy = new LinkedHashMap<String, Object>();
                ((Map<?, ?>) statements.get(at)).forEach((name, value) -> copy.put((String) name, value));
                if (copy.get("Condition") instanceof Map<?, ?> condition) {
                    copy.put("Condition", changedCondition(condition));
                }
                statements.set(at, copy);
            }
            default -> {}
        }
        return Map.of("Version", "2012-10-17", "Statement", statements);
    }

    /// With one operator made another, or with other values.
    private Map<String, Object> changedCondition(Map<?, ?> condition) {
        var changed = new LinkedHashMap<String, Object>();
        condition.forEach((word, keys) -> {
            var operator = (String) word;
            var key = (String) ((Map<?, ?>) keys).keySet().iterator().next();
            var values = ((Map<?, ?>) keys).get(key);
            if (operator.equals("Null") || operator.startsWith("Numeric")) {
                values = operator.equals("Null") ? List.of("false") : List.of(one(List.of("1", "5", "10")));
            } else {
                switch (random.nextInt(4)) {
                    case 0 ->
                        operator = operator.endsWith("IfExists")
                                ? operator.substring(0, operator.length() - "IfExists".length())
                                : operator + "IfExists";
                    case 1 ->
                        operator = operator.contains("Like")
                                ? operator.replace("ArnLike", "ArnEquals").replace("Like", "Equals")
                                : operator.replace("Equals", "Like").replace("LikeIgnoreCase", "EqualsIgnoreCase");
                    case 2 ->
                        operator = operator.contains(":") ? operator.substring(operator.indexOf(':') + 1) : operator;
                    default -> {
                        var more = new ArrayList<Object>((List<?>) values);
                        if (more.size() > 1 && random.nextBoolean()) {
                            more.removeFirst();
                        } else {
                            more.add(one(VALUES));
                        }
                        values = more.stream().distinct().toList();
                    }
                }
            }
            changed.put(operator, Map.of(key, values));
        });
        return changed;
    }

    private Map<String, Object> statement() {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Effect", random.nextInt(4) == 0 ? "Deny" : "Allow");
        statement.put(random.nextInt(8) == 0 ? "NotAction" : "Action", some(ACTION_PATTERNS));
        statement.put(random.nextInt(8) == 0 ? "NotResource" : "Resource", resources());
        if (random.nextBoolean()) {
            var condition = new LinkedHashMap<String, Object>();
            for (var i = random.nextInt(1, 3); i > 0; i--) {
                var operator = one(OPERATORS);
                var values = operator.equals("Null")
                        ? List.of(random.nextBoolean() ? "true" : "false")
                        : operator.startsWith("Numeric") ? List.of(one(List.of("1", "5", "10"))) : some(VALUES);
                condition.put(operator, Map.of(one(KEYS), values));
            }
            statement.put("Condition", condition);
        }
        return statement;
    }

    private List<String> resources() {
        return some(NAME_PATTERNS).stream()
                .map(name -> name.equals("*") && random.nextBoolean() ? "*" : "arn:aws:s3:::" + name)
                .toList();
    }

    private Request request() {
        var context = RequestContext.builder();
        for (var key : List.of("s3:prefix", "aws:tag")) {
            if (random.nextInt(3) > 0) {
                context.put(key, some(List.of("a", "A", "ab", "b", "1", "5", "arn:aws:s3:::a")));
            }
        }
        if (random.nextBoolean()) {
            context.put("aws:username", "b");
        }
        var arn = "arn:aws:iam::" + ACCOUNT + ":user/u";
        return Request.of(
                new Principal.User(arn), one(ACTIONS), "arn:aws:s3:::" + one(NAMES), ACCOUNT, context.build());
    }

    private List<String> some(List<String> from) {
        var some = new ArrayList<String>();
        for (var i = random.nextInt(1, 3); i > 0; i--) {
            some.add(one(from));
        }
        return some.stream().distinct().toList();
    }

    private String one(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
