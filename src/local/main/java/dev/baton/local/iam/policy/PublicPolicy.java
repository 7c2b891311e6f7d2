package dev.baton.local.iam.policy;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A resource policy that lets everyone do something, as AWS's checks against public access see it.
public final class PublicPolicy {
    /// Conditions that keep a grant to everyone from being public when their value is fixed.
    private static final Set<String> NARROWING = Set.of(
            "aws:sourcearn",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourceaccount",
            "aws:sourceowner",
            "aws:userid",
            "aws:principalarn",
            "aws:principalaccount",
            "aws:principalorgid",
            "aws:sourceip",
            "s3:dataaccesspointarn",
            "s3:dataaccesspointaccount",
            "s3:x-amz-server-side-encryption-aws-kms-key-id");

    private PublicPolicy() {}

    /// Whether a policy lets everyone do something.
    ///
    /// See [Blocking public access, The meaning of
    /// "public"](https://docs.aws.amazon.com/AmazonS3/latest/userguide/).
    public static boolean isPublic(String policy) {
        try {
            var statements = Json.parseObject(policy).get("Statement");
            return (statements instanceof List<?> list ? list : Collections.singletonList(statements))
                    .stream().anyMatch(PublicPolicy::isPublicStatement);
        } catch (JsonException e) {
            return true;
        }
    }

    private static boolean isPublicStatement(@Nullable Object statement) {
        return statement instanceof Map<?, ?> map
                && "Allow".equals(map.get("Effect"))
                && (map.containsKey("NotPrincipal") || isEveryone(map.get("Principal")))
                && !isNarrowed(map.get("Condition"));
    }

    private static boolean isEveryone(@Nullable Object principal) {
        return switch (principal) {
            case String text -> text.equals("*");
            case List<?> list -> list.stream().anyMatch(PublicPolicy::isEveryone);
            case Map<?, ?> map -> isEveryone(map.get("AWS"));
            case null, default -> false;
        };
    }

    private static boolean isNarrowed(@Nullable Object condition) {
        return condition instanceof Map<?, ?> operators
                && operators.entrySet().stream()
                        .filter(operator -> demands(String.valueOf(operator.getKey())))
                        .anyMatch(operator -> operator.getValue() instanceof Map<?, ?> map
                                && map.entrySet().stream()
                                        .anyMatch(entry -> NARROWING.contains(String.valueOf(entry.getKey())
                                                        .toLowerCase(Locale.ROOT))
                                                && isFixed(entry.getValue())));
    }

    /// Whether an operator asks for one of its values: the others also hold for strangers.
    private static boolean demands(String operator) {
        var word = operator.toLowerCase(Locale.ROOT);
        return !word.contains("not")
                && !word.endsWith("ifexists")
                && !word.startsWith("forallvalues:")
                && !word.equals("null");
    }

    private static boolean isFixed(@Nullable Object value) {
        return switch (value) {
            case String text -> !text.equals("*") && !text.contains("${") && !text.equals("0.0.0.0/0");
            case List<?> list -> !list.isEmpty() && list.stream().allMatch(PublicPolicy::isFixed);
            case null, default -> value != null;
        };
    }
}
