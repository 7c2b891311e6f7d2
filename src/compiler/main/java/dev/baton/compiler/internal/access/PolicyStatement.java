package dev.baton.compiler.internal.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One statement of a policy. What it says is sorted, so that equal rights are equal text.
///
/// @param sid what it is for, letters and digits
/// @param allows whether it is an `Allow`, else a `Deny`
/// @param excepts whether it is about all resources but these
/// @param conditions by operator and key
record PolicyStatement(
        String sid,
        boolean allows,
        boolean excepts,
        List<String> actions,
        List<String> resources,
        Map<String, Map<String, List<String>>> conditions) {
    PolicyStatement(
            String sid,
            boolean allows,
            List<String> actions,
            List<String> resources,
            Map<String, Map<String, List<String>>> conditions) {
        this(sid, allows, false, actions, resources, conditions);
    }

    PolicyStatement {
        actions = actions.stream().distinct().sorted().toList();
        resources = resources.stream().distinct().sorted().toList();
        conditions = new TreeMap<>(conditions);
    }

    static PolicyStatement allow(String sid, List<String> actions, List<String> resources) {
        return new PolicyStatement(sid, true, actions, resources, Map.of());
    }

    static PolicyStatement deny(String sid, List<String> actions, List<String> resources) {
        return new PolicyStatement(sid, false, actions, resources, Map.of());
    }

    /// One about all resources but some.
    static PolicyStatement denyAllBut(String sid, List<String> actions, List<String> resources) {
        return new PolicyStatement(sid, false, true, actions, resources, Map.of());
    }

    /// This and a further condition.
    PolicyStatement when(String operator, String key, List<String> values) {
        var more = new TreeMap<String, Map<String, List<String>>>(conditions);
        var keys = new TreeMap<>(more.getOrDefault(operator, Map.of()));
        keys.put(key, values.stream().distinct().sorted().toList());
        more.put(operator, keys);
        return new PolicyStatement(sid, allows, excepts, actions, resources, more);
    }

    private Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("Sid", sid);
        json.put("Effect", allows ? "Allow" : "Deny");
        json.put("Action", actions);
        json.put(excepts ? "NotResource" : "Resource", resources);
        putConditions(json);
        return json;
    }

    private Map<String, @Nullable Object> trustJson(Map<String, @Nullable Object> principal) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("Sid", sid);
        json.put("Effect", allows ? "Allow" : "Deny");
        json.put("Principal", principal);
        json.put("Action", actions.size() == 1 ? actions.getFirst() : actions);
        putConditions(json);
        return json;
    }

    private Map<String, @Nullable Object> anybodyJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("Sid", sid);
        json.put("Effect", allows ? "Allow" : "Deny");
        json.put("Principal", "*");
        json.put("Action", actions);
        json.put(excepts ? "NotResource" : "Resource", resources);
        putConditions(json);
        return json;
    }

    private void putConditions(Map<String, @Nullable Object> json) {
        if (!conditions.isEmpty()) {
            var operators = new LinkedHashMap<String, @Nullable Object>();
            conditions.forEach((operator, keys) -> {
                var values = new LinkedHashMap<String, @Nullable Object>();
                keys.forEach((key, list) -> values.put(key, list.size() == 1 ? list.getFirst() : list));
                operators.put(operator, values);
            });
            json.put("Condition", operators);
        }
    }

    /// The statements as a policy; those without resources say nothing and are left out.
    static Map<String, @Nullable Object> policy(List<PolicyStatement> statements) {
        var list = new ArrayList<@Nullable Object>();
        for (var statement : statements) {
            if (!statement.resources().isEmpty() && !statement.actions().isEmpty()) {
                list.add(statement.json());
            }
        }
        return document(list);
    }

    /// A policy with further statements.
    static Map<String, @Nullable Object> extended(
            Map<String, @Nullable Object> policy, List<PolicyStatement> statements) {
        var list = new ArrayList<@Nullable Object>();
        if (policy.get("Statement") instanceof List<?> present) {
            list.addAll(present);
        }
        statements.forEach(statement -> list.add(statement.json()));
        return document(list);
    }

    /// The statements as the policy of a resource, about anybody.
    static Map<String, @Nullable Object> resourcePolicy(List<PolicyStatement> statements) {
        var list = new ArrayList<@Nullable Object>();
        statements.forEach(statement -> list.add(statement.anybodyJson()));
        return document(list);
    }

    /// The statements as a trust policy for one principal.
    static Map<String, @Nullable Object> trust(String type, String principal, List<PolicyStatement> statements) {
        var list = new ArrayList<@Nullable Object>();
        for (var statement : statements) {
            list.add(statement.trustJson(Map.of(type, principal)));
        }
        return document(list);
    }

    /// A trust policy for several services, each by its own statement.
    static Map<String, @Nullable Object> trusts(Map<String, PolicyStatement> byService) {
        var list = new ArrayList<@Nullable Object>();
        new TreeMap<>(byService)
                .forEach((service, statement) -> list.add(statement.trustJson(Map.of("Service", service))));
        return document(list);
    }

    private static Map<String, @Nullable Object> document(List<@Nullable Object> statements) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("Version", "2012-10-17");
        document.put("Statement", statements);
        return document;
    }
}
