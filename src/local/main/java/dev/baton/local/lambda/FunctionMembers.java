package dev.baton.local.lambda;

import dev.baton.local.http.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The members that the requests about a function's code and configuration may have: those that are honoured, and those
/// that say what holds anyway. All others are refused by name.
///
/// [CreateFunction](https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html)
enum FunctionMembers {
    CREATE(Set.of(
            "Code",
            "Description",
            "Environment",
            "FunctionName",
            "Handler",
            "MemorySize",
            "Publish",
            "Role",
            "Runtime",
            "Tags",
            "Timeout")),
    CONFIGURE(Set.of(
            "Description", "Environment", "FunctionName", "Handler", "MemorySize", "Role", "Runtime", "Timeout")),
    REPLACE_CODE(Set.of("FunctionName", "Publish", "S3Bucket", "S3Key", "S3ObjectVersion", "ZipFile")),
    CODE(Set.of("S3Bucket", "S3Key", "S3ObjectVersion", "ZipFile")),
    PUBLISH(Set.of("CodeSha256", "Description", "FunctionName"));

    /// What a function has if nothing is said; to say it changes nothing.
    private static final Map<String, Predicate<Object>> DEFAULTS = Map.of(
            "Architectures", List.of("x86_64")::equals,
            "DryRun", Boolean.FALSE::equals,
            "EphemeralStorage", Map.of("Size", 512L)::equals,
            "PackageType", "Zip"::equals,
            "SnapStart", Map.of("ApplyOn", "None")::equals,
            "TracingConfig", Map.of("Mode", "PassThrough")::equals);

    private final Set<String> honoured;

    FunctionMembers(Set<String> honoured) {
        this.honoured = honoured;
    }

    /// @throws AwsError `InvalidParameterValueException` where a member asks for what is not there
    void check(Map<?, ?> request) {
        for (var member : request.entrySet()) {
            var name = String.valueOf(member.getKey());
            if (!honoured.contains(name) && !isWithoutEffect(name, member.getValue())) {
                throw new AwsError(
                        400,
                        "InvalidParameterValueException",
                        "The embedded AWS has no " + name + " of a function; it honours "
                                + String.join(", ", new TreeSet<>(honoured)) + ".");
            }
        }
    }

    private static boolean isWithoutEffect(String name, @Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text when text.isEmpty() -> true;
            case List<?> list when list.isEmpty() -> true;
            // A VpcConfig or ImageConfig of empty lists is how an SDK says that there is none.
            case Map<?, ?> map when map.values().stream().allMatch(inner -> isWithoutEffect("", inner)) -> true;
            default -> {
                var same = DEFAULTS.get(name);
                yield same != null && same.test(value);
            }
        };
    }
}
