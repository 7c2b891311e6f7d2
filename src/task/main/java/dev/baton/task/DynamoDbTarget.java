package dev.baton.task;

import dev.baton.task.template.Template;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An output that is one item of a DynamoDB table: an object in S3, the item's *document*, and the item that is put
/// into the table from it.
///
/// ```java
/// DynamoDbTarget.item("weather-summaries", "city", "{city}", this).sortedByNumber("year", "{year}")
/// ```
///
/// `{component}` stands for that component of the task's record, as in an [S3Target]. The task writes the item with
/// [Output#item], a task that requires it reads [Input#item]: from the document, in the version of the run, which a
/// table does not keep. The document of the item above is `s3://items/weather-summaries/{city}/{year}.json`.
///
/// @param table its name
/// @param partition the partition key, a text
/// @param sort the sort key, where the table has one
/// @param bucket the logical bucket of the document
/// @param task whose components the templates name
public record DynamoDbTarget(
        String table, KeyAttribute partition, Optional<KeyAttribute> sort, String bucket, Task task) implements Target {
    /// The attribute by which an item says which run put it.
    public static final String MARK = "baton";

    private static final String DOCUMENTS = "items";
    private static final String NO_ITEM = "RUN060";
    /// In bytes of JSON, which is longer than what DynamoDB counts.
    private static final int LONGEST = 4 << 20;

    public DynamoDbTarget {
        if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
            throw new IllegalArgumentException("no name of a table: " + table);
        }
        if (partition.isNumber()) {
            throw new IllegalArgumentException("the partition key " + partition.name()
                    + " has to be a text: how IAM writes a number in dynamodb:LeadingKeys is not told");
        }
        if (sort.isPresent() && sort.get().name().equals(partition.name())) {
            throw new IllegalArgumentException("partition key and sort key are both called " + partition.name());
        }
    }

    /// An attribute of a key.
    ///
    /// @param name the attribute's
    /// @param isNumber whether DynamoDB has it as a number, else as a text
    /// @param template of its value, such as `{city}`
    public record KeyAttribute(String name, boolean isNumber, String template) {
        public KeyAttribute {
            if (name.isEmpty() || name.equals(MARK)) {
                throw new IllegalArgumentException("no name of a key attribute: \"" + name + "\"");
            }
            if (template.isEmpty() || template.contains("/")) {
                throw new IllegalArgumentException(
                        "the value of a key attribute is a template without /, but was \"" + template + "\"");
            }
            if (isNumber && !template.matches("\\{[^{}:]+}")) {
                throw new IllegalArgumentException(
                        "a number in a key is one component, such as {year}, but was \"" + template + "\"");
            }
        }
    }

    /// The item with a partition key and no sort key.
    ///
    /// @param partition the name of the attribute
    /// @param value its template, such as `{city}` or `{city}#{year}`
    public static DynamoDbTarget item(String table, String partition, String value, Task task) {
        return new DynamoDbTarget(table, new KeyAttribute(partition, false, value), Optional.empty(), DOCUMENTS, task);
    }

    /// The item with a sort key that is a text.
    ///
    /// @param value its template
    public DynamoDbTarget sortedBy(String name, String value) {
        return sorted(new KeyAttribute(name, false, value));
    }

    /// The item with a sort key that is a number.
    ///
    /// @param value its template, one component
    public DynamoDbTarget sortedByNumber(String name, String value) {
        return sorted(new KeyAttribute(name, true, value));
    }

    private DynamoDbTarget sorted(KeyAttribute key) {
        return new DynamoDbTarget(table, partition, Optional.of(key), bucket, task);
    }

    /// The item whose document is in another logical bucket than `items`.
    public DynamoDbTarget documentIn(String logicalBucket) {
        return new DynamoDbTarget(table, partition, sort, logicalBucket, task);
    }

    @Override
    public String template() {
        return "s3://" + bucket + "/" + table + "/" + partition.template()
                + sort.map(key -> "/" + key.template()).orElse("") + ".json";
    }

    /// Of the document.
    @Override
    public String uri() {
        return Template.of(template(), task.getClass()).uri((Record) task);
    }

    /// The item's key, as DynamoDB has it: `{"city": {"S": "seattle"}, "year": {"N": "2012"}}`.
    public Map<String, Map<String, String>> key() {
        var key = new LinkedHashMap<String, Map<String, String>>();
        key.put(partition.name(), value(partition));
        sort.ifPresent(attribute -> key.put(attribute.name(), value(attribute)));
        return key;
    }

    /// The value of the partition key.
    public String partitionKey() {
        return of(partition).key((Record) task);
    }

    private Map<String, String> value(KeyAttribute attribute) {
        return Map.of(attribute.isNumber() ? "N" : "S", of(attribute).key((Record) task));
    }

    /// The document that a task has written.
    ///
    /// @throws DataInvalid RUN060 when it is not that of an item beyond its key
    public ItemDocument document(byte[] written) {
        if (written.length > LONGEST) {
            throw invalid("has " + written.length + " bytes, and an item has at most 400 KB");
        }
        ItemDocument document;
        try {
            document = ItemDocument.parse(written);
        } catch (IllegalArgumentException e) {
            throw invalid("is not what run.output().item(…) writes: " + e.getMessage());
        }
        if (!Arrays.equals(document.bytes(), written)) {
            throw invalid("is not in the form that run.output().item(…) writes");
        }
        var key = key();
        for (var name : document.attributes().keySet()) {
            if (name.equals(MARK) || key.containsKey(name)) {
                throw invalid("has the attribute " + name + ", which Baton puts: leave it out");
            }
        }
        return document;
    }

    private DataInvalid invalid(String problem) {
        return new DataInvalid(uri(), problem + " (" + NO_ITEM + ")");
    }

    /// The pattern of the partition keys for a policy, `*` for what is not known.
    ///
    /// @param known printed values that are the same for all items meant, by component
    public String partitions(Map<String, String> known) {
        return of(partition).pattern(known);
    }

    private Template of(KeyAttribute attribute) {
        return Template.of("s3://" + bucket + "/" + attribute.template(), task.getClass());
    }

    @Override
    public String toString() {
        return template();
    }
}
