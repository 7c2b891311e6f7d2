package dev.baton.local.http;

/// The answer to an [Access].
public sealed interface Verdict {

    record Allowed() implements Verdict {}

    /// @param because the end of AWS's sentence, such as `because no identity-based policy allows the s3:GetObject
    ///     action` or `with an explicit deny in a resource-based policy`
    record Denied(String because) implements Verdict {}

    Verdict ALLOWED = new Allowed();
}
