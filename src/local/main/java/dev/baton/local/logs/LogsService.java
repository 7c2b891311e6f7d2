package dev.baton.local.logs;

import dev.baton.local.http.Protocol;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonDialect;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;

/// CloudWatch Logs on the wire: groups, streams and events. Queries, subscriptions, metric filters and live tails are
/// not here and are refused.
///
/// See the [API reference](https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html).
public final class LogsService {
    private LogsService() {}

    public static Service of(Foundation foundation, Logs logs) {
        var account = foundation.account();
        return new JsonService(
                "logs",
                Protocol.JSON_1_1,
                "Logs_20140328",
                JsonDialect.ofInvalid("InvalidParameterException"),
                foundation.authorizer(),
                ApiOperation.all(
                        new LogGroupActions(account, logs).all(),
                        new LogStreamActions(account, logs, foundation.clock()).all(),
                        new LogEventActions(account, logs, foundation.clock()).all(),
                        new LogTagActions(account, logs).all()),
                logs::save,
                logs::close);
    }
}
