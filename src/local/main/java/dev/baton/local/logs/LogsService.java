package dev.baton.local.logs;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonService;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.Service;
import dev.baton.local.iam.Authorizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// CloudWatch Logs on the wire, as far as it is about groups: they come with what writes to them, and go when told.
///
/// See the [API reference](https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html).
public final class LogsService {
    private static final int MOST = 50;

    private final Account account;
    private final Authorizer authorizer;
    private final Logs logs;

    private LogsService(Account account, Authorizer authorizer, Logs logs) {
        this.account = account;
        this.authorizer = authorizer;
        this.logs = logs;
    }

    public static Service of(Account account, Authorizer authorizer, Logs logs) {
        var service = new LogsService(account, authorizer, logs);
        return new JsonService(
                "logs",
                Protocol.JSON_1_1,
                "Logs_20140328",
                Map.of("DescribeLogGroups", service::describe, "DeleteLogGroup", service::delete));
    }

    private Map<String, @Nullable Object> describe(Map<String, @Nullable Object> input, AwsRequest request) {
        authorizer.require(
                request.caller(), "logs:DescribeLogGroups", account.arn("logs", "log-group::log-stream:"), request.context());
        var prefix = input.get("logGroupNamePrefix") instanceof String text ? text : "";
        var after = input.get("nextToken") instanceof String text ? text : "";
        var limit = input.get("limit") instanceof Number number ? Math.clamp(number.intValue(), 1, MOST) : MOST;
        var found = logs.groups().stream()
                .filter(name -> name.startsWith(prefix) && name.compareTo(after) > 0)
                .toList();
        var page = found.subList(0, Math.min(limit, found.size()));
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("logGroups", page.stream().map(this::group).toList());
        if (page.size() < found.size()) {
            answer.put("nextToken", page.getLast());
        }
        return answer;
    }

    private Map<String, @Nullable Object> group(String name) {
        var group = new LinkedHashMap<String, @Nullable Object>();
        group.put("logGroupName", name);
        group.put("arn", account.arn("logs", "log-group:" + name + ":*"));
        group.put("logGroupArn", account.arn("logs", "log-group:" + name));
        group.put(
                "creationTime",
                logs.streams(name).stream().mapToLong(LogStream::created).min().orElse(0));
        group.put("logGroupClass", "STANDARD");
        return group;
    }

    private Map<String, @Nullable Object> delete(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = input.get("logGroupName") instanceof String text ? text : "";
        authorizer.require(
                request.caller(),
                "logs:DeleteLogGroup",
                account.arn("logs", "log-group:" + name + ":log-stream:"),
                request.context());
        if (!logs.delete(name)) {
            throw new AwsError(400, "ResourceNotFoundException", "The specified log group does not exist.");
        }
        return Map.of();
    }
}
