package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The resource policy of a function: the policy that AddPermission builds statement by statement.
final class FunctionPolicy {
    private final String functionArn;
    private final Map<String, Map<String, @Nullable Object>> statements = new LinkedHashMap<>();
    private @Nullable Policy policy;

    FunctionPolicy(String functionArn) {
        this.functionArn = functionArn;
    }

    /// What the authorizer asks; null while there are no statements.
    synchronized @Nullable Policy policy() {
        return policy;
    }

    /// The policy as text; null while there are no statements.
    synchronized @Nullable String text() {
        if (statements.isEmpty()) {
            return null;
        }
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("Version", "2012-10-17");
        document.put("Id", "default");
        document.put("Statement", new ArrayList<>(statements.values()));
        return Json.print(document);
    }

    /// As JSON values, in the order in which they were added.
    synchronized List<Map<String, @Nullable Object>> statements() {
        return List.copyOf(statements.values());
    }

    /// Takes up what [#statements] gave.
    synchronized void restore(List<?> kept) {
        for (var each : kept) {
            var statement = new LinkedHashMap<String, @Nullable Object>();
            ((Map<?, ?>) each).forEach((name, value) -> statement.put(String.valueOf(name), value));
            statements.put(String.valueOf(statement.get("Sid")), statement);
        }
        refresh();
    }

    /// Adds a statement, and gives it.
    synchronized Map<String, @Nullable Object> add(Permission permission, @Nullable String qualifier) {
        var id = permission.statementId();
        if (statements.containsKey(id)) {
            throw new AwsError(
                    409,
                    "ResourceConflictException",
                    "The statement id (" + id
                            + ") provided already exists. Please provide a new statement id, or remove"
                            + " the existing statement.");
        }
        var statement = permission.statement(functionArn + (qualifier == null ? "" : ":" + qualifier));
        statements.put(id, statement);
        refresh();
        return statement;
    }

    /// Whom a statement names, or null where there is none.
    synchronized @Nullable String principal(String id) {
        var statement = statements.get(id);
        var principal = statement == null ? null : statement.get("Principal");
        return principal instanceof Map<?, ?> typed
                ? String.valueOf(typed.values().iterator().next())
                : (String) principal;
    }

    synchronized void remove(String id) {
        if (statements.remove(id) == null) {
            throw new AwsError(
                    404, "ResourceNotFoundException", "Statement " + id + " is not found in resource policy.");
        }
        refresh();
    }

    private void refresh() {
        var text = text();
        policy = text == null ? null : Policy.parse("policy of " + functionArn, text);
    }
}
