package dev.baton.local.iam.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A small world of principals, actions, resources, keys and values, from which random requests and policies are drawn:
/// so small that they often speak of each other.
record RandomPolicies(RandomGenerator random) {
    private static final String HERE = "111122223333";
    private static final String AWAY = "999999999999";
    private static final List<Object> PRINCIPALS = List.of(
            "arn:aws:iam::111122223333:user/ann",
            "arn:aws:iam::111122223333:user/ann",
            "arn:aws:sts::111122223333:assumed-role/app/one",
            "arn:aws:sts::111122223333:assumed-role/app/one",
            "arn:aws:sts::111122223333:assumed-role/app/two",
            "arn:aws:iam::111122223333:role/app",
            "arn:aws:iam::111122223333:role/aws-service-role/app",
            "arn:aws:sts::111122223333:federated-user/fay",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::999999999999:user/eve",
            "arn:aws:sts::999999999999:assumed-role/app/one",
            "anonymous",
            Map.of("service", "states.amazonaws.com"));
    private static final List<Object> NAMED = List.of(
            "*",
            HERE,
            AWAY,
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:user/ann",
            "arn:aws:iam::111122223333:role/app",
            "arn:aws:sts::111122223333:assumed-role/app/one",
            "arn:aws:sts::111122223333:assumed-role/app/two",
            "arn:aws:sts::111122223333:federated-user/fay",
            "arn:aws:iam::999999999999:user/eve",
            "arn:aws:iam::999999999999:role/app");
    private static final List<String> ACTIONS =
            List.of("s3:GetObject", "s3:PutObject", "sts:AssumeRole", "kms:Decrypt", "ec2:StopInstances");
    private static final List<Object> ACTION_PATTERNS = List.of(
            "*", "*", "s3:*", "s3:Get*", "S3:getobject", "s3:???Object", "sts:AssumeRole", "kms:Decrypt", "ec2:*");
    private static final List<String> RESOURCES = List.of(
            "arn:aws:s3:::lake/a",
            "arn:aws:s3:::lake/ann/b",
            "arn:aws:s3:::lake/*",
            "arn:aws:iam::111122223333:role/app",
            "arn:aws:kms:us-east-1:111122223333:key/k",
            "arn:aws:ec2:us-east-1:111122223333:instance/i");
    private static final List<Object> RESOURCE_PATTERNS = List.of(
            "*",
            "*",
            "arn:aws:s3:::lake/*",
            "arn:aws:s3:::lake/?",
            "arn:aws:s3:::lake/${aws:username}/*",
            "arn:aws:s3:::lake/${aws:PrincipalTag/team}",
            "arn:aws:*:*:111122223333:*",
            "arn:aws:iam::111122223333:role/app",
            "arn:aws:kms:*:111122223333:key/*");
    private static final Map<String, List<String>> VALUES = Map.of(
            "aws:username", List.of("ann", "bob"),
            "aws:PrincipalTag/team", List.of("red", "a", "*"),
            "aws:SourceArn", List.of("arn:aws:sqs:us-east-1:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q"),
            "aws:SecureTransport", List.of("true", "false"),
            "s3:max-keys", List.of("1", "5", "10"),
            "aws:TagKeys", List.of("red", "blue", "Red"));
    private static final String MANY = "aws:TagKeys";

    Map<String, Object> request() {
        var context = new LinkedHashMap<String, Object>();
        VALUES.keySet().stream().sorted().forEach(key -> {
            if (random.nextInt(5) < 3) {
                context.put(key, key.equals(MANY) ? some(VALUES.get(key), 0) : List.of(one(VALUES.get(key))));
            }
        });
        var request = new LinkedHashMap<String, Object>();
        request.put("principal", one(PRINCIPALS));
        request.put("action", one(ACTIONS));
        request.put("resource", one(RESOURCES));
        request.put("resourceAccount", random.nextInt(6) == 0 ? AWAY : HERE);
        request.put("context", context);
        return request;
    }

    /// @param principal of the request: the account itself has neither policies nor limits
    Map<String, Object> policies(Object principal) {
        boolean root = principal.toString().endsWith(":root");
        var policies = new LinkedHashMap<String, Object>();
        policies.put("identity", root ? List.of() : policies(random.nextInt(3), false));
        policies.put("boundary", root || random.nextInt(3) > 0 ? List.of() : policies(1, false));
        policies.put("session", root || random.nextInt(3) > 0 ? List.of() : policies(1, false));
        policies.put("resource", random.nextInt(3) == 0 ? List.of() : policies(1, true));
        policies.put("endpoint", random.nextInt(6) > 0 ? List.of() : policies(1, true));
        policies.put("scp", random.nextInt(5) > 0 ? List.of() : levels());
        policies.put("rcp", random.nextInt(5) > 0 ? List.of() : levels());
        return policies;
    }

    private List<Object> levels() {
        var levels = new ArrayList<Object>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            levels.add(Map.of("policies", policies(1 + random.nextInt(2), false)));
        }
        return levels;
    }

    private List<Object> policies(int count, boolean principals) {
        var policies = new ArrayList<Object>();
        for (int i = 0; i < count; i++) {
            var statements = new ArrayList<Object>();
            for (int j = random.nextInt(3); j >= 0; j--) {
                statements.add(statement(principals));
            }
            policies.add(Map.of("Version", random.nextInt(6) == 0 ? "2008-10-17" : "2012-10-17", "Statement", statements));
        }
        return policies;
    }

    private Map<String, Object> statement(boolean principals) {
        var statement = new LinkedHashMap<String, Object>();
        boolean denies = random.nextInt(5) == 0;
        statement.put("Effect", denies ? "Deny" : "Allow");
        if (principals) {
            var element = denies && random.nextBoolean() ? "NotPrincipal" : "Principal";
            statement.put(
                    element,
                    switch (random.nextInt(6)) {
                        case 0 -> "*";
                        case 1 -> Map.of("Service", "states.amazonaws.com");
                        default -> Map.of("AWS", some(NAMED, 1));
                    });
        }
        statement.put(random.nextInt(6) == 0 ? "NotAction" : "Action", some(ACTION_PATTERNS, 1));
        statement.put(random.nextInt(6) == 0 ? "NotResource" : "Resource", some(RESOURCE_PATTERNS, 1));
        if (random.nextInt(3) == 0) {
            statement.put("Condition", conditions());
        }
        return statement;
    }

    private Map<String, Object> conditions() {
        var block = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            var key = one(VALUES.keySet().stream().sorted().toList());
            var ifExists = random.nextInt(3) == 0 ? "IfExists" : "";
            var wanted = key.equals("aws:PrincipalTag/team") && random.nextBoolean()
                    ? List.of("${aws:username}", "r*")
                    : some(VALUES.get(key), 1);
            var operator = random.nextInt(6) == 0 ? "Null" : operator(key) + ifExists;
            block.put(operator, Map.of(key, operator.equals("Null") ? one(List.of("true", "false")) : wanted));
        }
        return block;
    }

    private String operator(String key) {
        return switch (key) {
            case "aws:SourceArn" -> one(List.of("ArnLike", "ArnNotLike", "ArnEquals", "StringEquals"));
            case "aws:SecureTransport" -> "Bool";
            case "s3:max-keys" -> one(List.of("NumericLessThan", "NumericGreaterThanEquals"));
            case MANY -> one(List.of("ForAllValues:", "ForAnyValue:"))
                    + one(List.of("StringEquals", "StringNotEquals", "StringLike", "StringEqualsIgnoreCase"));
            default -> one(List.of(
                    "StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"));
        };
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> List<T> some(List<T> of, int least) {
        var some = new LinkedHashSet<T>();
        for (int i = least + random.nextInt(2); i > 0; i--) {
            some.add(one(of));
        }
        return List.copyOf(some);
    }
}
