package dev.baton.local.iam.policy;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.json.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a policy document and finds everything that is wrong with it.
///
/// See [Grammar of the IAM JSON policy
/// language](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
final class PolicyParser {
    private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT_ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z]+)*|\\*");

    private final PolicyKind kind;
    private final PolicyFindings findings;
    private final String name;
    private boolean variables;

    PolicyParser(PolicyKind kind, String name) {
        this.kind = kind;
        this.name = name;
        this.findings = new PolicyFindings(name);
    }

    Policy parse(String json) {
        var statements = statements(document(json));
        findings.throwIfAny();
        return new Policy(name, json, statements);
    }

    private @Nullable Object document(String json) {
        try {
            var node = Node.parse(json);
            twice("", node);
            return node.value();
        } catch (JsonException e) {
            throw findings.noJson(e);
        }
    }

    /// JSON leaves open what equal names mean; here one of two conditions would silently be lost.
    private void twice(String place, Node node) {
        switch (node) {
            case Node.ObjectNode object -> {
                var names = new HashSet<String>();
                for (var member : object.members()) {
                    if (!names.add(member.name())) {
                        findings.twice(place, member.name());
                    }
                    twice(place + "/" + member.name(), member.node());
                }
            }
            case Node.ArrayNode array -> {
                for (int i = 0; i < array.elements().size(); i++) {
                    twice(place + "/" + i, array.elements().get(i));
                }
            }
            case Node.ScalarNode scalar -> {}
        }
    }

    private List<Statement> statements(@Nullable Object document) {
        if (!(document instanceof Map<?, ?> policy)) {
            findings.syntax("", "expected a JSON object, but was " + Json.typeName(document));
            return List.of();
        }
        unknown("", policy, ELEMENTS);
        var version = policy.get("Version");
        if (version != null && !version.equals("2012-10-17") && !version.equals("2008-10-17")) {
            findings.version(version);
        } else if (kind == PolicyKind.MANAGED && !"2012-10-17".equals(version)) {
            findings.old(version);
        }
        variables = "2012-10-17".equals(version);
        var element = policy.get("Statement");
        if (element == null) {
            findings.missing("", "Statement");
            return List.of();
        }
        var found = new ArrayList<Statement>();
        var sids = new HashSet<String>();
        var list = element instanceof List<?> many ? many : List.of(element);
        if (list.isEmpty() && kind != PolicyKind.ANY) {
            findings.missing("", "Statement");
        }
        for (int i = 0; i < list.size(); i++) {
            var place = element instanceof List<?> ? "/Statement/" + i : "/Statement";
            if (list.get(i) instanceof Map<?, ?> statement) {
                found.add(statement(place, i + 1, statement, sids));
            } else {
                findings.syntax(place, "expected a statement, but was " + Json.typeName(list.get(i)));
            }
        }
        return found;
    }

    private Statement statement(String place, int index, Map<?, ?> statement, Set<String> sids) {
        unknown(place, statement, STATEMENT_ELEMENTS);
        var effect = statement.get("Effect");
        if (effect == null) {
            findings.missing(place, "Effect");
        } else if (!effect.equals("Allow") && !effect.equals("Deny")) {
            findings.syntax(place + "/Effect", "expected Allow or Deny, but was " + Json.print(effect));
        }
        return new Statement(
                index,
                sid(place, statement.get("Sid"), sids),
                "Allow".equals(effect),
                statement.containsKey("NotAction"),
                actions(place, statement),
                statement.containsKey("NotResource"),
                resources(place, statement),
                statement.containsKey("NotPrincipal"),
                principals(place, statement),
                new ConditionParser(findings, variables).parse(place + "/Condition", statement.get("Condition")));
    }

    private @Nullable String sid(String place, @Nullable Object sid, Set<String> sids) {
        if (sid == null) {
            return null;
        }
        if (!(sid instanceof String text)) {
            findings.syntax(place + "/Sid", "expected a string, but was " + Json.typeName(sid));
            return null;
        }
        // Resource policies take blanks and dots in a Sid; identity policies take letters and digits only.
        if (isOfIdentity() && !text.matches("[0-9A-Za-z]*")) {
            findings.badSid(place, text);
        }
        if (!text.isEmpty() && !sids.add(text)) {
            findings.repeatedSid(place, text);
        }
        return text;
    }

    private List<PolicyValue> actions(String place, Map<?, ?> statement) {
        var found = new ArrayList<PolicyValue>();
        var element = either(place, statement, "Action", "NotAction");
        if (element == null || (isOfIdentity() && isEmpty(statement.get(element)))) {
            without(place, "Action");
            return found;
        }
        for (var action : strings(place + "/" + element, statement.get(element))) {
            int colon = action.indexOf(':');
            if (!action.equals("*") && (colon <= 0 || colon == action.length() - 1)) {
                findings.badAction(place + "/" + element, action);
            } else if (kind == PolicyKind.TRUST
                    && !action.toLowerCase(Locale.ROOT).startsWith("sts:")) {
                findings.notForTrust(place + "/" + element, action);
            }
            found.add(PolicyValue.parse(action.toLowerCase(Locale.ROOT), PolicyValue.Shape.TEXT, false));
        }
        return found;
    }

    private @Nullable List<PolicyValue> resources(String place, Map<?, ?> statement) {
        var element = either(place, statement, "Resource", "NotResource");
        if (element == null || (isOfIdentity() && isEmpty(statement.get(element)))) {
            switch (kind) {
                case IDENTITY, MANAGED, SESSION, CONTROL, RESOURCE -> without(place, "Resource");
                case TRUST, ANY -> {}
            }
            return null;
        }
        if (kind == PolicyKind.TRUST) {
            findings.prohibited(place, element, "Has prohibited field " + element);
        }
        var found = new ArrayList<PolicyValue>();
        for (var resource : strings(place + "/" + element, statement.get(element))) {
            checkResource(place + "/" + element, resource);
            found.add(PolicyValue.parse(resource, PolicyValue.Shape.ARN, variables));
        }
        return found;
    }

    private void checkResource(String place, String resource) {
        if (resource.equals("*")) {
            return;
        }
        var parts = resource.split(":", 6);
        if (!parts[0].equals("arn") || (isOfIdentity() && parts.length < 6 && !resource.endsWith("*"))) {
            findings.badResource(place, resource);
        } else if (isOfIdentity() && !PARTITION.matcher(parts[1]).matches()) {
            findings.badPartition(place, parts[1], resource);
        } else if (isOfIdentity()
                && parts.length == 6
                && parts[2].equals("iam")
                && !parts[3].isEmpty()
                && !parts[3].equals("*")) {
            findings.regionOfIam(place, resource);
        }
    }

    private boolean isOfIdentity() {
        return kind == PolicyKind.IDENTITY || kind == PolicyKind.MANAGED || kind == PolicyKind.SESSION;
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value instanceof List<?> list && list.isEmpty();
    }

    private void without(String place, String element) {
        if (isOfIdentity()) {
            findings.without(place, element);
        } else {
            findings.missing(place, element);
        }
    }

    private @Nullable List<PrincipalPattern> principals(String place, Map<?, ?> statement) {
        var element = either(place, statement, "Principal", "NotPrincipal");
        if (element == null) {
            if (kind.namesPrincipals()) {
                findings.missing(place, "Principal");
            }
            return null;
        }
        if (!kind.namesPrincipals() && kind != PolicyKind.ANY) {
            findings.prohibited(place, element, "Policy document should not specify a principal.");
        } else if (element.equals("NotPrincipal") && kind == PolicyKind.TRUST) {
            findings.prohibited(place, element, "Has prohibited field NotPrincipal");
        } else if (element.equals("NotPrincipal")
                && kind == PolicyKind.RESOURCE
                && "Allow".equals(statement.get("Effect"))) {
            findings.prohibited(place, element + " beside Allow", "Allow with NotPrincipal is not allowed.");
        }
        var found = new ArrayList<PrincipalPattern>();
        var value = statement.get(element);
        if ("*".equals(value)) {
            found.add(new PrincipalPattern.Anyone());
        } else if (value instanceof Map<?, ?> types && !types.isEmpty()) {
            types.forEach((type, names) -> {
                for (var text : strings(place + "/" + element + "/" + type, names)) {
                    var pattern = PrincipalPattern.parse(String.valueOf(type), text);
                    if (pattern == null && kind == PolicyKind.ANY) {
                        found.add(new PrincipalPattern.Nobody(text));
                    } else if (pattern == null) {
                        findings.badPrincipal(place + "/" + element, String.valueOf(type), text);
                    } else {
                        found.add(pattern);
                    }
                }
            });
        } else {
            findings.badPrincipal(place + "/" + element, "", Json.print(value));
        }
        return found;
    }

    private @Nullable String either(String place, Map<?, ?> statement, String positive, String negative) {
        if (statement.containsKey(positive) && statement.containsKey(negative)) {
            findings.syntax(place, "has both " + positive + " and " + negative);
        }
        return statement.containsKey(negative) ? negative : statement.containsKey(positive) ? positive : null;
    }

    private List<String> strings(String place, @Nullable Object value) {
        var found = new ArrayList<String>();
        for (var item : value instanceof List<?> many ? many : Collections.singletonList(value)) {
            if (item instanceof String text) {
                found.add(text);
            } else {
                findings.syntax(place, "expected a string, but was " + Json.typeName(item));
            }
        }
        if (value instanceof List<?> many && many.isEmpty()) {
            findings.syntax(place, "expected at least one value, but was []");
        }
        return found;
    }

    private void unknown(String place, Map<?, ?> object, Set<String> known) {
        for (var element : object.keySet()) {
            if (!known.contains(element)) {
                findings.syntax(place, "has the unknown element " + element);
            }
        }
    }
}
