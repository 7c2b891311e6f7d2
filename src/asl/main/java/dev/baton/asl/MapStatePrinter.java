package dev.baton.asl;

import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Prints what only Map states have.
final class MapStatePrinter {
    private MapStatePrinter() {}

    static SequencedMap<String, @Nullable Object> json(MapState map) {
        return switch (map) {
            case MapState(
                    var comment,
                    var language,
                    var processor,
                    var spelledIterator,
                    var itemReader,
                    var items,
                    var itemsPath,
                    var itemSelector,
                    var itemBatcher,
                    var resultWriter,
                    var maxConcurrency,
                    var toleratedFailurePercentage,
                    var toleratedFailureCount,
                    var label,
                    var data,
                    var retry,
                    var catchers,
                    var transition,
                    var unknown) -> {
                var fields = AslPrinter.fields(StateType.MAP, comment, language);
                AslPrinter.input(fields, data);
                fields.put("ItemReader", itemReader == null ? null : reader(itemReader))
                        .put("ItemsPath", itemsPath)
                        .put("Items", items)
                        .put("ItemSelector", itemSelector)
                        .put("ItemBatcher", itemBatcher == null ? null : batcher(itemBatcher))
                        .put("MaxConcurrency", maxConcurrency)
                        .put("ToleratedFailurePercentage", toleratedFailurePercentage)
                        .put("ToleratedFailureCount", toleratedFailureCount)
                        .put("Label", label)
                        .put(spelledIterator ? "Iterator" : "ItemProcessor", processor(processor))
                        .put("ResultWriter", resultWriter == null ? null : writer(resultWriter));
                AslPrinter.output(fields, data);
                AslPrinter.work(fields, retry, catchers, transition);
                yield fields.rest(unknown);
            }
        };
    }

    private static Map<String, @Nullable Object> processor(ItemProcessor processor) {
        var config = processor.processorConfig();
        var fields = new ObjectFields()
                .put("ProcessorConfig", config == null ? null : config(config))
                .put("Comment", processor.comment());
        return AslPrinter.graph(fields, processor).rest(processor.unknown());
    }

    private static Map<String, @Nullable Object> config(ProcessorConfig config) {
        return new ObjectFields()
                .put("Mode", config.mode() == null ? null : config.mode().name())
                .put(
                        "ExecutionType",
                        config.executionType() == null
                                ? null
                                : config.executionType().name())
                .rest(config.unknown());
    }

    private static Map<String, @Nullable Object> reader(ItemReader reader) {
        var config = reader.readerConfig();
        return new ObjectFields()
                .put("Resource", reader.resource())
                .put("ReaderConfig", config == null ? null : config(config))
                .put("Parameters", reader.parameters())
                .put("Arguments", reader.arguments())
                .rest(reader.unknown());
    }

    private static Map<String, @Nullable Object> config(ReaderConfig config) {
        return new ObjectFields()
                .put("InputType", config.inputType())
                .put("CSVHeaderLocation", config.csvHeaderLocation())
                .put("CSVDelimiter", config.csvDelimiter())
                .put("CSVHeaders", config.csvHeaders())
                .put("MaxItems", config.maxItems())
                .put("ItemsPointer", config.itemsPointer())
                .put("ManifestType", config.manifestType())
                .put("Transformation", config.transformation())
                .rest(config.unknown());
    }

    private static Map<String, @Nullable Object> batcher(ItemBatcher batcher) {
        return new ObjectFields()
                .put("MaxItemsPerBatch", batcher.maxItemsPerBatch())
                .put("MaxInputBytesPerBatch", batcher.maxInputBytesPerBatch())
                .put("BatchInput", batcher.batchInput())
                .rest(batcher.unknown());
    }

    private static Map<String, @Nullable Object> writer(ResultWriter writer) {
        var config = writer.writerConfig();
        return new ObjectFields()
                .put("Resource", writer.resource())
                .put("WriterConfig", config == null ? null : config(config))
                .put("Parameters", writer.parameters())
                .put("Arguments", writer.arguments())
                .rest(writer.unknown());
    }

    private static Map<String, @Nullable Object> config(ResultWriter.WriterConfig config) {
        return new ObjectFields()
                .put("Transformation", config.transformation())
                .put("OutputType", config.outputType())
                .rest(config.unknown());
    }
}
