package dev.baton.task.service;

import dev.baton.task.Access;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A query in Athena over tables of the Glue Data Catalog, to its end. Asked again for the same attempt, Athena answers
/// with the query that it has. The answer says where the result is, not what it is.
///
/// The workgroup must keep results itself ([managed query
/// results](https://docs.aws.amazon.com/athena/latest/ug/managed-results.html)): the role of the call writes no
/// objects.
///
/// @param workgroup its name
/// @param database the one whose tables may be read
/// @param sql of one statement that reads
/// @param reads where the tables' data are: logical prefixes, `s3://lake/rides/`
/// @param identity of the work, by which a repeated call is known: [References#token]
public record AthenaQuery(String workgroup, String database, String sql, List<String> reads, String identity)
        implements ServiceCall {
    public AthenaQuery {
        ServiceCall.requireName("a workgroup", workgroup);
        ServiceCall.requireName("a database", database);
        reads = List.copyOf(reads);
        // Says what is wrong with a prefix.
        reads.forEach(Access::read);
    }

    @Override
    public String integration() {
        return "athena:startQueryExecution.sync";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("ClientRequestToken", identity);
        arguments.put("QueryExecutionContext", Map.of("Catalog", "AwsDataCatalog", "Database", database));
        arguments.put("QueryString", sql);
        arguments.put("WorkGroup", workgroup);
        return arguments;
    }

    @Override
    public List<ServiceRight> rights() {
        return List.of(
                ServiceRight.to(
                        List.of("athena:GetQueryExecution", "athena:StartQueryExecution", "athena:StopQueryExecution"),
                        ServiceRight.arn("athena", "workgroup/" + workgroup)),
                ServiceRight.to(
                        List.of("athena:GetDataCatalog"), ServiceRight.arn("athena", "datacatalog/AwsDataCatalog")),
                ServiceRight.to(
                        List.of("glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable"),
                        ServiceRight.arn("glue", "catalog"),
                        ServiceRight.arn("glue", "database/" + database),
                        ServiceRight.arn("glue", "table/" + database + "/*")));
    }
}
