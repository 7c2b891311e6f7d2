package dev.baton.lambda.plan;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.aws.SignedPost;
import dev.baton.lambda.internal.items.TableItems;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.DynamoDbTarget.KeyAttribute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;

/// The tables of outputs and of what tasks use, as whoever operates pipelines sees them.
public final class OutputTables {
    private final SignedPost post;

    /// @param address where all services answer; AWS itself where absent
    public OutputTables(@Nullable URI address, String region, AwsCredentialsProvider credentials, SdkHttpClient http) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("AWS_REGION", region);
        if (address != null) {
            variables.put("AWS_ENDPOINT_URL", address.toString());
        }
        post = new ServiceClients(new FunctionEnvironment(variables), () -> http).post(credentials);
    }

    TableItems items() {
        return new TableItems(() -> post);
    }

    /// Makes the table of an item, with the item's key, where there is none.
    ///
    /// @return whether there was none
    public boolean make(DynamoDbTarget target) {
        var schema = new ArrayList<Map<String, String>>();
        var attributes = new ArrayList<Map<String, String>>();
        add(target.partition(), "HASH", schema, attributes);
        target.sort().ifPresent(key -> add(key, "RANGE", schema, attributes));
        var request = new LinkedHashMap<String, Object>();
        request.put("TableName", target.table());
        request.put("KeySchema", schema);
        request.put("AttributeDefinitions", attributes);
        request.put("BillingMode", "PAY_PER_REQUEST");
        try {
            return make(request);
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + target.table() + " could not be made: " + e.getMessage(), e);
        }
    }

    /// Makes a table where there is none of its name.
    ///
    /// @param request as *CreateTable* takes it
    /// @return whether there was none
    /// @throws IOException when DynamoDB refuses it, with its words
    public boolean make(Map<String, ?> request) throws IOException {
        return isDone("CreateTable", request, "ResourceInUseException");
    }

    /// Whether there is a table of a name.
    public boolean has(String table) {
        try {
            return isDone("DescribeTable", Map.of("TableName", table), "ResourceNotFoundException");
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + table + " could not be looked at: " + e.getMessage(), e);
        }
    }

    private boolean isDone(String operation, Map<String, ?> request, String unless) throws IOException {
        var headers =
                Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810." + operation);
        try {
            post.send("dynamodb", "/", headers, Json.bytes(request));
            return true;
        } catch (IOException e) {
            if (e.getCause() instanceof AwsServiceException refusal
                    && refusal.awsErrorDetails() != null
                    && unless.equals(refusal.awsErrorDetails().errorCode())) {
                return false;
            }
            throw e;
        }
    }

    private static void add(
            KeyAttribute key, String type, List<Map<String, String>> schema, List<Map<String, String>> all) {
        schema.add(Map.of("AttributeName", key.name(), "KeyType", type));
        all.add(Map.of("AttributeName", key.name(), "AttributeType", key.isNumber() ? "N" : "S"));
    }
}
