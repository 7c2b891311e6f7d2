package dev.baton.local.iam.policy;

import java.util.Locale;

/// What is to be decided.
///
/// @param action as IAM names it, such as `s3:GetObject`
/// @param resource an ARN, or `*`
/// @param resourceAccount the account that owns the resource
/// @param context all condition keys, those of the principal and the resource among them
/// @param foldedAction the action in small letters
public record Request(
        Principal principal,
        String action,
        String resource,
        String resourceAccount,
        Context context,
        String foldedAction) {

    /// Adds the keys that follow from the principal and the resource, such as `aws:PrincipalArn`, where the context
    /// lacks them.
    public static Request of(
            Principal principal, String action, String resource, String resourceAccount, Context context) {
        return new Request(
                principal,
                action,
                resource,
                resourceAccount,
                context.or(new ImpliedKeys(principal, action, resourceAccount)),
                action.toLowerCase(Locale.ROOT));
    }

    /// What the request has where a condition asks, in words.
    String actual(Condition condition) {
        var values = context.values(condition.foldedKey());
        return values == null ? "the request has no " + condition.key() : condition.key() + " is " + values;
    }
}
