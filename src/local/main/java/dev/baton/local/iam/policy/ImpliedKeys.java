package dev.baton.local.iam.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The condition keys that follow from who asks and whose resource it is.
///
/// See [Properties of the
/// principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties).
record ImpliedKeys(Principal principal, String action, String resourceAccount) implements RequestContext {

    @Override
    public @Nullable List<String> values(String key) {
        return switch (key) {
            case "aws:principalarn" -> one(principalArn());
            case "aws:principalaccount" -> one(principal.account());
            case "aws:principaltype" -> one(principalType());
            // Only signed requests have it.
            case "aws:principalisawsservice" ->
                principal instanceof Principal.Anonymous || principal instanceof Principal.Federated
                        ? null
                        : List.of(Boolean.toString(principal instanceof Principal.Service));
            case "aws:principalservicename" ->
                principal instanceof Principal.Service service ? List.of(service.name()) : null;
            case "aws:username" -> principal instanceof Principal.User user ? List.of(lastPart(user.arn())) : null;
            case "aws:resourceaccount" -> resourceAccount.isEmpty() ? null : List.of(resourceAccount);
            case "s3:resourceaccount" ->
                action.startsWith("s3:") && !resourceAccount.isEmpty() ? List.of(resourceAccount) : null;
            default -> null;
        };
    }

    private static @Nullable List<String> one(@Nullable String value) {
        return value == null ? null : List.of(value);
    }

    /// For a session it is the role's ARN.
    private @Nullable String principalArn() {
        return switch (principal) {
            case Principal.RoleSession session -> session.roleArn();
            case Principal.Root root -> root.arn();
            case Principal.User user -> user.arn();
            case Principal.Role role -> role.arn();
            case Principal.FederatedUser user -> user.arn();
            case Principal.Federated federated -> null;
            case Principal.Service service -> null;
            case Principal.Anonymous anonymous -> null;
        };
    }

    private @Nullable String principalType() {
        return switch (principal) {
            case Principal.Root root -> "Account";
            case Principal.User user -> "User";
            case Principal.Role role -> "AssumedRole";
            case Principal.RoleSession session -> "AssumedRole";
            case Principal.FederatedUser user -> "FederatedUser";
            case Principal.Federated federated -> null;
            case Principal.Service service -> null;
            case Principal.Anonymous anonymous -> "Anonymous";
        };
    }

    private static String lastPart(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
