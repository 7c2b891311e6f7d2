package dev.baton.local.sts;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The condition keys that a web identity's token gives: `issuer:aud`, `issuer:sub` and `issuer:amr` of any issuer, and
/// of some issuers claims of their own. No other claim is a key.
///
/// See [Available keys for AWS OIDC
/// federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif).
final class TokenKeys {
    private static final List<String> OF_GITHUB = List.of(
            "actor",
            "actor_id",
            "enterprise_id",
            "environment",
            "job_workflow_ref",
            "ref",
            "repository",
            "repository_id",
            "repository_owner_id",
            "workflow");
    private static final Map<Pattern, List<String>> OF_ISSUERS = Map.of(
            Pattern.compile("token\\.actions\\.githubusercontent\\.com(/.+)?"), OF_GITHUB,
            Pattern.compile("token\\.actions\\.[^./]+\\.ghe\\.com"), OF_GITHUB,
            Pattern.compile("gitlab\\.com"),
                    List.of(
                            "namespace_id",
                            "pipeline_source",
                            "project_id",
                            "ref_protected",
                            "runner_environment",
                            "user_access_level",
                            "user_email",
                            "user_id",
                            "user_login"),
            Pattern.compile("oidc\\.circleci\\.com/org/[^/]+"), List.of("oidc.circleci.com/project-id"));

    private TokenKeys() {}

    /// Those that stay with the session, in small letters.
    ///
    /// @param issuer as conditions name it, without its scheme
    static Map<String, List<String>> ofSession(String issuer, String audience, Jwt jwt) {
        var keys = new HashMap<String, List<String>>();
        put(keys, issuer, "aud", List.of(audience));
        put(keys, issuer, "sub", jwt.texts("sub"));
        put(keys, issuer, "amr", jwt.texts("amr"));
        return keys;
    }

    /// Those that only the role's trust policy sees, in small letters.
    static Map<String, List<String>> ofTrust(String issuer, Jwt jwt) {
        var keys = new HashMap<String, List<String>>();
        if (issuer.equals("accounts.google.com")) {
            put(keys, issuer, "oaud", jwt.texts("aud"));
        }
        OF_ISSUERS.forEach((pattern, claims) -> {
            if (pattern.matcher(issuer).matches()) {
                claims.forEach(claim -> put(keys, issuer, claim, jwt.texts(claim)));
            }
        });
        return keys;
    }

    private static void put(Map<String, List<String>> keys, String issuer, String claim, List<String> values) {
        if (!values.isEmpty()) {
            keys.put((issuer + ":" + claim).toLowerCase(Locale.ROOT), values);
        }
    }
}
