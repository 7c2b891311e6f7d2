package dev.baton.cdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rights to read queues of notifications, what a start function's role needs for Lambda to read queues of
/// notifications with it ([list](https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html)).
final class NotificationRights {
    private static final List<String> ACTIONS =
            List.of("sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage");

    private NotificationRights() {}

    /// The queues among the ARNs of queues and topics.
    static List<String> queues(List<String> notifications) {
        return notifications.stream().filter(arn -> arn.contains(":sqs:")).toList();
    }

    static Map<String, Object> document(List<String> queues) {
        return Map.of("Version", "2012-10-17", "Statement", List.of(allow(queues)));
    }

    /// A boundary that lets roles have these rights; as it is, where there are no queues.
    static Map<String, @Nullable Object> added(Map<String, @Nullable Object> boundary, List<String> queues) {
        if (queues.isEmpty()) {
            return boundary;
        }
        var statements = new ArrayList<@Nullable Object>();
        if (boundary.get("Statement") instanceof List<?> list) {
            statements.addAll(list);
        }
        statements.add(allow(queues));
        var more = new LinkedHashMap<>(boundary);
        more.put("Statement", statements);
        return more;
    }

    private static Map<String, Object> allow(List<String> queues) {
        return Map.of("Sid", "ReadNotifications", "Effect", "Allow", "Action", ACTIONS, "Resource", queues);
    }
}
