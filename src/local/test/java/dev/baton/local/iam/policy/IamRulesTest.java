package dev.baton.local.iam.policy;

import static dev.baton.local.iam.policy.IamCase.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// IAM's rules one by one, from `iam-rules/*.json`: a sentence, who asks for what under which policies, the
/// decision, and what the explanation has to say.
///
/// A case writes a statement as `{"Allow": actions, "on": resources, "to": principals, "if": conditions}`; elements
/// under their own names stay as they are. It leaves out what [#DEFAULTS] says.
class IamRulesTest {
    private static final String ACCOUNT = "111122223333";
    private static final Map<String, String> DEFAULTS =
            Map.of("who", "ann", "does", "s3:GetObject", "at", "arn:aws:s3:::lake/k", "owner", ACCOUNT);
    private static final Map<String, String> PRINCIPALS = Map.of(
            "ann", "arn:aws:iam::111122223333:user/team/ann",
            "session", "arn:aws:sts::111122223333:assumed-role/app/one",
            "role", "arn:aws:iam::111122223333:role/app",
            "root", "arn:aws:iam::111122223333:root",
            "eve", "arn:aws:iam::999999999999:user/eve",
            "foreign session", "arn:aws:sts::999999999999:assumed-role/app/one",
            "foreign root", "arn:aws:iam::999999999999:root");

    @TestFactory
    Stream<DynamicContainer> iam_s_rules() throws IOException {
        var containers = new ArrayList<DynamicContainer>();
        try (var files = Files.newDirectoryStream(Path.of("test/resources/iam-rules"), "*.json")) {
            for (var file : files) {
                var cases = (List<?>) Json.parse(Files.readString(file));
                containers.add(DynamicContainer.dynamicContainer(
                        file.getFileName().toString(), cases.stream().map(item -> test(map(item)))));
            }
        }
        assertThat(containers).isNotEmpty();
        return containers.stream();
    }

    private static DynamicTest test(Map<String, Object> rule) {
        return DynamicTest.dynamicTest((String) rule.get("rule"), () -> {
            var decision = IamCase.decide(request(rule), policies(rule));
            var explanation = decision.explanation();
            assertThat(decision.outcome().name().replace("_", ""))
                    .as(explanation)
                    .isEqualToIgnoringCase((String) rule.get("decision"));
            switch (decision.outcome()) {
                case ALLOW ->
                    assertThat(explanation).containsPattern("is allowed by (statement .+ of|the account itself)");
                case EXPLICIT_DENY -> assertThat(explanation).containsPattern("is denied by statement .+ of");
                case IMPLICIT_DENY ->
                    assertThat(explanation)
                            .contains("is denied: no " + decision.layer().words() + " allows it");
            }
            if (rule.get("says") instanceof String says) {
                assertThat(explanation).contains(says);
            }
        });
    }

    private static Map<String, Object> request(Map<String, Object> rule) {
        var request = new LinkedHashMap<String, Object>();
        var who = value(rule, "who");
        if (who.startsWith("federated ")) {
            request.put("principal", Map.of("federated", who.substring("federated ".length())));
        } else if (!who.equals("nobody")) {
            request.put("principal", PRINCIPALS.getOrDefault(who, who));
        }
        request.put("action", value(rule, "does"));
        request.put("resource", value(rule, "at"));
        request.put("resourceAccount", value(rule, "owner"));
        request.put("context", rule.getOrDefault("with", Map.of()));
        return request;
    }

    private static String value(Map<String, Object> rule, String name) {
        return (String) rule.getOrDefault(name, DEFAULTS.get(name));
    }

    private static Map<String, Object> policies(Map<String, Object> rule) {
        var policies = new LinkedHashMap<String, Object>();
        for (var kind : List.of("identity", "boundary", "session", "endpoint")) {
            policies.put(kind, policy(rule.get(kind)));
        }
        policies.put("resource", policy(rule.get("resource")));
        for (var kind : List.of("scp", "rcp")) {
            if (rule.get(kind) instanceof List<?> levels) {
                policies.put(
                        kind,
                        levels.stream()
                                .map(level -> Map.of("policies", policy(level)))
                                .toList());
            }
        }
        return policies;
    }

    /// A policy as it is, one of a statement or of several, or a list of policies.
    private static List<Object> policy(@Nullable Object written) {
        return switch (written) {
            case null -> List.of();
            case Map<?, ?> document when document.containsKey("Statement") -> List.of(document);
            case List<?> many
            when many.stream()
                    .allMatch(each -> each instanceof Map<?, ?> document && document.containsKey("Statement")) ->
                List.copyOf(many);
            case List<?> many -> List.of(document(many));
            default -> List.of(document(List.of(written)));
        };
    }

    private static Map<String, Object> document(List<?> statements) {
        var document = new LinkedHashMap<String, Object>();
        document.put("Version", "2012-10-17");
        document.put(
                "Statement", statements.stream().map(IamRulesTest::statement).toList());
        return document;
    }

    private static Map<String, Object> statement(Object written) {
        var statement = new LinkedHashMap<String, Object>();
        map(written).forEach((name, value) -> {
            switch (name) {
                case "Allow", "Deny" -> {
                    statement.put("Effect", name);
                    statement.put("Action", value);
                }
                case "on" -> statement.put("Resource", value);
                case "to" -> statement.put("Principal", "*".equals(value) ? value : Map.of("AWS", named(value)));
                case "but" -> statement.put("NotPrincipal", Map.of("AWS", named(value)));
                case "if" -> statement.put("Condition", value);
                default -> statement.put(name, value);
            }
        });
        return statement;
    }

    private static Object named(Object value) {
        return value instanceof List<?> many
                ? many.stream().map(IamRulesTest::named).toList()
                : PRINCIPALS.getOrDefault((String) value, (String) value);
    }
}
