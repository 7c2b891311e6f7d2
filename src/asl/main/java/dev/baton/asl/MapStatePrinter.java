package dev.baton.asl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints what only Map states have.
final class MapStatePrinter {
    private MapStatePrinter() {}

    static void print(ObjectFields fields, MapState map) {
        AslPrinter.input(fields, map.data());
        fields.put("ItemReader", map.itemReader() == null ? null : reader(map.itemReader()))
                .put("ItemsPath", map.itemsPath())
                .put("Items", map.items())
                .put("ItemSelector", map.itemSelector())
                .put("ItemBatcher", map.itemBatcher() == null ? null : batcher(map.itemBatcher()))
                .put("MaxConcurrency", map.maxConcurrency())
                .put("ToleratedFailurePercentage", map.toleratedFailurePercentage())
                .put("ToleratedFailureCount", map.toleratedFailureCount())
                .put("Label", map.label())
                .put(map.spelledIterator() ? "Iterator" : "ItemProcessor", processor(map.processor()))
                .put("ResultWriter", map.resultWriter() == null ? null : writer(map.resultWriter()));
        AslPrinter.output(fields, map.data());
        AslPrinter.work(fields, map.retry(), map.catchers(), map.transition());
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
