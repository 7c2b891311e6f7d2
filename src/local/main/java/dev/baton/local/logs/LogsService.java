package dev.baton.local.logs;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.Protocol;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Pagination;
import dev.baton.local.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// CloudWatch Logs on the wire, as far as it is about groups: they come with what writes to them, and go when told.
///
/// See the [API reference](https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html).
public final class LogsService {
    private static final Pagination PAGES = new Pagination(
            "limit",
            "nextToken",
            "nextToken",
            50,
            () -> new AwsError(400, "InvalidParameterException", "The specified nextToken is invalid."));

    private final Account account;
    private final Logs logs;

    private LogsService(Account account, Logs logs) {
        this.account = account;
        this.logs = logs;
    }

    public static Service of(Foundation foundation, Logs logs) {
        var service = new LogsService(foundation.account(), logs);
        return new JsonService(
                "logs",
                Protocol.JSON_1_1,
                "Logs_20140328",
                foundation.authorizer(),
                List.of(
                        ApiOperation.reading("DescribeLogGroups", service::describe),
                        ApiOperation.changing("DeleteLogGroup", service::delete)),
                () -> {},
                () -> {});
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        call.require(account.arn("logs", "log-group::log-stream:"));
        var prefix = input.text("logGroupNamePrefix", "");
        var found = logs.groups().stream().filter(name -> name.startsWith(prefix)).sorted().toList();
        return PAGES.answer(input, "logGroups", found, Function.identity(), this::group);
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

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var name = input.text("logGroupName", "");
        call.require(account.arn("logs", "log-group:" + name + ":log-stream:"));
        if (!logs.delete(name)) {
            throw new AwsError(400, "ResourceNotFoundException", "The specified log group does not exist.");
        }
        return Map.of();
    }
}
