package dev.baton.local.iam.policy;

import org.jspecify.annotations.Nullable;

/// An Amazon Resource Name in its six parts. The resource keeps whatever colons and slashes it has.
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

    /// The ARN that a text is; null where it is none.
    public static @Nullable Arn find(String text) {
        var parts = text.split(":", 6);
        return parts.length == 6 && parts[0].equals("arn")
                ? new Arn(parts[1], parts[2], parts[3], parts[4], parts[5])
                : null;
    }

    @Override
    public String toString() {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }
}
