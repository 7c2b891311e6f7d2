package dev.baton.local.dynamodb;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.local.http.Protocol;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonDialect;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;
import java.util.Map;
import java.util.function.Consumer;

/// DynamoDB: tables, items and their expressions.
///
/// There are no streams, backups, global tables, PartiQL, and none of the conditions from before there were
/// expressions. See the [API reference](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html).
public final class DynamoDb {
    /// A batch of writes may have so much.
    private static final int LONGEST_REQUEST = 16 << 20;

    private static final String NAMESPACE = "com.amazonaws.dynamodb.v20120810#";
    /// The errors that are not DynamoDB's own.
    private static final Map<String, String> SHARED = Map.of(
            "ValidationException", "com.amazon.coral.validate#",
            "AccessDeniedException", "com.amazon.coral.service#",
            "SerializationException", "com.amazon.coral.service#",
            "UnknownOperationException", "com.amazon.coral.service#",
            "UnrecognizedClientException", "com.amazon.coral.service#",
            "ExpiredTokenException", "com.amazon.coral.service#",
            "InvalidSignatureException", "com.amazon.coral.service#",
            "MissingAuthenticationTokenException", "com.amazon.coral.service#");

    private DynamoDb() {}

    private static String errorType(String code) {
        return SHARED.getOrDefault(code, NAMESPACE) + code;
    }

    /// @param said is told LOC006 where the end of the journal was torn
    /// @throws dev.baton.local.internal.UnreadableFile LOC001 to LOC004
    public static Service of(Foundation foundation, Consumer<Diagnostic> said) {
        var store = new TableStore(foundation, said);
        var tables = new TableAccess(foundation.account(), store);
        var writer = new ItemWriter(store, new ExpiredItems(foundation.clock()));
        return new JsonService(
                "dynamodb",
                Protocol.JSON_1_0,
                "DynamoDB_20120810",
                new JsonDialect(LONGEST_REQUEST, DynamoDb::errorType, true),
                foundation.authorizer(),
                ApiOperation.all(
                        new TableActions(tables, foundation.clock()).all(),
                        new TableSettingActions(tables).all(),
                        new ItemActions(tables, writer).all(),
                        new QueryActions(tables).all(),
                        new BatchActions(tables, writer).all(),
                        new TransactionActions(tables, writer).all()),
                store::save,
                store::close);
    }
}
