package dev.baton.cdk;

import dev.baton.run.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The policy of the key: the account's own policies decide who uses it, and the services that encrypt for the account
/// may, for their one purpose.
final class KeyPolicy {
    private KeyPolicy() {}

    /// @param prefix what the names of the functions, containers and state machines begin with whose logs it encrypts
    /// @param machines whether state machines are under it too
    static Map<String, Object> document(Prefix prefix, boolean machines) {
        var groups = Stream.of("ecs", "lambda", "vendedlogs/states")
                .map(kind -> "arn:${Partition}:logs:${Region}:${AccountId}:log-group:/aws/" + kind + "/"
                        + prefix.names() + "*")
                .toList();
        var statements = new ArrayList<>(List.of(
                statement(
                        "AccountDecides",
                        Map.of("AWS", "arn:${Partition}:iam::${AccountId}:root"),
                        List.of("kms:*"),
                        Map.of()),
                // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html; of the
                // principals here, this one alone has another name in China.
                statement(
                        "EncryptLogs",
                        Map.of("Service", "logs.${Region}.${UrlSuffix}"),
                        List.of(
                                "kms:Decrypt",
                                "kms:DescribeKey",
                                "kms:Encrypt",
                                "kms:GenerateDataKey*",
                                "kms:ReEncrypt*"),
                        Map.of("ArnLike", Map.of("kms:EncryptionContext:aws:logs:arn", groups))),
                // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
                statement(
                        "TellOfAlarms",
                        Map.of("Service", List.of("budgets.amazonaws.com", "cloudwatch.amazonaws.com")),
                        List.of("kms:Decrypt", "kms:GenerateDataKey*"),
                        Map.of("StringEquals", Map.of("aws:SourceAccount", "${AccountId}")))));
        if (machines) {
            // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html; the * is told so, and no
            // pattern.
            statements.add(statement(
                    "DeliverLogsOfExecutions",
                    Map.of("Service", "delivery.logs.amazonaws.com"),
                    List.of("kms:Decrypt"),
                    Map.of(
                            "StringEquals",
                            Map.of(
                                    "kms:EncryptionContext:SourceArn",
                                    "arn:${Partition}:logs:${Region}:${AccountId}:*"))));
        }
        return Map.of("Version", "2012-10-17", "Statement", statements);
    }

    private static Map<String, Object> statement(
            String sid, Map<String, Object> principal, List<String> actions, Map<String, Object> conditions) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Sid", sid);
        statement.put("Effect", "Allow");
        statement.put("Principal", principal);
        statement.put("Action", actions);
        statement.put("Resource", "*");
        if (!conditions.isEmpty()) {
            statement.put("Condition", conditions);
        }
        return statement;
    }
}
