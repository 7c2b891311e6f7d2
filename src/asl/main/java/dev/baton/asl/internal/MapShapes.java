package dev.baton.asl.internal;

import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import java.util.List;

/// The fields of Map states and of what they hold.
final class MapShapes {
    static final List<String> DISTRIBUTED_ONLY = List.of("ItemReader", "ItemBatcher", "ResultWriter", "Label");

    private static final ObjectShape PROCESSOR_CONFIG = ObjectShape.of("a ProcessorConfig")
            .field("Mode", ValueChecks.word("INLINE", "DISTRIBUTED"))
            .field("ExecutionType", ValueChecks.word("STANDARD", "EXPRESS"));

    private static final ObjectShape READER_CONFIG = ObjectShape.of("a ReaderConfig")
            .field("InputType", ValueChecks.wordOrExpression("MANIFEST", "JSON", "CSV", "JSONL", "PARQUET"))
            .field("CSVHeaderLocation", ValueChecks.wordOrExpression("FIRST_ROW", "GIVEN"))
            .field("CSVDelimiter", ValueChecks.wordOrExpression("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"))
            .field("CSVHeaders", ValueChecks.array("CSVHeaders", false, ValueChecks.string()))
            .field("ItemsPointer", ValueChecks.text())
            .field("ManifestType", ValueChecks.wordOrExpression("ATHENA_DATA", "S3_INVENTORY"))
            .field("Transformation", ValueChecks.wordOrExpression("NONE", "LOAD_AND_FLATTEN"))
            .orPath("MaxItems", number(100_000_000), PathChecks.referenceWithoutContext());

    private static final ObjectShape ITEM_READER = ObjectShape.of("an ItemReader")
            .required("Resource", ResourceChecks.oneOf("s3:getObject", "s3:listObjectsV2"))
            .field("ReaderConfig", READER_CONFIG)
            .jsonPath("Parameters", PathChecks.template())
            .jsonata("Arguments", JsonataChecks.objectOrExpression());

    private static final ObjectShape ITEM_BATCHER = ObjectShape.of("an ItemBatcher")
            .orPath("MaxItemsPerBatch", number(Long.MAX_VALUE), PathChecks.referenceWithoutContext())
            .orPath("MaxInputBytesPerBatch", number(262_144), PathChecks.referenceWithoutContext())
            .field("BatchInput", template());

    private static final ObjectShape WRITER_CONFIG = ObjectShape.of("a WriterConfig")
            .field("Transformation", ValueChecks.wordOrExpression("NONE", "COMPACT", "FLATTEN"))
            .field("OutputType", ValueChecks.wordOrExpression("JSON", "JSONL"));

    private static final ObjectShape RESULT_WRITER = ObjectShape.of("a ResultWriter")
            .field("Resource", ResourceChecks.oneOf("s3:putObject"))
            .field("WriterConfig", WRITER_CONFIG)
            .jsonPath("Parameters", PathChecks.template())
            .jsonata("Arguments", JsonataChecks.objectOrExpression());

    private MapShapes() {}

    static ObjectShape state(ObjectShape work) {
        return work.field("ItemProcessor", items("an ItemProcessor"))
                .field("Iterator", items("an Iterator"))
                .exclusive("ItemProcessor", "Iterator")
                .jsonPath("ItemsPath", PathChecks.reference())
                .jsonata("Items", JsonataChecks.template())
                .field("ItemSelector", template())
                .exclusive("ItemSelector", "Parameters")
                .field("ItemReader", MapShapes::reader)
                .field("ItemBatcher", MapShapes::batcher)
                .field("ResultWriter", MapShapes::writer)
                .field("Label", MapRunLabels.check())
                .orPath("MaxConcurrency", number(Long.MAX_VALUE), PathChecks.referenceWithoutContext())
                .orPath("ToleratedFailureCount", number(Long.MAX_VALUE), PathChecks.referenceWithoutContext())
                .orPath(
                        "ToleratedFailurePercentage",
                        ValueChecks.orExpression(ValueChecks.number(0, 100)),
                        PathChecks.referenceWithoutContext());
    }

    private static ValueCheck items(String what) {
        return (visit, node, place) -> visit.graphs().items(what, node, place);
    }

    static ValueCheck processorConfig() {
        return (visit, node, place) -> {
            PROCESSOR_CONFIG.check(visit, node, place);
            if (node instanceof ObjectNode config
                    && ValueChecks.text(config, "Mode").equals("DISTRIBUTED")
                    && !config.has("ExecutionType")) {
                visit.problems().required(place, List.of("ExecutionType"), ValueChecks.names(config));
            }
        };
    }

    private static ValueCheck number(long maximum) {
        return ValueChecks.orExpression(ValueChecks.integer(0, maximum));
    }

    private static ValueCheck template() {
        return (visit, node, place) -> {
            if (visit.isJsonata()) {
                JsonataChecks.template(visit, node, place);
            } else {
                PathChecks.template(visit, node, place);
            }
        };
    }

    private static void reader(CheckContext visit, Node node, DefinitionPlace place) {
        ITEM_READER.check(visit, node, place);
        if (node instanceof ObjectNode reader) {
            var listing = ValueChecks.text(reader, "Resource").endsWith(":s3:listObjectsV2");
            arguments(visit, reader, place, listing ? List.of("Bucket") : List.of("Bucket", "Key"));
        }
        if (node instanceof ObjectNode reader && reader.get("ReaderConfig") instanceof ObjectNode config) {
            readerConfig(visit, config, place.fieldOrHere(reader.member("ReaderConfig")));
        }
    }

    private static void readerConfig(CheckContext visit, ObjectNode config, DefinitionPlace place) {
        var inputType = ValueChecks.text(config, "InputType");
        if (inputType.equals("CSV")
                && ValueChecks.text(config, "CSVHeaderLocation").isEmpty()) {
            visit.problems().required(place, List.of("CSVHeaderLocation"), List.of("InputType"));
        }
        if (ValueChecks.text(config, "CSVHeaderLocation").equals("GIVEN") && !config.has("CSVHeaders")) {
            visit.problems().required(place, List.of("CSVHeaders"), List.of("CSVHeaderLocation"));
        }
        if (List.of("JSON", "JSONL", "PARQUET").contains(inputType)) {
            for (var field : List.of("CSVHeaderLocation", "CSVHeaders", "CSVDelimiter")) {
                if (config.has(field)) {
                    visit.problems()
                            .itemReader(
                                    place,
                                    field + " is for the InputTypes CSV and MANIFEST, but the InputType is "
                                            + inputType,
                                    "Remove it, or make the InputType CSV");
                }
            }
        }
        if (ValueChecks.text(config, "Transformation").equals("LOAD_AND_FLATTEN") && inputType.isEmpty()) {
            visit.problems().required(place, List.of("InputType"), List.of("Transformation"));
        }
    }

    private static void batcher(CheckContext visit, Node node, DefinitionPlace place) {
        ITEM_BATCHER.check(visit, node, place);
        if (node instanceof ObjectNode batcher) {
            var limits = List.of(
                    "MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath");
            if (limits.stream().noneMatch(batcher::has)) {
                visit.problems().oneOf(place, limits, "An ItemBatcher");
            }
        }
    }

    private static void writer(CheckContext visit, Node node, DefinitionPlace place) {
        RESULT_WRITER.check(visit, node, place);
        if (node instanceof ObjectNode writer && !writer.has("Resource") && !writer.has("WriterConfig")) {
            visit.problems().oneOf(place, List.of("Resource", "WriterConfig"), "A ResultWriter");
        }
        if (node instanceof ObjectNode writer && writer.has("Resource")) {
            arguments(visit, writer, place, List.of("Bucket"));
        }
    }

    /// Checks that a reader or writer gives S3 the bucket and key that it cannot do without.
    private static void arguments(CheckContext visit, ObjectNode caller, DefinitionPlace place, List<String> required) {
        var field = visit.isJsonata() ? "Arguments" : "Parameters";
        var member = caller.member(field);
        if (member == null) {
            visit.problems().required(place, List.of(field), ValueChecks.names(caller));
        } else if (member.node() instanceof ObjectNode arguments) {
            for (var name : required) {
                if (!arguments.has(name) && (visit.isJsonata() || !arguments.has(name + ".$"))) {
                    visit.problems().parameterRequired(place.field(member), name, ValueChecks.names(arguments));
                }
            }
        }
    }
}
