package dev.baton.lambda.internal.items;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.aws.SignedPost;
import dev.baton.name.Sha256;
import dev.baton.run.OutputMetadata;
import dev.baton.task.DataInvalid;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.ItemDocument;
import dev.baton.task.Superseded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// One item of a table, the output of a task: put from its document, unless a run that started later was there first.
///
/// The document in S3 is what runs write one after the other; the item follows it. It says by its mark from which
/// document it was put, and by which run: a put is conditional on that run not being a later one. So an attempt that
/// dawdles between document and item puts nothing over a newer item, and an attempt that died there leaves an item that
/// anybody sees not to be the document's.
public final class TableItem {
    private static final String SERVICE = "dynamodb";
    private static final String NO_TABLE = "RUN061";

    private final DynamoDbTarget target;
    private final SignedPost post;

    TableItem(DynamoDbTarget target, SignedPost post) {
        this.target = target;
        this.post = post;
    }

    /// The document that a task has written.
    ///
    /// @throws DataInvalid RUN060 when it is not that of an item beyond its key
    public ItemDocument document(byte[] written) {
        return target.document(written);
    }

    /// What is wrong with the item, as the end of a sentence; null where it is as it was put from its document.
    ///
    /// @param sha256 of the document, null where it is not known
    public @Nullable String lack(@Nullable String sha256) {
        var found = get(null);
        if (found == null) {
            return "its item " + this + " is not there any more";
        }
        return sha256 != null && sha256.equals(Sha256.hex(beyondKey(found).bytes()))
                ? null
                : "its item " + this + " was changed by another hand";
    }

    /// [#lack], as far as the item's mark tells: whoever asks need not read what is in it.
    public @Nullable String markedLack(@Nullable String sha256) {
        var found = get(DynamoDbTarget.MARK);
        if (found == null) {
            return "its item " + this + " is not there any more";
        }
        var mark = ItemMark.of(found.get(DynamoDbTarget.MARK));
        return mark != null && mark.sha256().equals(sha256)
                ? null
                : "its item " + this + " was changed by another hand";
    }

    /// Puts the item.
    ///
    /// @throws Superseded when a run that started later has put it of something else
    public void put(ItemDocument document, OutputMetadata marks) {
        var mark = ItemMark.of(marks, Sha256.hex(document.bytes()));
        var item = new TreeMap<String, Object>(document.attributes());
        item.putAll(target.key());
        item.put(DynamoDbTarget.MARK, mark.attribute());
        var request = new LinkedHashMap<String, @Nullable Object>();
        request.put("TableName", target.table());
        request.put("Item", item);
        request.put("ConditionExpression", "attribute_not_exists(#mark.#order) OR #mark.#order <= :order");
        request.put("ExpressionAttributeNames", Map.of("#mark", DynamoDbTarget.MARK, "#order", ItemMark.ORDER));
        request.put("ExpressionAttributeValues", Map.of(":order", Map.of("S", mark.order())));
        try {
            send("PutItem", request);
        } catch (IOException e) {
            if (isRefused(e, "ValidationException")) {
                throw new DataInvalid(target.uri(), "is refused by DynamoDB: " + e.getMessage());
            }
            if (!isRefused(e, "ConditionalCheckFailedException")) {
                throw failed("put", e);
            }
            var found = get(null);
            var other = found == null ? null : ItemMark.of(found.get(DynamoDbTarget.MARK));
            if (other == null) {
                throw new IllegalStateException("the item " + this + " changed while it was to be put; try again", e);
            }
            if (!other.fingerprint().equals(mark.fingerprint())) {
                throw new Superseded(toString(), mark.run(), other.run());
            }
        }
    }

    /// @param attribute the only one that is read, null for all
    private @Nullable Map<?, ?> get(@Nullable String attribute) {
        var request = new LinkedHashMap<String, @Nullable Object>();
        request.put("TableName", target.table());
        request.put("Key", target.key());
        request.put("ConsistentRead", true);
        if (attribute != null) {
            request.put("ProjectionExpression", "#attribute");
            request.put("ExpressionAttributeNames", Map.of("#attribute", attribute));
        }
        try {
            return send("GetItem", request).get("Item") instanceof Map<?, ?> item ? item : null;
        } catch (IOException e) {
            if (isRefused(e, "ResourceNotFoundException")) {
                // No table, no item: whoever puts it is told.
                return null;
            }
            throw failed("read", e);
        }
    }

    private ItemDocument beyondKey(Map<?, ?> item) {
        var others = new LinkedHashMap<Object, @Nullable Object>(item);
        others.keySet().removeAll(target.key().keySet());
        others.remove(DynamoDbTarget.MARK);
        return ItemDocument.ofAttributes(others);
    }

    private Map<String, @Nullable Object> send(String operation, Map<String, ?> request) throws IOException {
        var headers =
                Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810." + operation);
        try {
            return Json.parseObject(post.send(SERVICE, "/", headers, Json.bytes(request)));
        } catch (JsonException e) {
            throw new IOException("DynamoDB's answer is not JSON: " + e.getMessage(), e);
        }
    }

    private RuntimeException failed(String what, IOException problem) {
        return isRefused(problem, "ResourceNotFoundException")
                ? new IllegalStateException(
                        NO_TABLE + " the table " + target.table() + ", which is to have the item " + this
                                + ", is not there: create it with " + keys() + " as its key",
                        problem)
                : new UncheckedIOException(
                        "the item " + this + " could not be " + what + ": " + problem.getMessage(), problem);
    }

    private String keys() {
        return target.partition().name() + " (S, HASH)"
                + target.sort()
                        .map(key -> " and " + key.name() + (key.isNumber() ? " (N, RANGE)" : " (S, RANGE)"))
                        .orElse("");
    }

    private static boolean isRefused(IOException problem, String code) {
        return problem.getCause() instanceof AwsServiceException refusal
                && refusal.awsErrorDetails() != null
                && code.equals(refusal.awsErrorDetails().errorCode());
    }

    /// As sentences name it: `dynamodb://weather-summaries/seattle/2012`.
    @Override
    public String toString() {
        var name = new StringBuilder("dynamodb://" + target.table());
        target.key()
                .values()
                .forEach(
                        value -> value.values().forEach(text -> name.append('/').append(text)));
        return name.toString();
    }
}
