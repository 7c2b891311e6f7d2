package dev.baton.local.s3;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.MultipartForm;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The policy of a form, which says what it may upload, as whoever signed it says.
///
/// See [POST policy](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html).
///
/// @param least bytes of the file
/// @param most bytes of the file
record PostPolicy(Instant expiration, List<Condition> conditions, long least, long most) {
    /// For a form without a policy, which everybody may send who may put the object.
    static final PostPolicy NONE = new PostPolicy(Instant.MAX, List.of(), 0, BodyReader.MAX_PUT);

    /// Fields that no condition has to name.
    private static final Set<String> FREE =
            Set.of("x-amz-signature", "file", "policy", "awsaccesskeyid", "signature", "bucket");

    private static final String BUCKET = "bucket";

    /// A condition on one field.
    ///
    /// @param field in small letters
    /// @param exact whether the value is the whole of it, or its beginning
    record Condition(String field, String value, boolean exact, String text) {
        boolean holds(String given) {
            if (exact) {
                return given.equals(value);
            }
            if (!field.equals("content-type") || !given.contains(",")) {
                return given.startsWith(value);
            }
            for (var each : given.split(",")) {
                if (!each.strip().startsWith(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// @param text JSON in base64
    /// @throws AwsError `InvalidPolicyDocument`
    static PostPolicy parse(String text) {
        var json = document(text);
        if (!(json.get("expiration") instanceof String expiration)) {
            throw invalid("Policy missing expiration.");
        }
        if (!(json.get("conditions") instanceof List<?> list)) {
            throw invalid("Policy missing conditions.");
        }
        for (var name : json.keySet()) {
            if (!name.equals("expiration") && !name.equals("conditions")) {
                throw invalid("Unexpected: '" + name + "'");
            }
        }
        var conditions = new ArrayList<Condition>();
        long least = 0;
        long most = BodyReader.MAX_PUT;
        for (var each : list) {
            if (each instanceof Map<?, ?> simple) {
                conditions.add(simple(simple));
            } else if (each instanceof List<?> range && isRange(range)) {
                least = Math.max(least, number(range.get(1)));
                most = Math.min(most, number(range.get(2)));
            } else if (each instanceof List<?> operation) {
                conditions.add(operation(operation));
            } else {
                throw invalid("Invalid 'conditions' value: must be an object or a list.");
            }
        }
        return new PostPolicy(instant(expiration), List.copyOf(conditions), least, most);
    }

    private static Map<String, @Nullable Object> document(String text) {
        try {
            // Some clients break the lines.
            return Json.parseObject(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw invalid("Invalid Base64.");
        } catch (JsonException e) {
            throw invalid("Invalid JSON.");
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw invalid("Invalid 'expiration' value: '" + text + "'");
        }
    }

    private static Condition simple(Map<?, ?> simple) {
        if (simple.size() != 1) {
            throw invalid("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
        }
        var only = simple.entrySet().iterator().next();
        if (!(only.getKey() instanceof String name) || !(only.getValue() instanceof String value)) {
            throw invalid("Invalid Simple-Condition: value must be a string.");
        }
        return new Condition(name.toLowerCase(Locale.ROOT), value, true, Json.print(List.of("eq", "$" + name, value)));
    }

    private static boolean isRange(List<?> operation) {
        return operation.size() == 3
                && operation.getFirst() instanceof String name
                && name.equalsIgnoreCase("content-length-range");
    }

    private static long number(@Nullable Object value) {
        var text = value instanceof Long || value instanceof String ? value.toString() : "";
        if (!text.matches("[0-9]{1,18}")) {
            throw invalid("Invalid content-length-range: " + Json.print(value));
        }
        return Long.parseLong(text);
    }

    private static Condition operation(List<?> operation) {
        if (operation.size() == 3
                && operation.get(0) instanceof String operator
                && operation.get(1) instanceof String name
                && operation.get(2) instanceof String value
                && name.startsWith("$")
                && (operator.equalsIgnoreCase("eq") || operator.equalsIgnoreCase("starts-with"))) {
            return new Condition(
                    name.substring(1).toLowerCase(Locale.ROOT),
                    value,
                    operator.equalsIgnoreCase("eq"),
                    Json.print(operation));
        }
        throw invalid("Invalid 'conditions' value: " + Json.print(operation));
    }

    /// @throws AwsError `AccessDenied` where the form is not what the policy allows
    void check(MultipartForm form, String bucket, Instant now) {
        if (now.isAfter(expiration)) {
            throw against("Policy expired.");
        }
        for (var condition : conditions) {
            var given = condition.field().equals(BUCKET) ? bucket : form.get(condition.field());
            if (given == null || !condition.holds(given)) {
                throw against("Policy Condition failed: " + condition.text());
            }
        }
        var extra = new TreeSet<String>();
        for (var field : form.fields().keySet()) {
            var name = field.toLowerCase(Locale.ROOT);
            if (!FREE.contains(name)
                    && !name.startsWith("x-ignore-")
                    && conditions.stream()
                            .noneMatch(condition -> condition.field().equals(name))) {
                extra.add(field);
            }
        }
        if (!extra.isEmpty()) {
            throw against("Extra input fields: " + String.join(", ", extra));
        }
    }

    private static AwsError against(String what) {
        return new AwsError(403, "AccessDenied", "Invalid according to Policy: " + what);
    }

    private static AwsError invalid(String what) {
        return new AwsError(400, "InvalidPolicyDocument", "Invalid Policy: " + what);
    }
}
