package dev.baton.local.lambda;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A grant of `AddPermission`: one action to one principal, under conditions.
///
/// See [AddPermission](https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html).
///
/// @param principal a service, an account, an ARN, or `*`
/// @param conditions as a policy writes them, by operator and key
record Permission(
        String statementId, String action, String principal, Map<String, Map<String, @Nullable Object>> conditions) {
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:(iam|sts)::[0-9]{12}:[^*?]+");

    /// Every member that narrows the grant becomes a condition: what were passed over would grant too much.
    ///
    /// @throws AwsError `ValidationException` or `InvalidParameterValueException`
    static Permission of(ApiInput request) {
        var principal = request.require("Principal");
        if (!principal.equals("*")
                && !SERVICE.matcher(principal).matches()
                && !ACCOUNT.matcher(principal).matches()
                && !ARN.matcher(principal).matches()) {
            throw new AwsError(
                    400,
                    "InvalidParameterValueException",
                    "The provided principal was invalid. Please check the principal and try again.");
        }
        var conditions = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        condition(conditions, "ArnLike", "AWS:SourceArn", request.value("SourceArn"));
        condition(conditions, "StringEquals", "AWS:SourceAccount", request.value("SourceAccount"));
        condition(conditions, "StringEquals", "aws:PrincipalOrgID", request.value("PrincipalOrgID"));
        condition(conditions, "StringEquals", "lambda:EventSourceToken", request.value("EventSourceToken"));
        condition(conditions, "StringEquals", "lambda:FunctionUrlAuthType", request.value("FunctionUrlAuthType"));
        var invoked = request.value("InvokedViaFunctionUrl");
        condition(conditions, "Bool", "lambda:InvokedViaFunctionUrl", invoked == null ? null : String.valueOf(invoked));
        return new Permission(request.require("StatementId"), request.require("Action"), principal, conditions);
    }

    private static void condition(
            Map<String, Map<String, @Nullable Object>> conditions,
            String operator,
            String key,
            @Nullable Object value) {
        if (value != null) {
            conditions
                    .computeIfAbsent(operator, absent -> new LinkedHashMap<>())
                    .put(key, value);
        }
    }

    /// As the function's policy has it.
    Map<String, @Nullable Object> statement(String resource) {
        var statement = new LinkedHashMap<String, @Nullable Object>();
        statement.put("Sid", statementId);
        statement.put("Effect", "Allow");
        statement.put(
                "Principal",
                SERVICE.matcher(principal).matches()
                        ? Map.of("Service", principal)
                        : principal.equals("*") ? principal : Map.of("AWS", principal));
        statement.put("Action", action);
        statement.put("Resource", resource);
        if (!conditions.isEmpty()) {
            statement.put("Condition", conditions);
        }
        return statement;
    }
}
