package dev.baton.name;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An Amazon Resource Name in its six parts, `arn:partition:service:region:account:resource`. See
/// [Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html).
///
/// @param partition `aws`, `aws-cn`, `aws-us-gov`
/// @param service such as `states`
/// @param region such as `eu-central-1`; empty where the resource is in none
/// @param account 12 digits; empty where the name is unique without it
/// @param resource the rest, with whatever colons and slashes it has
public record Arn(String partition, String service, String region, String account, String resource) {

    /// @throws IllegalArgumentException when the text is not an ARN
    public static Arn parse(String text) {
        var arn = find(text);
        if (arn == null) {
            throw new IllegalArgumentException(
                    "expected arn:partition:service:region:account:resource, but was " + text);
        }
        return arn;
    }

    /// The ARN that a text is; null where it is not one.
    public static @Nullable Arn find(String text) {
        var parts = text.split(":", 6);
        return parts.length == 6 && parts[0].equals("arn")
                ? new Arn(parts[1], parts[2], parts[3], parts[4], parts[5])
                : null;
    }

    /// The text behind the last colon: the plain name of what has one, the number of a version. A text without colons
    /// is a plain name already.
    public static String last(String text) {
        return text.substring(text.lastIndexOf(':') + 1);
    }

    /// The text before the last colon: that of the function or machine whose version or alias this is. A text without
    /// colons has nothing before one.
    public static String beforeLast(String text) {
        return text.substring(0, Math.max(0, text.lastIndexOf(':')));
    }

    /// The resource, split at its colons: kind, name, and for some a version, an alias, or an execution.
    public List<String> path() {
        return List.of(resource.split(":", -1));
    }

    /// The name of a function, a state machine or the like, without its version or alias; the whole resource where it
    /// has no colons.
    public String name() {
        var path = path();
        return path.get(path.size() > 1 ? 1 : 0);
    }

    /// Whether a version or an alias follows the name.
    public boolean isQualified() {
        return path().size() > 2;
    }

    /// The function or the state machine itself, without version or alias.
    public Arn unqualified() {
        return isQualified() ? with(String.join(":", path().subList(0, 2))) : this;
    }

    /// Another resource in the same place, of the same service.
    public Arn with(String other) {
        return new Arn(partition, service, region, account, other);
    }

    @Override
    public String toString() {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }
}
