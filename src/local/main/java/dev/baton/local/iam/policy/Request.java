package dev.baton.local.iam.policy;

import java.util.Locale;
import java.util.regex.Pattern;

/// An authorization request: who, which action, on what.
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
        RequestContext context,
        String foldedAction) {
    /// The key of a variable such as `${aws:username}` or `${aws:PrincipalTag/team, 'nobody'}`.
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}*?$,][^},]*)");

    /// Adds the keys that follow from the principal and the resource, such as `aws:PrincipalArn`, where the context
    /// lacks them.
    public static Request of(
            Principal principal, String action, String resource, String resourceAccount, RequestContext context) {
        return new Request(
                principal,
                action,
                resource,
                resourceAccount,
                context.or(new ImpliedKeys(principal, action, resourceAccount)),
                action.toLowerCase(Locale.ROOT));
    }

    /// What the request has where a condition asks, in words.
    String actual(ConditionKey condition) {
        var actual = new StringBuilder(actual(condition.key(), "the request has no " + condition.key()));
        for (var text : condition.texts()) {
            var variable = VARIABLE.matcher(text);
            while (variable.find()) {
                var key = variable.group(1).strip();
                actual.append(" and ").append(actual(key, key + " has no value"));
            }
        }
        return actual.toString();
    }

    private String actual(String key, String otherwise) {
        var values = context.values(key.toLowerCase(Locale.ROOT));
        return values == null ? otherwise : key + " is " + values;
    }
}
