package dev.baton.local.iam.policy;

import java.util.List;

/// A policy document, parsed once and ready to be matched.
///
/// @param name what findings and explanations call it, such as `inline policy write-report of role/clean`
public record Policy(String name, String version, List<Object> statements) {

    /// The policy that a JSON text stands for.
    ///
    /// @throws MalformedPolicy with every finding when it is none
    public static Policy parse(String name, String json) {
        throw new UnsupportedOperationException();
    }
}
