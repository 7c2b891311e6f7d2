package dev.baton.local.realworld;

import dev.baton.local.ApplicationEndpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What definitions call by names that their templates would have put in: a bucket, a topic, a child machine.
final class DeployedThings implements AutoCloseable {
    static final String BUCKET = "things";
    private static final String ITEMS_BUCKET = "items";

    private static final String ITEMS = "[{\"name\":\"a\",\"key\":\"a\"},{\"name\":\"b\",\"key\":\"b\"}]";
    private static final String CHILD = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";

    private final DeployedTables tables;
    private final Map<String, String> byMember = new LinkedHashMap<>();

    DeployedThings(ApplicationEndpoint aws, String role) {
        tables = new DeployedTables(aws);
        aws.s3().createBucket(r -> r.bucket(BUCKET));
        aws.s3().createBucket(r -> r.bucket(ITEMS_BUCKET));
        aws.s3().putObject(r -> r.bucket(ITEMS_BUCKET).key("items.json"), RequestBody.fromString(ITEMS));
        aws.s3()
                .putObject(
                        r -> r.bucket(ITEMS_BUCKET).key("items.csv"), RequestBody.fromString("name,key\na,a\nb,b\n"));
        var child = aws.states()
                .createStateMachine(r -> r.name("child").roleArn(role).definition(CHILD))
                .stateMachineArn();
        byMember.put("StateMachineArn", child);
        byMember.put("EventBusName", "default");
        byMember.put("Bucket", BUCKET);
        byMember.put("TopicArn", topic(aws));
        byMember.put("QueueUrl", queue(aws));
    }

    private static String topic(ApplicationEndpoint aws) {
        try (var sns = aws.client(
                aws.aws().administrator().accessKeyId(),
                aws.aws().administrator().secretAccessKey(),
                SnsClient.builder())) {
            return sns.createTopic(r -> r.name("things")).topicArn();
        }
    }

    private static String queue(ApplicationEndpoint aws) {
        try (var sqs = aws.client(
                aws.aws().administrator().accessKeyId(),
                aws.aws().administrator().secretAccessKey(),
                SqsClient.builder())) {
            return sqs.createQueue(r -> r.queueName("things")).queueUrl();
        }
    }

    /// The definition with the names of what is there.
    Map<String, @Nullable Object> in(DefinitionSample sample) {
        return DefinitionSample.object(named(sample.definition(), tables.of(sample)));
    }

    @SuppressWarnings("unchecked")
    private Object named(@Nullable Object json, Map<String, String> called) {
        return switch (json) {
            case Map<?, ?> map -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                ((Map<String, @Nullable Object>) map).forEach((name, value) -> {
                    var thing = name.equals("TableName") ? called.get(value) : byMember.get(name);
                    if (thing != null && value instanceof String text && !text.startsWith("{%")) {
                        object.put(name, thing);
                    } else if (name.equals("ItemReader") && value instanceof Map<?, ?> reader) {
                        object.put(name, reader(reader));
                    } else {
                        object.put(name, value == null ? null : named(value, called));
                    }
                });
                yield object;
            }
            case List<?> list ->
                list.stream()
                        .map(element -> element == null ? null : named(element, called))
                        .toList();
            case null -> throw new IllegalStateException("no JSON of a definition is null alone");
            default -> json;
        };
    }

    /// Items are read from what lies in the bucket.
    private static Map<String, @Nullable Object> reader(Map<?, ?> given) {
        var reader = new LinkedHashMap<String, @Nullable Object>(DefinitionSample.object(given));
        var form = reader.get("ReaderConfig") instanceof Map<?, ?> config ? config.get("InputType") : null;
        if (String.valueOf(reader.get("Resource")).endsWith("listObjectsV2")) {
            reader.put("Parameters", Map.of("Bucket", ITEMS_BUCKET));
        } else {
            reader.put(
                    "Parameters",
                    Map.of("Bucket", ITEMS_BUCKET, "Key", "CSV".equals(form) ? "items.csv" : "items.json"));
        }
        return reader;
    }

    @Override
    public void close() {
        tables.close();
    }
}
